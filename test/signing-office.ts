// Sukamaju's office for stories about signing: Haji Mulyadi is its head with an account and a key, and letters wait for him.
import { ok, villageIn } from '../modules/registry/test-village.ts'
import { signIn } from './matrix/people.ts'
import { PASSWORD } from './places.ts'
import type { Client, World } from './world.ts'
import { KEYS, PASSPHRASE } from '../modules/letters/signing/test-keys.ts'

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export type Office = {
  readonly andi: Client
  readonly siti: Client
  /** The head: linked to his office. */
  readonly mulyadi: Client
  /** The secretary: linked to hers, without a key. */
  readonly endang: Client
  readonly head: { readonly id: string }
  /** A letter of Siti Aminah's that waits for the head's signature. */
  letter(): Promise<any>
  /** Where a stranger verifies a letter: the path in its QR code. */
  link(letterId: string): Promise<string>
  /** Installs the head's key. */
  key(file?: Uint8Array, passphrase?: string): Promise<any>
}

export async function officeIn(world: World): Promise<Office> {
  const [andi, siti] = [await world.as('andi'), await world.as('siti')]
  const village = await villageIn(world)
  ok(
    await andi.post('/registry/village_profiles', {
      name: 'Sukamaju',
      code: '9902042003',
      head_name: 'Haji Mulyadi',
      district: 'Karangjaya',
      regency: 'Kabupaten Wanareja',
      province: 'Nusa Contoh',
    }),
    201,
  )
  const { family } = await village.home('MELATI')
  const aminah = await village.member(family, 'SITI AMINAH', 'KEPALA_KELUARGA', { gender: 'P', nik: '9902044507900003' })
  const roles = ok(await andi.get('/core/roles?limit=100')).data
  const official = async (name: string, duty: string, position: string): Promise<{ client: Client; id: string }> => {
    const username = name.toLowerCase().replaceAll(/[^a-z]/g, '')
    const role_id = roles.find((r: any) => r.name === position).id
    ok(await andi.post('/core/memberships/account', { name, username, email: null, password: PASSWORD, role_id }))
    const user = (await world.house.identity.userByLogin(username))!
    const { id } = ok(await andi.post('/office/apparatus', { name, duty, position, start_date: '2020-01-01', user_id: user.id }), 201)
    return { client: await signIn(world, 'sukamaju', username), id }
  }
  const head = await official('Haji Mulyadi', 'HEAD', 'Kepala Desa')
  const secretary = await official('Endang Kusumawati', 'SECRETARY', 'Sekretaris Desa')
  const templates = ok(await andi.get('/letters/letter_templates?limit=50')).data
  const template = ok(await andi.get(`/letters/letter_templates/${templates.find((t: any) => t.name === 'Keterangan Domisili').id}`))
  const values = Object.fromEntries(template.variables.filter((f: any) => f.required).map((f: any) => [f.code, `Isian ${f.label}`]))
  return {
    andi,
    siti,
    mulyadi: head.client,
    endang: secretary.client,
    head: { id: head.id },
    letter: async () =>
      ok(
        await siti.post('/letters/generated_letters/direct-issue', {
          citizen_id: aminah.id,
          template_id: template.id,
          values,
          subjects: {},
        }),
      ),
    link: async (letterId) => {
      const code = await world.write('andi', 'sukamaju', async (ctx) => {
        const { rows } = await ctx.db.query<{ sealed: Buffer }>(
          'select verification_code as sealed from letters.generated_letters where tenant_id = $1 and id = $2',
          [ctx.tenant.id, letterId],
        )
        return ctx.seal.open(rows[0]!.sealed, 'letters.generated_letters.verification_code')
      })
      return `/sukamaju/v/${code}`
    },
    key: async (file = KEYS.mulyadi, passphrase = PASSPHRASE) =>
      ok(await head.client.post('/letters/signing_keys/registration', { file: base64(file), passphrase })),
  }
}
