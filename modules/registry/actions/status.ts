// What happens to people already in the register: each act is an event, and the event changes the status.
import type { Ctx } from '#kernel/ctx.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { choice, flag, optional, secret, text } from '#kernel/resource/field.ts'
import { updateRow } from '#kernel/resource/store.ts'
import { DEATH_CAUSE, DEATH_WITNESS, MOVE_KIND } from '../codes.ts'
import { citizens } from '../resources/index.ts'
import { EVENT_FIELDS, type EventInput, isActive, membersOf, recordEvent } from './record.ts'

const R = citizens.name

const place = optional(text({ id: 'Tempat', en: 'Place' }, { max: 100 }))
const time = optional(text({ id: 'Jam (mis. 14:30)', en: 'Time (such as 14:30)' }, { max: 5, pattern: '[0-2][0-9]:[0-5][0-9]' }))

export const death = action<EventInput>({
  resource: R,
  noun: 'death',
  label: { id: 'Catat kematian', en: 'Record a death' },
  doc: {
    id: 'Warga ini meninggal dunia. Datanya tetap ada di buku, tidak lagi dihitung, dan tidak lagi menjadi kepala keluarga.',
    en: 'The resident has died. They stay in the register, no longer count, and no longer head their family.',
  },
  grave: true,
  input: {
    ...EVENT_FIELDS,
    place,
    time_of_day: time,
    cause: optional(secret(choice({ id: 'Sebab kematian', en: 'Cause of death' }, DEATH_CAUSE))),
    witness: optional(choice({ id: 'Yang menerangkan', en: 'Confirmed by' }, DEATH_WITNESS)),
  },
  when: isActive,
  async run(ctx, row, input) {
    const event = await recordEvent(ctx, row, 'DEATH', input)
    await ctx.emit('registry.citizen_died', R, row.id, { event_id: event.id })
  },
})

type Departure = EventInput & { whole_family: boolean }

export const departure = action<Departure>({
  resource: R,
  noun: 'departure',
  label: { id: 'Catat pindah keluar', en: 'Record a departure' },
  doc: {
    id: 'Warga ini, atau seluruh keluarganya, pindah dari desa.',
    en: 'The resident, or the whole family, has moved away from the village.',
  },
  grave: true,
  input: {
    ...EVENT_FIELDS,
    move_kind: choice({ id: 'Jenis pindah', en: 'Kind of move' }, MOVE_KIND),
    destination: optional(secret(text({ id: 'Alamat tujuan', en: 'Destination' }))),
    whole_family: flag({ id: 'Seluruh keluarga ikut pindah', en: 'The whole family moves' }),
  },
  when: isActive,
  async run(ctx, row, { whole_family, ...input }) {
    const familyId = row['family_id'] as string | null
    const leaving: Stored[] = whole_family && familyId ? await membersOf(ctx, familyId) : [row]
    for (const person of leaving) {
      const event = await recordEvent(ctx, person, 'DEPARTURE', input)
      await ctx.emit('registry.citizen_departed', R, person.id, { event_id: event.id })
    }
  },
})

export const disappearance = action<EventInput>({
  resource: R,
  noun: 'disappearance',
  label: { id: 'Catat hilang', en: 'Record as missing' },
  doc: {
    id: 'Keberadaan warga ini tidak diketahui. NIK dan tempatnya di keluarga tetap.',
    en: 'Nobody knows where the resident is. They keep their NIK and their place in the family.',
  },
  input: { ...EVENT_FIELDS, place },
  when: (row) => row['status'] === 'ALIVE' || row['status'] === 'AWAY',
  async run(ctx, row, input) {
    const event = await recordEvent(ctx, row, 'MISSING', input)
    await ctx.emit('registry.citizen_disappeared', R, row.id, { event_id: event.id })
  },
})

export const absence = action<EventInput>({
  resource: R,
  noun: 'absence',
  label: { id: 'Catat pergi', en: 'Record as away' },
  doc: { id: 'Warga ini pergi untuk sementara dan akan kembali.', en: 'The resident has gone away for a while and is expected back.' },
  input: {
    ...EVENT_FIELDS,
    destination: optional(secret(text({ id: 'Tujuan', en: 'Destination' }))),
    purpose: optional(text({ id: 'Maksud', en: 'Purpose' })),
  },
  when: (row) => row['status'] === 'ALIVE',
  async run(ctx, row, input) {
    const event = await recordEvent(ctx, row, 'AWAY', input)
    await ctx.emit('registry.citizen_left', R, row.id, { event_id: event.id })
  },
})

export const comeback = action<EventInput>({
  resource: R,
  noun: 'return',
  label: { id: 'Catat kembali', en: 'Record a return' },
  doc: {
    id: 'Warga yang hilang atau pergi sudah kembali, atau orang yang pernah pindah tinggal lagi di sini (dihitung sebagai kedatangan).',
    en: 'A missing or absent resident is back, or somebody who had moved away lives here again (which counts as an arrival).',
  },
  input: {
    ...EVENT_FIELDS,
    origin: optional(secret(text({ id: 'Datang dari', en: 'Coming from' }))),
    purpose: optional(text({ id: 'Maksud dan tujuan', en: 'Purpose' })),
  },
  when: (row) => ['MISSING', 'AWAY', 'MOVED', 'INVALID'].includes(String(row['status'])),
  async run(ctx, row, input) {
    await yieldHead(ctx, row)
    const absent = row['status'] === 'MISSING' || row['status'] === 'AWAY'
    const event = await recordEvent(ctx, row, absent ? 'RETURN' : 'ARRIVAL', input)
    await ctx.emit('registry.citizen_returned', R, row.id, { event_id: event.id })
  },
})

/** Who headed a family that has found another head meanwhile comes back as "other". */
export async function yieldHead(ctx: Ctx, row: Stored): Promise<void> {
  if (row['family_relationship'] !== 'KEPALA_KELUARGA' || row['is_head_of_family']) return
  const { rows } = await ctx.db.query(
    'select 1 from registry.citizens c where c.tenant_id = $1 and c.family_id = $2 and c.is_head_of_family and c.deleted_at is null',
    [ctx.tenant.id, row['family_id']],
  )
  if (rows.length) await updateRow(ctx, citizens, row.id, { family_relationship: 'LAINNYA' })
}
