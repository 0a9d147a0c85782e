// What the ledger can be asked, in one list.
import type { Query } from '#kernel/resource/query.ts'
import { cardBook, changesBook, mainBook, temporaryBook } from './book-people.ts'
import { recapBook } from './book-recap.ts'
import { voters, vulnerableGroups } from './by-area.ts'
import { movement, movementNames } from './movement-table.ts'
import { statisticsNames } from './names.ts'
import { agePyramid } from './pyramid.ts'
import { populationReport, populationReportNames } from './report.ts'
import { breakdowns, groups, statistics } from './statistics.ts'

export const ledgerQueries = [
  breakdowns,
  groups,
  statistics,
  statisticsNames,
  agePyramid,
  vulnerableGroups,
  voters,
  populationReport,
  populationReportNames,
  movement,
  movementNames,
  mainBook,
  changesBook,
  recapBook,
  temporaryBook,
  cardBook,
] as unknown as readonly Query<never>[]
