// People who come into the register: born into a family, or arriving from elsewhere.
import { Refusal } from '#kernel/http/refusal.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { choice, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { checkReferences, insertRow } from '#kernel/resource/store.ts'
import { RELATIONSHIP } from '../codes.ts'
import { citizens, families } from '../resources/index.ts'
import { chosen, EVENT_FIELDS, type EventInput, membersOf, recordEvent } from './record.ts'
import type { Ctx } from '#kernel/ctx.ts'

const f = citizens.fields

type Birth = EventInput & Record<string, unknown> & { father_id: string | null; mother_id: string | null }

export const birth = action<Birth>({
  resource: families.name,
  noun: 'birth',
  label: { id: 'Catat kelahiran', en: 'Record a birth' },
  doc: {
    id: 'Seorang anak lahir di keluarga ini. Alamat, kewarganegaraan, dan (bila dikosongkan) agamanya mengikuti keluarga.',
    en: 'A child is born into this family. Address, citizenship and (unless given) religion are the family’s.',
  },
  input: {
    name: f.name,
    gender: f.gender,
    birth_place: f.birth_place,
    birth_date: f.birth_date,
    birth_time: f.birth_time,
    nik: f.nik,
    father_id: optional(ref(citizens.name, { id: 'Ayah', en: 'Father' })),
    mother_id: optional(ref(citizens.name, { id: 'Ibu', en: 'Mother' })),
    family_relationship: choice({ id: 'Hubungan keluarga', en: 'Place in family' }, RELATIONSHIP, { initial: 'ANAK' }),
    religion: { ...f.religion, required: false },
    blood_type: f.blood_type,
    birthplace_kind: f.birthplace_kind,
    birth_kind: f.birth_kind,
    birth_order: f.birth_order,
    birth_attendant: f.birth_attendant,
    birth_weight_g: f.birth_weight_g,
    birth_length_cm: f.birth_length_cm,
    birth_certificate: f.birth_certificate,
    reported_on: EVENT_FIELDS.reported_on,
    notes: EVENT_FIELDS.notes,
  },
  async run(ctx, family, { father_id, mother_id, reported_on, notes, ...child }) {
    const members = await membersOf(ctx, family.id)
    if (!members.length)
      throw new Refusal(409, 'family_empty', { id: 'Keluarga ini tidak punya anggota di desa.', en: 'Nobody of this family lives here.' })
    const father = father_id ? await chosen(ctx, citizens, father_id, 'father_id') : null
    const mother = mother_id ? await chosen(ctx, citizens, mother_id, 'mother_id') : null
    const elder = members.find((m) => m.is_head_of_family) ?? members[0]
    const born = await insertRow(ctx, citizens, {
      ...child,
      ...parent(ctx, 'father', father),
      ...parent(ctx, 'mother', mother),
      religion: child['religion'] ?? mother?.['religion'] ?? elder?.religion,
      education: 'TIDAK_SEKOLAH',
      schooling: 'BELUM_TK',
      occupation: 'BELUM/TIDAK BEKERJA',
      marital_status: 'BELUM_KAWIN',
      family_id: family.id,
      address_id: family['address_id'],
    })
    const { birth_date, birth_place, birth_certificate } = child
    await recordEvent(ctx, born, 'BIRTH', {
      occurred_on: birth_date,
      reported_on,
      place: birth_place,
      evidence_number: birth_certificate ?? null,
      notes,
    })
    await ctx.emit('registry.citizen_born', citizens.name, born.id, { family_id: family.id })
    return { id: born.id, resource: citizens.name }
  },
})

/** A parent's name and NIK as the child's record keeps them. */
function parent(ctx: Ctx, who: 'father' | 'mother', row: Stored | null): Record<string, unknown> {
  if (!row) return {}
  const nik = row['nik'] as Buffer | null
  return { [`${who}_name`]: row['name'], ...(nik ? { [`${who}_nik`]: ctx.seal.open(nik, 'registry.citizens.nik') } : {}) }
}

type Arrival = EventInput & Record<string, unknown>

export const arrival = action<Arrival>({
  resource: citizens.name,
  noun: 'arrival',
  label: { id: 'Catat pendatang', en: 'Record an arrival' },
  doc: {
    id: 'Orang dari luar kini tinggal di desa ini. Untuk orang yang sudah terdata, pakai "Catat kembali".',
    en: 'Somebody from elsewhere now lives in the village. Use "return" for a person who is in the register already.',
  },
  on: 'many',
  input: {
    name: f.name,
    nik: f.nik,
    gender: f.gender,
    birth_place: f.birth_place,
    birth_date: f.birth_date,
    religion: f.religion,
    education: f.education,
    occupation: f.occupation,
    marital_status: f.marital_status,
    citizenship: f.citizenship,
    residency: f.residency,
    family_id: f.family_id,
    family_relationship: f.family_relationship,
    address_id: f.address_id,
    phone: f.phone,
    father_name: f.father_name,
    mother_name: f.mother_name,
    previous_family_number: f.previous_family_number,
    ...EVENT_FIELDS,
    origin: optional(secret(text({ id: 'Alamat asal', en: 'Coming from' }))),
    purpose: optional(text({ id: 'Maksud dan tujuan', en: 'Purpose' })),
  },
  refine(input, issue) {
    if ((input['family_id'] === null) !== (input['family_relationship'] === null))
      issue('family_relationship', { id: 'Isi bersama-sama dengan keluarga.', en: 'Fill this in together with the family.' })
    if (!input['family_id'] && !input['address_id'])
      issue('address_id', { id: 'Pilih keluarga atau alamat.', en: 'Choose a family or an address.' })
  },
  async run(ctx, _none, { occurred_on, reported_on, evidence_number, notes, origin, purpose, ...person }) {
    await checkReferences(ctx, citizens, person)
    const citizen = await insertRow(ctx, citizens, { ...person, previous_address: origin ?? null })
    await recordEvent(ctx, citizen, 'ARRIVAL', { occurred_on, reported_on, evidence_number, notes, origin, purpose })
    await ctx.emit('registry.citizen_arrived', citizens.name, citizen.id)
    return { id: citizen.id, resource: citizens.name }
  },
})
