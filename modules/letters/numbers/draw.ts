// The next number, drawn in the transaction that uses it: the counter's row is locked until that ends, so none is lost and none comes twice.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { newId } from '#kernel/resource/id.ts'
import { insertRow } from '#kernel/resource/store.ts'
import { letterNumbers } from '../resources/letter-numbers.ts'
import { processSettings } from '../process/settings.ts'
import { NUMBER_MAX, writeNumber } from './pattern.ts'
import { type Counted, type Numbering, scopeOf } from './series.ts'

export type Asked = Counted & {
  readonly pattern: string
  readonly villageCode: string
  /** The day that stands on the paper, `YYYY-MM-DD`: its year is the one that is counted. */
  readonly day: string
}

export type Drawn = { readonly id: string; readonly number: string; readonly sequence: number }

/** Counts on. Answers the next number of a sequence; whoever else wants one waits until this transaction ends. */
export async function nextOf(ctx: Ctx, scope: string, year: number): Promise<number> {
  const { rows } = await ctx.db.query<{ last: number }>(
    `insert into letters.number_counters as c (tenant_id, scope, year, last) values ($1, $2, $3, 1)
     on conflict (tenant_id, scope, year) do update set last = c.last + 1 returning last`,
    [ctx.tenant.id, scope, year],
  )
  return rows[0]!.last
}

/** How many numbers in a row may be taken already where one is drawn: a village that changes its way of counting has those of before. */
const TAKEN_IN_A_ROW = 5_000

/**
 * Draws the next number and writes it into the book of numbers. One that was given already, by hand or by another sequence, is not given again:
 * this one steps over it. Throws 409 `number_taken` when that never ends, 422 `number_too_long`.
 */
export async function drawNumber(ctx: Ctx, asked: Asked, origin: 'DRAWN' | 'VOID' = 'DRAWN', reason: string | null = null): Promise<Drawn> {
  const numbering = (await ctx.setting(processSettings.numbering)) as Numbering
  const scope = scopeOf(numbering, asked)
  const year = Number(asked.day.slice(0, 4))
  for (let tries = 0; tries < TAKEN_IN_A_ROW; tries++) {
    const sequence = await nextOf(ctx, scope, year)
    const number = writeNumber(asked.pattern, { ...asked, sequence, classification: asked.classification ?? '' })
    if (number.length > NUMBER_MAX) throw tooLong()
    if (await numberTaken(ctx, number)) continue
    const row = await insertRow(ctx, letterNumbers, {
      id: newId(),
      number,
      flow: asked.flow,
      origin,
      scope,
      year,
      sequence,
      dated: asked.day,
      reason,
    })
    return { id: row.id, number, sequence }
  }
  throw sameElsewhere()
}

/**
 * Writes a number that a person chose: for a letter that was given its number on paper, or an earlier day. It is in no sequence.
 * Throws 409 `number_taken`.
 */
export async function numberByHand(ctx: Ctx, asked: Asked, number: string, reason: string): Promise<Drawn> {
  // Two at once wait for each other where they could collide with what is being drawn.
  await lockCounters(ctx)
  if (await numberTaken(ctx, number)) throw taken()
  const row = await insertRow(ctx, letterNumbers, {
    id: newId(),
    number,
    flow: asked.flow,
    origin: 'BY_HAND',
    scope: 'by hand',
    year: Number(asked.day.slice(0, 4)),
    sequence: null,
    dated: asked.day,
    reason,
  })
  return { id: row.id, number, sequence: 0 }
}

const lockCounters = (ctx: Ctx): Promise<unknown> =>
  ctx.db.query('select 1 from letters.number_counters c where c.tenant_id = $1 order by c.scope, c.year for update', [ctx.tenant.id])

async function numberTaken(ctx: Ctx, number: string): Promise<boolean> {
  const { rowCount } = await ctx.db.query(
    'select 1 from letters.letter_numbers n where n.tenant_id = $1 and n.number = $2 and n.deleted_at is null',
    [ctx.tenant.id, number],
  )
  return rowCount > 0
}

const taken = (): Refusal =>
  new Refusal(409, 'number_taken', { id: 'Nomor ini sudah dipakai surat lain.', en: 'Another letter has this number already.' }, [
    { field: 'number', code: 'number_taken', message: { id: 'Sudah dipakai surat lain.', en: 'Another letter has it already.' } },
  ])

const sameElsewhere = (): Refusal =>
  new Refusal(409, 'number_taken', {
    id: 'Nomor-nomor berikutnya sudah terpakai. Ubah pola nomor di pengaturan agar memuat [kode_surat] atau [klasifikasi].',
    en: 'The next numbers are all taken. Change the number pattern in the settings so that it has [kode_surat] or [klasifikasi].',
  })

const tooLong = (): Refusal =>
  new Refusal(422, 'number_too_long', {
    id: 'Nomor ini terlalu panjang untuk sebuah surat. Pendekkan polanya.',
    en: 'This number is too long for a letter. Shorten its pattern.',
  })
