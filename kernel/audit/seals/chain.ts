// Checks the seals themselves: none missing, none changed, each following from the one before, and all like those kept apart.
import type { Db } from '#kernel/db/db.ts'
import { monthAfter, type LogName } from './canonical.ts'
import { type Checked, type Finding } from './findings.ts'
import type { Kept } from './kept-apart.ts'
import { GENESIS, hashSeal, type Key, reachOf, type Seal, sealsAfter } from './seal.ts'

/** A seal without its entries, which are read again when its rows are compared. */
export type Light = Omit<Seal, 'entries'>

export type Chain = {
  readonly finding: Finding | null
  /** Month → its seals over rows, in order. */
  readonly months: Map<string, Light[]>
  /** Month → the seal that says its rows were dropped. */
  readonly droppedMonths: Map<string, number>
  /** Era → how far it is sealed. */
  readonly reached: Map<number, Key>
  /** Era → the moment after which its rows occurred, in microseconds; the first era has none. */
  readonly eras: Map<number, bigint | null>
}

const PAGE = 20
/** No rule drops a month earlier than this many years after it ended. */
export const YEARS_MIN = 1

/** Walks the chain from its beginning. Stops at the first seal that is wrong. */
export async function checkChain(
  db: Db,
  tenantId: string,
  log: LogName,
  kept: ReadonlyMap<string, Kept>,
  checked: Checked,
): Promise<Chain> {
  const chain: Chain = { finding: null, months: new Map(), droppedMonths: new Map(), reached: new Map(), eras: new Map([[1, null]]) }
  const stop = (
    what: 'seal_missing' | 'seal_changed' | 'seal_differs' | 'seal_unchained' | 'dropped_early',
    sequence: number,
    month: string | null,
  ): Chain => ({
    ...chain,
    finding: { what, log, sequence, month },
  })
  let previous: Buffer = GENESIS
  let sequence = 0
  for (let page = await sealsAfter(db, tenantId, log, 0, PAGE); page.length; page = await sealsAfter(db, tenantId, log, sequence, PAGE)) {
    for (const seal of page) {
      const { entries: _entries, ...light } = seal
      if (seal.sequence !== sequence + 1) return stop('seal_missing', sequence + 1, null)
      if (!hashSeal(seal).equals(seal.hash)) return stop('seal_changed', seal.sequence, seal.month)
      if (!seal.previous.equals(previous)) return stop('seal_unchained', seal.sequence, seal.month)
      const apart = kept.get(`${log} ${seal.sequence}`)
      if (apart && apart.hash !== seal.hash.toString('hex')) return stop('seal_differs', seal.sequence, seal.month)
      if (seal.act === 'dropped') {
        const due = Date.parse(monthAfter(seal.month)) + YEARS_MIN * 365 * 86_400_000
        if (Number(seal.sealedAt / 1000n) < due) return stop('dropped_early', seal.sequence, seal.month)
        chain.droppedMonths.set(seal.month, seal.sequence)
      }
      if (seal.act === 'restored') chain.eras.set(seal.era, seal.eraFrom)
      if (seal.act === 'sealed') {
        chain.months.set(seal.month, [...(chain.months.get(seal.month) ?? []), light])
        chain.reached.set(seal.era, reachOf(seal))
      }
      ;({ hash: previous, sequence } = seal)
      checked.seals++
    }
  }
  const beyond = [...kept.values()].filter((k) => k.log === log && k.sequence > sequence).map((k) => k.sequence)
  return beyond.length ? stop('seal_missing', Math.min(...beyond), null) : chain
}
