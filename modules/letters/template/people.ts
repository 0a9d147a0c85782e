// The people of a letter, read from the register: what each placeholder of a person prints. Secrets are opened only when they are used.
import type { Ctx } from '#kernel/ctx.ts'
import { invalid } from '#kernel/http/refusal.ts'
import type { Stored } from '#kernel/resource/action.ts'
import { selectList, shown, worded } from '#kernel/resource/columns.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { addresses, citizens, families } from '#modules/registry/index.ts'
import type { Sealed } from './catalogue.ts'
import { longDay, yearsBetween } from './date-words.ts'

/** Placeholder of a person (`nama`, `tanggallahir`) → its value: days as `YYYY-MM-DD`, nothing as ''. */
export type PersonFacts = Readonly<Record<string, string>>

export type Person = { readonly id: string; readonly familyId: string | null; readonly facts: PersonFacts }

/** Statuses of people who belong to the village. */
const HERE = ['ALIVE', 'MISSING', 'AWAY']

type Row = Stored & { readonly family: Stored | null; readonly address: Stored | null }

function factsOf(ctx: Ctx, row: Row, opened: ReadonlySet<Sealed>): PersonFacts {
  const said = (name: string): string => worded(ctx.seal, citizens, name, row[name], 'id')
  const plain = (name: string): string => (typeof row[name] === 'string' ? row[name] : '')
  const secret = (name: string): string =>
    opened.has('registry.citizens') && row[name] ? String(shown(ctx.seal, citizens, name, row[name], true)) : ''
  const { family, address } = row
  const street =
    opened.has('registry.addresses') && address?.['street'] ? String(shown(ctx.seal, addresses, 'street', address['street'], true)) : ''
  const [rt, rw, hamlet] = ['rt', 'rw', 'hamlet'].map((name) => String(address?.[name] ?? '')) as [string, string, string]
  const neighbourhood = [rt && `RT ${rt}`, rw && `RW ${rw}`].filter(Boolean).join('/')
  const born = plain('birth_date')
  const age = born ? yearsBetween(born, ctx.today) : null
  return {
    nama: plain('name'),
    nik: secret('nik'),
    no_kk:
      opened.has('registry.families') && family ? String(shown(ctx.seal, families, 'family_number', family['family_number'], true)) : '',
    kepala_kk: String(family?.['head_name'] ?? ''),
    hubungan_kk: said('family_relationship'),
    ttl: [plain('birth_place'), longDay(born)].filter(Boolean).join(', '),
    tempatlahir: plain('birth_place'),
    tanggallahir: born,
    usia: age === null ? '' : `${age} tahun`,
    umur: age === null ? '' : String(age),
    jenis_kelamin: said('gender'),
    agama: said('religion'),
    status_kawin: said('marital_status'),
    pekerjaan: plain('occupation'),
    pendidikan_kk: said('education'),
    pendidikan_sedang: said('schooling'),
    warga_negara: said('citizenship'),
    gol_darah: row['blood_type'] === 'TIDAK_TAHU' ? '' : said('blood_type'),
    alamat: [street, neighbourhood, hamlet && `Dusun ${hamlet}`].filter(Boolean).join(', '),
    alamat_jalan: street,
    rt,
    rw,
    dusun: hamlet,
    alamat_sebelumnya: secret('previous_address'),
    telepon: secret('phone'),
    email: secret('email'),
    nama_ayah: plain('father_name'),
    nik_ayah: secret('father_nik'),
    nama_ibu: plain('mother_name'),
    nik_ibu: secret('mother_nik'),
    akta_lahir: plain('birth_certificate'),
    akta_perkawinan: plain('marriage_certificate'),
    tanggalperkawinan: plain('married_on'),
    akta_perceraian: plain('divorce_certificate'),
    tanggalperceraian: plain('divorced_on'),
    dokumen_pasport: secret('passport_number'),
    dokumen_kitas: secret('stay_permit_number'),
    waktu_lahir: plain('birth_time'),
    tempat_dilahirkan: said('birthplace_kind'),
    jenis_kelahiran: said('birth_kind'),
    kelahiran_anak_ke: said('birth_order'),
    penolong_kelahiran: said('birth_attendant'),
    berat_lahir: said('birth_weight_g'),
    panjang_lahir: said('birth_length_cm'),
    suku: plain('ethnicity'),
    cacat: said('disability'),
    negara_asal: plain('country_of_origin'),
  }
}

async function read(ctx: Ctx, opened: ReadonlySet<Sealed>, condition: (param: (value: unknown) => string) => string): Promise<Person[]> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const where = condition(param)
  const people = await ctx.db.query<Stored>(
    `select ${selectList(citizens)} from registry.citizens t
      where t.tenant_id = $1 and t.deleted_at is null and ${where} and ${ctx.sees('registry.citizens', param)}
      order by case t.family_relationship when 'KEPALA_KELUARGA' then 0 when 'SUAMI' then 1 when 'ISTRI' then 1 when 'ANAK' then 2 else 3 end,
               t.birth_date, t.id`,
    values,
  )
  const ids = (name: string, rows: readonly Stored[]): unknown[] => [...new Set(rows.map((row) => row[name]).filter(Boolean))]
  const found = await ctx.db.query<Stored>(
    `select ${selectList(families)} from registry.families t where t.tenant_id = $1 and t.id = any($2::uuid[])`,
    [ctx.tenant.id, ids('family_id', people.rows)],
  )
  const homes = await ctx.db.query<Stored>(
    `select ${selectList(addresses)} from registry.addresses t where t.tenant_id = $1 and t.id = any($2::uuid[])`,
    [ctx.tenant.id, [...ids('address_id', people.rows), ...ids('address_id', found.rows)]],
  )
  return people.rows.map((row) => {
    const family = found.rows.find((one) => one.id === row['family_id']) ?? null
    const home = row['address_id'] ?? family?.['address_id']
    const address = homes.rows.find((one) => one.id === home) ?? null
    return { id: row.id, familyId: (row['family_id'] as string | null) ?? null, facts: factsOf(ctx, { ...row, family, address }, opened) }
  })
}

/** People by id, whatever became of them. `field` names what a missing or invisible one is refused for (422). */
export async function readPeople(ctx: Ctx, wanted: ReadonlyMap<string, string>, opened: ReadonlySet<Sealed>): Promise<Map<string, Person>> {
  if (!wanted.size) return new Map()
  const people = await read(ctx, opened, (param) => `t.id = any(${param([...new Set(wanted.values())])}::uuid[])`)
  const byId = new Map(people.map((person) => [person.id, person]))
  const missing = [...wanted].filter(([, id]) => !byId.has(id))
  if (missing.length)
    throw invalid(
      missing.map(([field]) => ({
        field,
        code: 'reference_not_found',
        message: {
          id: 'Warga ini tidak ditemukan. Pilih lagi dari daftar.',
          en: 'This resident was not found. Choose again from the list.',
        },
      })),
    )
  return byId
}

/** Everybody of a family who belongs to the village, its head first. */
export const readFamily = (ctx: Ctx, familyId: string | null, opened: ReadonlySet<Sealed>): Promise<Person[]> =>
  familyId === null
    ? Promise.resolve([])
    : read(ctx, opened, (param) => `t.family_id = ${param(familyId)} and t.status = any(${param(HERE)}::text[])`)
