// Who belongs to which family, who heads it, and where it lives. Each act locks the family first, then its members in order.
import { Refusal } from '#kernel/http/refusal.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { action, type Stored } from '#kernel/resource/action.ts'
import { choice, optional, ref, secret, text } from '#kernel/resource/field.ts'
import { insertRow, updateRow } from '#kernel/resource/store.ts'
import { RELATIONSHIP } from '../codes.ts'
import { addresses, areas, citizens, families } from '../resources/index.ts'
import { chosen, isActive, type Member, membersOf, problem } from './record.ts'

const relationship = choice({ id: 'Hubungan keluarga', en: 'Place in family' }, RELATIONSHIP)

/** Number of a family in clear, kept with who leaves it. */
const numberOf = (ctx: Ctx, family: Stored): string => ctx.seal.open(family['family_number'] as Buffer, 'registry.families.family_number')

const notAMember = (field: string) =>
  problem(field, 'not_a_member', { id: 'Orang ini bukan anggota keluarga ini.', en: 'This person is not a member of this family.' })

export const move = action<{ address_id: string | null; area_id: string | null; street: string | null }>({
  resource: families.name,
  noun: 'move',
  label: { id: 'Pindah alamat', en: 'Move house' },
  doc: {
    id: 'Keluarga ini pindah ke alamat lain di dalam desa. Anggota yang tinggal bersamanya ikut pindah.',
    en: 'The family moves to another address in the village. Members who lived with it move along.',
  },
  input: {
    address_id: optional(ref(addresses.name, { id: 'Alamat yang sudah ada', en: 'An address already known' })),
    area_id: optional(ref(areas.name, { id: 'RT/RW/dusun alamat baru', en: 'RT/RW/hamlet of a new address' })),
    street: optional(secret(text({ id: 'Jalan dan nomor', en: 'Street and number' }))),
  },
  refine(input, issue) {
    if (!input.address_id && !input.area_id)
      issue('address_id', { id: 'Pilih alamat, atau isi RT/RW/dusun alamat baru.', en: 'Choose an address, or the area of a new one.' })
  },
  async run(ctx, family, { address_id, area_id, street }) {
    const address = address_id
      ? await chosen(ctx, addresses, address_id, 'address_id')
      : await insertRow(ctx, addresses, { area_id: (await chosen(ctx, areas, area_id ?? '', 'area_id')).id, street })
    await membersOf(ctx, family.id)
    await updateRow(ctx, families, family.id, { address_id: address.id })
    await ctx.emit('registry.family_moved', families.name, family.id)
  },
})

export const head = action<{ head_id: string; former_relationship: string | null }>({
  resource: families.name,
  noun: 'head',
  label: { id: 'Ganti kepala keluarga', en: 'New head of family' },
  doc: {
    id: 'Anggota lain menjadi kepala keluarga. Kepala yang lama, bila masih di sini, mendapat hubungan keluarga yang lain.',
    en: 'Another member becomes head. The former head, if still here, gets another place in the family.',
  },
  input: {
    head_id: ref(citizens.name, { id: 'Kepala keluarga baru', en: 'New head' }),
    former_relationship: optional(choice({ id: 'Hubungan kepala lama', en: 'Place of the former head' }, RELATIONSHIP)),
  },
  refine(input, issue) {
    if (input.former_relationship === 'KEPALA_KELUARGA')
      issue('former_relationship', { id: 'Hanya ada satu kepala keluarga.', en: 'A family has only one head.' })
  },
  async run(ctx, family, { head_id, former_relationship }) {
    const members = await membersOf(ctx, family.id)
    const next = members.find((m) => m.id === head_id)
    if (!next) throw notAMember('head_id')
    if (next.is_head_of_family)
      throw problem('head_id', 'already_head', { id: 'Orang ini sudah kepala keluarga.', en: 'This person is already the head.' })
    const former = members.find((m) => m.is_head_of_family)
    // First the old, then the new: at no moment are there two.
    if (former) await updateRow(ctx, citizens, former.id, { family_relationship: former_relationship ?? afterwards(former, next) })
    await updateRow(ctx, citizens, next.id, { family_relationship: 'KEPALA_KELUARGA' })
    await ctx.emit('registry.family_head_changed', families.name, family.id, { head_id })
  },
})

/** What a former head is to the new one, where that follows: the spouse of a spouse, the parent of a child. */
function afterwards(former: Member, next: Member): string {
  if (next.family_relationship === 'ISTRI' || next.family_relationship === 'SUAMI') return former.gender === 'L' ? 'SUAMI' : 'ISTRI'
  if (next.family_relationship === 'ANAK') return 'ORANG_TUA'
  if (next.family_relationship === 'MENANTU') return 'MERTUA'
  return 'FAMILI_LAIN'
}

type Joining = { citizen_id: string; family_relationship: string }

export const member = action<Joining>({
  resource: families.name,
  noun: 'member',
  label: { id: 'Tambah anggota', en: 'Add a member' },
  doc: {
    id: 'Seorang warga desa masuk ke keluarga ini dan keluar dari keluarganya yang lama.',
    en: 'A resident of the village joins this family, leaving their former one.',
  },
  input: { citizen_id: ref(citizens.name, { id: 'Warga', en: 'Resident' }), family_relationship: relationship },
  async run(ctx, family, { citizen_id, family_relationship }) {
    await join(ctx, await chosen(ctx, citizens, citizen_id, 'citizen_id'), family, family_relationship, 'citizen_id')
  },
})

export const removal = action<{ citizen_id: string }>({
  resource: families.name,
  noun: 'removal',
  label: { id: 'Keluarkan anggota', en: 'Remove a member' },
  doc: {
    id: 'Seorang anggota keluar dari kartu keluarga ini tanpa masuk ke kartu lain.',
    en: 'A member leaves the family card without joining another one.',
  },
  grave: true,
  input: { citizen_id: ref(citizens.name, { id: 'Anggota', en: 'Member' }) },
  async run(ctx, family, { citizen_id }) {
    const person = await chosen(ctx, citizens, citizen_id, 'citizen_id')
    if (person['family_id'] !== family.id) throw notAMember('citizen_id')
    await updateRow(ctx, citizens, person.id, { family_id: null, family_relationship: null, previous_family_number: numberOf(ctx, family) })
    await ctx.emit('registry.family_left', families.name, family.id, { citizen_id })
  },
})

export const changeFamily = action<{ family_id: string; family_relationship: string }>({
  resource: citizens.name,
  noun: 'family',
  label: { id: 'Pindah keluarga', en: 'Move to another family' },
  doc: {
    id: 'Warga ini masuk ke kartu keluarga lain dan tinggal di alamatnya.',
    en: 'The resident joins another family card and lives at its address.',
  },
  input: { family_id: ref(families.name, { id: 'Keluarga tujuan', en: 'New family' }), family_relationship: relationship },
  when: isActive,
  async run(ctx, citizen, { family_id, family_relationship }) {
    await join(ctx, citizen, await chosen(ctx, families, family_id, 'family_id'), family_relationship, 'family_id')
  },
})

async function join(ctx: Ctx, citizen: Stored, family: Stored, as: string, field: string): Promise<void> {
  if (!isActive(citizen))
    throw problem(field, 'not_here', { id: 'Orang ini tidak lagi tercatat di desa.', en: 'This person is no longer registered here.' })
  if (citizen['family_id'] === family.id)
    throw problem(field, 'already_member', { id: 'Sudah anggota keluarga ini.', en: 'Already a member of this family.' })
  const members = await membersOf(ctx, family.id)
  if (as === 'KEPALA_KELUARGA' && members.some((m) => m.is_head_of_family))
    throw problem('family_relationship', 'second_head', {
      id: 'Keluarga ini sudah punya kepala. Pilih hubungan lain, lalu ganti kepala keluarga.',
      en: 'This family already has a head. Choose another place, then change the head.',
    })
  const former = citizen['family_id'] ? await chosen(ctx, families, citizen['family_id'] as string, field) : null
  if (former && citizen['is_head_of_family'] && (await membersOf(ctx, former.id)).length > 1)
    throw new Refusal(409, 'head_leaves', {
      id: 'Kepala keluarga tidak dapat pindah selagi ada anggota. Ganti kepala keluarganya dahulu.',
      en: 'The head cannot leave while there are members. Choose a new head for the family first.',
    })
  await updateRow(ctx, citizens, citizen.id, {
    family_id: family.id,
    family_relationship: as,
    address_id: family['address_id'],
    ...(former ? { previous_family_number: numberOf(ctx, former) } : {}),
  })
  await ctx.emit('registry.family_joined', families.name, family.id, { citizen_id: citizen.id })
}
