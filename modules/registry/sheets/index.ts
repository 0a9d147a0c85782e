// Which question of the ledger comes as a spreadsheet and on paper, and how each is laid out.
import type { Query } from '#kernel/resource/query.ts'
import { cardBook, changesBook, mainBook, temporaryBook } from '../ledger/book-people.ts'
import { recapBook } from '../ledger/book-recap.ts'
import { voters, vulnerableGroups } from '../ledger/by-area.ts'
import { movement, movementNames } from '../ledger/movement-table.ts'
import { statisticsNames } from '../ledger/names.ts'
import { agePyramid } from '../ledger/pyramid.ts'
import { populationReport, populationReportNames } from '../ledger/report.ts'
import { statistics } from '../ledger/statistics.ts'
import { bookSheet, namesSheet } from './books.ts'
import { pyramidSheet, statisticsSheet, votersSheet, vulnerableSheet } from './counts.ts'
import { monthlySheet } from './monthly.ts'
import { movementSheet } from './movement.ts'

type Of<Input> = NonNullable<Query<Input>['sheet']>['of']
const pair = <Input>(q: Query<Input>, of: Of<Input>) => [q.name, of as unknown as Of<never>] as const

const SHEETS: ReadonlyMap<string, Of<never>> = new Map([
  pair(statistics, statisticsSheet),
  pair(statisticsNames, namesSheet(statisticsNames)),
  pair(agePyramid, pyramidSheet),
  pair(vulnerableGroups, vulnerableSheet),
  pair(voters, votersSheet),
  pair(populationReport, monthlySheet),
  pair(populationReportNames, namesSheet(populationReportNames)),
  pair(movement, movementSheet),
  pair(movementNames, namesSheet(movementNames)),
  pair(mainBook, bookSheet(mainBook, 'B.1', 'buku-induk')),
  pair(changesBook, bookSheet(changesBook, 'B.2', 'buku-mutasi')),
  pair(recapBook, bookSheet(recapBook, 'B.3', 'buku-rekapitulasi')),
  pair(temporaryBook, bookSheet(temporaryBook, 'B.4', 'buku-penduduk-sementara')),
  pair(cardBook, bookSheet(cardBook, 'B.5', 'buku-ktp-kk')),
])

/** The questions, those with a sheet told how to make it. Taking one away is an export of residents. */
export const withSheets = (queries: readonly Query<never>[]): readonly Query<never>[] =>
  queries.map((q) => {
    const of = SHEETS.get(q.name)
    return of ? { ...q, sheet: { permission: 'registry.citizens:export', of } } : q
  })
