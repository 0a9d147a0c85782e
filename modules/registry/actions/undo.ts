// Undoing what was recorded by mistake: the event stays in the ledger, and another one takes it back.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { longText } from '#kernel/resource/field.ts'
import { checkReferences, findRow, updateRow } from '#kernel/resource/store.ts'
import { say } from '#kernel/words.ts'
import { EVENT_KIND, type EventKind } from '../codes.ts'
import { citizens, populationEvents } from '../resources/index.ts'
import { EVENT_FIELDS, isActive, recordEvent, sayEvent } from './record.ts'
import { yieldHead } from './status.ts'

type Undoing = { notes: string; reported_on: string | null; evidence_number: string | null }

const INPUT = {
  notes: longText({ id: 'Alasan pembatalan', en: 'Why it is undone' }, { min: 3, max: 2000 }),
  reported_on: EVENT_FIELDS.reported_on,
  evidence_number: EVENT_FIELDS.evidence_number,
}

export const correction = action<Undoing>({
  resource: citizens.name,
  noun: 'correction',
  label: { id: 'Batalkan peristiwa terakhir', en: 'Undo the last event' },
  doc: {
    id: 'Peristiwa terakhir (meninggal, pindah, …) keliru dicatat. Peristiwa itu tetap ada di buku; peristiwa lain membatalkannya.',
    en: 'The last event (death, departure, …) was recorded by mistake. It stays in the ledger; another event undoes it.',
  },
  grave: true,
  input: INPUT,
  when: (row) => ['DECEASED', 'MOVED', 'MISSING', 'AWAY'].includes(String(row['status'])),
  async run(ctx, row, input) {
    const { rows } = await ctx.db.query<{ id: string }>(
      `select e.id from registry.population_events e
       where e.tenant_id = $1 and e.citizen_id = $2 and registry.moves(e.kind) and e.kind not in ('OPENING', 'BIRTH')
         and not exists (select 1 from registry.population_events u where u.tenant_id = $1 and u.undoes_id = e.id)
       order by e.created_at desc, e.id desc limit 1`,
      [ctx.tenant.id, row.id],
    )
    const last = rows[0]
    if (!last)
      throw new Refusal(409, 'nothing_to_undo', {
        id: 'Tidak ada peristiwa yang dapat dibatalkan: status ini tercatat sejak pendataan awal.',
        en: 'There is no event to undo: this status dates from the first entry.',
      })
    await undo(ctx, row, await findRow(ctx, populationEvents, last.id), input)
  },
})

/** Kinds that another event can take back. Who was taken out of the books is put back by restoring the record. */
const UNDONE: readonly string[] = [
  'OPENING',
  'BIRTH',
  'DEATH',
  'ARRIVAL',
  'DEPARTURE',
  'MISSING',
  'AWAY',
  'RETURN',
  'CHANGE',
] satisfies EventKind[]

export const undoing = action<Undoing>({
  resource: populationEvents.name,
  noun: 'undoing',
  label: { id: 'Batalkan peristiwa ini', en: 'Undo this event' },
  doc: {
    id: `Peristiwa ini keliru dicatat. Peristiwa itu tetap ada di buku; peristiwa lain membatalkannya, pada tanggal lapornya sendiri.
Bila yang dibatalkan pencatatan pertama, warga itu menjadi "tidak valid". Peristiwa sesudahnya yang bergantung padanya dibatalkan dahulu.`,
    en: `This event was recorded by mistake. It stays in the ledger; another event undoes it, on its own reporting date.
Undoing a first entry makes the resident "not valid". When a later event would no longer fit, that one has to be undone first.`,
  },
  grave: true,
  input: INPUT,
  when: (row) => UNDONE.includes(String(row['kind'])),
  async run(ctx, event, input) {
    await undo(ctx, await findRow(ctx, citizens, String(event['citizen_id']), { lock: true }), event, input)
  },
})

async function undo(ctx: Ctx, citizen: Stored, event: Stored, input: Undoing): Promise<void> {
  const { rows } = await ctx.db.query('select 1 from registry.population_events u where u.tenant_id = $1 and u.undoes_id = $2', [
    ctx.tenant.id,
    event.id,
  ])
  if (rows.length)
    throw new Refusal(409, 'already_undone', { id: 'Peristiwa ini sudah dibatalkan.', en: 'This event has already been undone.' })
  if (event['kind'] === 'CHANGE') await undoChange(ctx, citizen, event, input)
  else {
    await refuseIfBlocked(ctx, citizen, event)
    if (!isActive(citizen)) await yieldHead(ctx, citizen)
    await recordEvent(ctx, citizen, 'CORRECTION', { occurred_on: input.reported_on ?? ctx.today, ...input, undoes_id: event.id })
  }
  await ctx.emit('registry.event_undone', citizens.name, citizen.id, { event_id: event.id })
}

async function refuseIfBlocked(ctx: Ctx, citizen: Stored, event: Stored): Promise<void> {
  const { rows } = await ctx.db.query<Later>(
    `select e.id, e.kind, e.occurred_on from registry.population_events e
     where e.tenant_id = $1 and e.id = registry.blocked_by($1, $2, $3)`,
    [ctx.tenant.id, citizen.id, event.id],
  )
  if (rows[0]) throw laterEvent(ctx, rows[0])
}

type Later = { id: string; kind: EventKind; occurred_on: string }

/** What follows would no longer fit: says which event has to be undone first. */
const laterEvent = (ctx: Ctx, later: Later): Refusal => {
  const what = `${say(EVENT_KIND[later.kind], ctx.locale)} (${later.occurred_on})`
  const words = {
    id: `Sesudahnya tercatat ${what} yang bergantung padanya. Batalkan itu dahulu.`,
    en: `Afterwards ${what} was recorded, which depends on it. Undo that one first.`,
  }
  return new Refusal(409, 'later_event', words, [], { more: { event_id: later.id } })
}

/** What follows from other columns, or is not kept with the person. */
const DERIVED = ['area_id', 'hamlet_id']
const ELSEWHERE = ['rw_id', 'social_status', 'welfare_class', 'labour_insurance']

/** Gives the fields of a change the values they had, unless a later change touched one of them. */
async function undoChange(ctx: Ctx, citizen: Stored, event: Stored, input: Undoing): Promise<void> {
  const changes = (event['changes'] ?? {}) as Record<string, [unknown, unknown]>
  const names = Object.keys(changes)
  if (!names.length || names.some((name) => ELSEWHERE.includes(name)))
    throw new Refusal(409, 'not_undone_here', {
      id: 'Perubahan ini tidak dapat dibatalkan di sini. Ubah lagi pada datanya.',
      en: 'This change cannot be undone here. Change the record again instead.',
    })
  const { rows } = await ctx.db.query<Later>(
    `select e.id, e.kind, e.occurred_on from registry.population_events e
     where e.tenant_id = $1 and e.citizen_id = $2 and e.kind = 'CHANGE' and e.id <> $3
       and (e.created_at, e.id) > (select x.created_at, x.id from registry.population_events x where x.tenant_id = $1 and x.id = $3)
       and exists (select 1 from jsonb_object_keys(e.changes) k where k = any($4::text[]))
       and not exists (select 1 from registry.population_events u where u.tenant_id = $1 and u.undoes_id = e.id)
     order by e.created_at desc, e.id desc limit 1`,
    [ctx.tenant.id, citizen.id, event.id, names],
  )
  if (rows[0]) throw laterEvent(ctx, rows[0])
  const before = Object.fromEntries(names.filter((name) => !DERIVED.includes(name)).map((name) => [name, changes[name]?.[0] ?? null]))
  await checkReferences(ctx, citizens, before)
  await sayEvent(ctx, { ...input, citizen_id: citizen.id, kind: 'CORRECTION', undoes_id: event.id, occurred_on: input.reported_on })
  await updateRow(ctx, citizens, citizen.id, before)
  await sayEvent(ctx, null)
}
