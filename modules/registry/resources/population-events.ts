// What happened to people: the ledger from which everyone's status is derived. Written by actions, never changed.
import { choice, day, json, longText, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { resource } from '#kernel/resource/resource.ts'
import { DEATH_CAUSE, DEATH_WITNESS, EVENT_KIND, MOVE_KIND, STATUS } from '../codes.ts'

export const populationEvents = resource('registry.population_events', {
  label: { one: { id: 'Peristiwa penduduk', en: 'Population event' }, many: { id: 'Peristiwa penduduk', en: 'Population events' } },
  doc: `Birth, death, arrival, departure, a change of what is counted: with the day it happened and the day it was reported.
Append-only: a mistake is undone by another event. Who recorded it is its created_by.`,
  fields: {
    citizen_id: ref('registry.citizens', { id: 'Warga', en: 'Resident' }),
    kind: choice({ id: 'Peristiwa', en: 'Event' }, EVENT_KIND),
    occurred_on: day({ id: 'Tanggal peristiwa', en: 'Happened on' }, { from: '1900-01-01', until: 'today' }),
    reported_on: day({ id: 'Tanggal lapor', en: 'Reported on' }, { from: '1900-01-01', until: 'today' }),
    status_after: choice({ id: 'Status sesudahnya', en: 'Status afterwards' }, STATUS),
    family_id: optional(ref('registry.families', { id: 'Keluarga saat itu', en: 'Family at the time' })),
    place: optional(text({ id: 'Tempat', en: 'Place' }, { max: 100 })),
    time_of_day: optional(text({ id: 'Jam', en: 'Time' }, { max: 5, pattern: '[0-2][0-9]:[0-5][0-9]' })),
    cause: optional(secret(choice({ id: 'Sebab kematian', en: 'Cause of death' }, DEATH_CAUSE))),
    witness: optional(choice({ id: 'Yang menerangkan', en: 'Confirmed by' }, DEATH_WITNESS)),
    move_kind: optional(choice({ id: 'Jenis pindah', en: 'Kind of move' }, MOVE_KIND)),
    destination: optional(secret(text({ id: 'Alamat tujuan', en: 'Destination' }))),
    origin: optional(secret(text({ id: 'Alamat asal', en: 'Origin' }))),
    purpose: optional(text({ id: 'Maksud dan tujuan', en: 'Purpose' })),
    evidence_number: optional(text({ id: 'Nomor surat/akta', en: 'Number of letter/certificate' }, { max: 50 })),
    notes: optional(longText({ id: 'Catatan', en: 'Notes' }, { max: 2000 })),
    undoes_id: optional(ref('registry.population_events', { id: 'Membatalkan', en: 'Undoes' })),
    changes: optional(json({ id: 'Perubahan (dahulu, kini)', en: 'Changes (before, after)' })),
  },
  title: ['kind', 'occurred_on'],
  list: ['occurred_on', 'kind', 'citizen_id', 'status_after', 'reported_on'],
  sort: ['occurred_on', 'reported_on', 'created_at'],
  filter: ['kind', 'citizen_id', 'family_id', 'occurred_on', 'reported_on', 'move_kind'],
  groups: [
    { label: { id: 'Peristiwa', en: 'Event' }, fields: ['citizen_id', 'kind', 'occurred_on', 'reported_on', 'status_after', 'family_id'] },
    {
      label: { id: 'Keterangan', en: 'Details' },
      fields: ['place', 'time_of_day', 'cause', 'witness', 'move_kind', 'destination', 'origin', 'purpose', 'evidence_number', 'notes'],
    },
    { label: { id: 'Pembatalan dan perubahan', en: 'Undoing and changes' }, fields: ['undoes_id', 'changes'] },
  ],
  unique: [
    {
      name: 'population_events_entry_key',
      fields: ['citizen_id'],
      where: "kind in ('OPENING', 'BIRTH')",
      message: { id: 'Warga ini sudah tercatat masuk.', en: 'This resident has already been entered.' },
    },
    {
      name: 'population_events_undoes_key',
      fields: ['undoes_id'],
      where: 'undoes_id is not null',
      message: { id: 'Peristiwa ini sudah dibatalkan.', en: 'This event has already been undone.' },
    },
  ],
  checks: [
    {
      name: 'population_events_report_check',
      sql: 'reported_on >= occurred_on',
      field: 'reported_on',
      message: { id: 'Tanggal lapor mendahului peristiwanya.', en: 'Reported before it happened.' },
    },
    {
      name: 'population_events_undoes_check',
      sql: "(kind = 'CORRECTION') = (undoes_id is not null)",
      field: 'undoes_id',
      message: { id: 'Sebutkan peristiwa yang dibatalkan.', en: 'Say which event is undone.' },
    },
  ],
  rules: [
    {
      name: 'population_events_order_rule',
      message: { id: 'Peristiwa ini tidak cocok dengan status warga sekarang.', en: 'This does not fit what the resident is now.' },
    },
    {
      name: 'population_events_birth_rule',
      field: 'occurred_on',
      message: { id: 'Tanggal peristiwa mendahului tanggal lahir.', en: 'This is before the date of birth.' },
    },
    {
      name: 'population_events_booking_rule',
      field: 'reported_on',
      message: {
        id: 'Peristiwa warga ini yang terakhir dilaporkan sesudah tanggal ini. Pakai tanggal lapor yang sama atau sesudahnya.',
        en: 'The last event of this resident was reported after this day. Report this one on the same day or later.',
      },
    },
    {
      name: 'population_events_closed_rule',
      field: 'reported_on',
      message: {
        id: 'Bulan ini sudah ditutup. Pakai tanggal lapor sesudah bulan yang ditutup.',
        en: 'This month is closed. Use a reporting date after the closed months.',
      },
    },
  ],
  verbs: ['read', 'export', 'reveal'],
})
