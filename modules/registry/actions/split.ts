// Pecah KK: some members of a family get a card of their own.
import { Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { json, optional, ref, tags } from '#kernel/resource/field.ts'
import { insertRow, updateRow } from '#kernel/resource/store.ts'
import { RELATIONSHIP } from '../codes.ts'
import { addresses, citizens, families } from '../resources/index.ts'
import { chosen, type Member, membersOf, problem } from './record.ts'

type Split = {
  family_number: string
  head_id: string
  members: string[] | null
  relationships: Record<string, string> | null
  address_id: string | null
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

export const split = action<Split>({
  resource: families.name,
  noun: 'split',
  label: { id: 'Pecah KK', en: 'Split the family card' },
  doc: {
    id: `Sebagian anggota pindah ke kartu keluarga baru. "members" adalah yang ikut kepala baru; "relationships" (id → kode) hubungan mereka
dengannya, bila dikosongkan disimpulkan dari hubungan di keluarga ini.`,
    en: `Members leave for a new family card. "members" lists who goes along with the new head; "relationships" (id → code) says what
they are to the new head, otherwise it is worked out from what they were in this family.`,
  },
  input: {
    family_number: families.fields.family_number,
    head_id: ref(citizens.name, { id: 'Kepala keluarga baru', en: 'Head of the new family' }),
    members: optional(tags({ id: 'Anggota yang ikut', en: 'Members who go along' }, { max: 36, pattern: UUID })),
    relationships: optional(json({ id: 'Hubungan di keluarga baru', en: 'Places in the new family' })) as never,
    address_id: optional(ref(addresses.name, { id: 'Alamat baru (kosong: tetap)', en: 'New address (empty: the same)' })),
  },
  refine(input, issue) {
    const allowed = Object.keys(RELATIONSHIP).filter((code) => code !== 'KEPALA_KELUARGA')
    if (Object.values(input.relationships ?? {}).some((code) => !allowed.includes(code)))
      issue('relationships', { id: 'Hubungan keluarga tidak dikenal.', en: 'This place in a family is not known.' })
  },
  async run(ctx, family, input) {
    const staying = await membersOf(ctx, family.id)
    const chosenIds = new Set([input.head_id, ...(input.members ?? [])])
    const leaving = staying.filter((m) => chosenIds.has(m.id))
    const newHead = leaving.find((m) => m.id === input.head_id)
    const stranger = { id: 'Bukan anggota keluarga ini.', en: 'Not a member of this family.' }
    if (!newHead) throw problem('head_id', 'not_a_member', stranger)
    if (leaving.length !== chosenIds.size) throw problem('members', 'not_a_member', stranger)
    if (leaving.length === staying.length)
      throw new Refusal(409, 'whole_family', {
        id: 'Seluruh keluarga tidak perlu dipecah: ubah nomor KK-nya.',
        en: 'A whole family need not be split: change its card number.',
      })
    const address = input.address_id ? (await chosen(ctx, addresses, input.address_id, 'address_id')).id : family['address_id']
    const made = await insertRow(ctx, families, {
      family_number: input.family_number,
      address_id: address,
      registered_on: ctx.today,
      split_from_id: family.id,
    })
    const oldNumber = ctx.seal.open(family['family_number'] as Buffer, 'registry.families.family_number')
    for (const m of leaving)
      await updateRow(ctx, citizens, m.id, {
        family_id: made.id,
        family_relationship: m === newHead ? 'KEPALA_KELUARGA' : (input.relationships?.[m.id] ?? towards(newHead, m)),
        address_id: address,
        previous_family_number: oldNumber,
      })
    await ctx.emit('registry.family_split', families.name, family.id, { family_id: made.id })
    return { id: made.id, resource: families.name }
  },
})

/** What somebody is to the new head, from what both were to the old one. Where nothing follows: "other relative". */
function towards(newHead: Member, m: Member): string {
  const [from, was] = [newHead.family_relationship, m.family_relationship]
  const spouse = m.gender === 'L' ? 'SUAMI' : 'ISTRI'
  if (from === 'ANAK' && was === 'MENANTU' && m.gender !== newHead.gender) return spouse
  if (from === 'MENANTU' && was === 'ANAK' && m.gender !== newHead.gender) return spouse
  if ((from === 'ANAK' || from === 'MENANTU') && was === 'CUCU') return 'ANAK'
  if ((from === 'ISTRI' || from === 'SUAMI') && was === 'ANAK') return 'ANAK'
  return 'FAMILI_LAIN'
}
