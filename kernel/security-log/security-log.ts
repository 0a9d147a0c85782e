// What happened at the doors: sign-ins, refusals, lockouts, reads of secrets. Noting it never delays or fails whoever does it.
import type { Origin } from '#kernel/ctx.ts'
import type { House } from '#kernel/house.ts'
import { isId, newId } from '#kernel/resource/id.ts'
import { openFolding, type Folding } from './folding.ts'
import type { SecurityKind } from './kinds.ts'
import { writeEvents, type Noted } from './write.ts'

export { PLATFORM, SECURITY_KINDS, type SecurityKind } from './kinds.ts'

export type SecurityEvent = {
  readonly kind: SecurityKind
  /** Without it: every community the person belongs to; without a person too: the platform's own log. */
  readonly tenantId?: string | null
  readonly userId?: string | null
  readonly actorName?: string | null
  readonly origin: Origin
  /** Names of things (`resource`, `permission`, `record`), never a person's own values. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

type Noting = Pick<House, 'database' | 'log'>

/** Events wait so long for others to be written with, in milliseconds, or until so many wait. */
const TOGETHER_MS = 200
const TOGETHER = 100
/** A database that cannot be reached is tried again after so long; meanwhile so many events are kept, newest first to go. */
const AGAIN_MS = 5_000
const KEPT = 5_000
const FOLDS_MS = 60_000

type Desk = {
  readonly waiting: Noted[]
  readonly folding: Folding
  timer: NodeJS.Timeout | null
  folds: NodeJS.Timeout | null
  writing: Promise<boolean> | null
  lost: number
  closed: boolean
}
const desks = new WeakMap<object, Desk>()

function deskOf({ database }: Pick<House, 'database'>): Desk {
  const found = desks.get(database)
  if (found) return found
  const made: Desk = { waiting: [], folding: openFolding(), timer: null, folds: null, writing: null, lost: 0, closed: false }
  desks.set(database, made)
  return made
}

/** Text that fits a column and cannot break a line of a log or an export. */
const text = (value: string | null | undefined, max: number): string | null =>
  value
    ? value
        .replace(/\p{Cc}+/gu, ' ')
        .toWellFormed()
        .slice(0, max)
        .toWellFormed()
    : null

const presentable = (event: SecurityEvent): Noted => ({
  id: newId(),
  at: new Date(),
  kind: event.kind,
  times: 1,
  tenantId: isId(event.tenantId) ? event.tenantId : null,
  userId: isId(event.userId) ? event.userId : null,
  actorName: text(event.actorName, 100),
  ip: text(event.origin.ip, 60),
  userAgent: text(event.origin.userAgent, 300),
  requestId: text(event.origin.requestId, 100),
  detail: Object.fromEntries(
    Object.entries(event.detail ?? {})
      .slice(0, 20)
      .map(([name, value]) => [name.slice(0, 40), typeof value === 'string' ? text(value, 200) : value]),
  ),
})

/** Notes an event. Never throws, never blocks the caller's answer: it is written within a moment, or when the house closes. */
export async function noteSecurity(house: Noting, event: SecurityEvent): Promise<void> {
  try {
    const desk = deskOf(house)
    if (desk.closed) return
    const noted = presentable(event)
    if (desk.folding.admit(noted)) keep(desk, noted)
    else desk.folds ??= setTimeout(() => release(house, desk), FOLDS_MS).unref()
    if (desk.waiting.length >= TOGETHER) void write(house, desk)
    else if (desk.waiting.length) desk.timer ??= setTimeout(() => void write(house, desk), TOGETHER_MS).unref()
  } catch (error) {
    house.log.error({ error: (error as Error).name, kind: event.kind }, 'a security event could not be noted')
  }
}

/** Writes everything noted so far and waits for it: before somebody reads the log. Not to be called inside a transaction. */
export async function settleSecurity(house: Noting): Promise<void> {
  const desk = desks.get(house.database)
  if (!desk || desk.closed) return
  for (const folded of desk.folding.due(true)) keep(desk, folded)
  while (desk.waiting.length) if (!(await write(house, desk))) return
  await desk.writing
}

/** Writes what waits, and notes nothing more: before the database closes. */
export async function closeSecurityLog(house: Noting): Promise<void> {
  await settleSecurity(house)
  const desk = deskOf(house)
  desk.closed = true
  if (desk.timer) clearTimeout(desk.timer)
  if (desk.folds) clearTimeout(desk.folds)
  if (desk.waiting.length) house.log.error({ lost: desk.waiting.length }, 'security events could not be written')
}

function keep(desk: Desk, noted: Noted): void {
  if (desk.waiting.length < KEPT) desk.waiting.push(noted)
  else desk.lost += noted.times
}

/** The minute is over: what was counted in it is written, and what is counted still gets a minute of its own. */
function release(house: Noting, desk: Desk): void {
  desk.folds = null
  for (const folded of desk.folding.due(false)) keep(desk, folded)
  if (desk.folding.holds()) desk.folds = setTimeout(() => release(house, desk), FOLDS_MS).unref()
  void write(house, desk)
}

/** Writes all that waits, one batch after the other. False when the database is out of reach: it is tried again later. */
function write(house: Noting, desk: Desk): Promise<boolean> {
  if (desk.timer) clearTimeout(desk.timer)
  desk.timer = null
  desk.writing ??= batches(house, desk).finally(() => (desk.writing = null))
  return desk.writing
}

async function batches(house: Noting, desk: Desk): Promise<boolean> {
  while (desk.waiting.length) {
    const batch = desk.waiting.splice(0, TOGETHER)
    try {
      await writeEvents(house, batch)
    } catch (error) {
      const { name, code } = error as Error & { code?: string }
      // A connection that failed has no SQLSTATE or one of these classes; anything else would fail again and again.
      const later = !code || !/^[0-9A-Z]{5}$/.test(code) || /^(08|40|53|57)/.test(code)
      house.log.error({ error: name, code, events: batch.length, again: later, lost: desk.lost }, 'security events could not be written')
      desk.lost = 0
      if (!later) {
        // One that the database refuses must not take the others with it.
        if (batch.length > 1) for (const one of batch) await writeEvents(house, [one]).catch(() => {})
        continue
      }
      desk.waiting.unshift(...batch)
      if (!desk.closed) desk.timer ??= setTimeout(() => void write(house, desk), AGAIN_MS).unref()
      return false
    }
  }
  return true
}
