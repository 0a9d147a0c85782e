// Checks of residents: numbers, ages, and whether somebody stands in the register twice.
import { setImmediate } from 'node:timers/promises'
import type { Ctx } from '#kernel/ctx.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { say, type Words } from '#kernel/words.ts'
import { CARD_AGE } from '../ledger/ages.ts'
import { nikWarnings } from '../nik.ts'
import { ACTIVE, bySql, type Finding, MOST, type Rule, seen } from './rule.ts'

const CITIZENS = 'registry.citizens'
const OLDEST = 110

/** What speaks against a sealed NIK. One whose seal does not open is the worst of them, and must not hide the others. */
function doubtsOf(ctx: Ctx, nik: Buffer, facts: Parameters<typeof nikWarnings>[1]): readonly Words[] {
  let plain: string
  try {
    plain = ctx.seal.open(nik, 'registry.citizens.nik')
  } catch {
    return [{ id: 'NIK tersandi ini tidak dapat dibuka', en: 'this sealed NIK cannot be opened' }]
  }
  return nikWarnings(plain, facts).map((w) => w.message)
}

const people = (key: string, weight: Rule['weight'], label: Rule['label'], doc: Rule['doc'], find: Rule['find']): Rule => ({
  key,
  group: 'people',
  weight,
  label,
  doc,
  resource: CITIZENS,
  find,
})

export const peopleRules: readonly Rule[] = [
  people(
    'same_nik',
    'error',
    { id: 'NIK yang sama pada beberapa data', en: 'The same NIK on several records' },
    {
      id: 'Biasanya satu orang didata dua kali: pernah pindah atau dicatat meninggal. Pakai data yang lama, hapus yang ganda.',
      en: 'Usually one person entered twice, once moved or recorded as dead. Keep the older record and delete the double.',
    },
    bySql(
      (param, ctx) => `select x.id, x.name as title, null as detail from (
        select t.id, t.name, t.nik_bidx, count(*) over (partition by t.nik_bidx) as n from registry.citizens t
        where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and t.nik_bidx is not null) x
      where x.n > 1 order by x.nik_bidx, x.id`,
    ),
  ),
  people(
    'same_person',
    'doubt',
    { id: 'Nama dan tanggal lahir sama', en: 'Same name and date of birth' },
    {
      id: 'Mungkin satu orang yang didata dua kali, mungkin juga kebetulan. Bandingkan orang tua dan alamatnya.',
      en: 'Perhaps one person entered twice, perhaps chance. Compare their parents and addresses.',
    },
    bySql(
      (param, ctx) => `select x.id, x.name as title, x.birth_date::text as detail from (
        select t.id, t.name, t.birth_date, count(*) over (partition by lower(t.name), t.birth_date) as n from registry.citizens t
        where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE}) x
      where x.n > 1 order by lower(x.name), x.birth_date, x.id`,
    ),
  ),
  people(
    'nik_mismatch',
    'doubt',
    { id: 'NIK tidak cocok dengan tanggal lahir atau jenis kelamin', en: 'NIK disagrees with date of birth or sex' },
    {
      id: 'NIK berlaku seumur hidup, juga bila datanya pernah dibetulkan. Periksa KK atau KTP aslinya.',
      en: 'A NIK is for life, even when the record was corrected later. Look at the card itself.',
    },
    async (ctx): Promise<Finding[]> => {
      const { values, param } = paramsOf(ctx.tenant.id)
      type Row = { id: string; name: string; nik: Buffer; birth_date: string; gender: string }
      const { rows } = await ctx.db.query<Row>(
        `select t.id, t.name, t.nik, t.birth_date, t.gender from registry.citizens t
         where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.nik is not null order by t.name, t.id limit ${MOST}`,
        values,
      )
      const found: Finding[] = []
      for (const [i, { id, name, nik, birth_date, gender }] of rows.entries()) {
        // Opening a village full of seals takes a while, and others are to be answered meanwhile.
        if (i % 250 === 249) await setImmediate()
        const messages = doubtsOf(ctx, nik, { birthDate: birth_date, gender })
        if (messages.length) found.push({ id, title: name, detail: messages.map((m) => say(m, ctx.locale)).join('; ') })
      }
      return found
    },
  ),
  people(
    'no_family',
    'doubt',
    { id: 'Warga tanpa keluarga', en: 'Residents without a family' },
    {
      id: 'Setiap warga tercantum pada satu kartu keluarga. Masukkan ke keluarganya.',
      en: 'Every resident stands on one family card. Add them to their family.',
    },
    bySql(
      (param, ctx) => `select t.id, t.name as title, null as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.family_id is null order by t.name, t.id`,
    ),
  ),
  people(
    'too_old',
    'doubt',
    { id: `Umur di atas ${OLDEST} tahun`, en: `Older than ${OLDEST}` },
    {
      id: 'Mungkin sudah meninggal dan belum dicatat, atau tanggal lahirnya keliru.',
      en: 'Perhaps they died and nobody recorded it, or the date of birth is wrong.',
    },
    bySql(
      (param, ctx) => `select t.id, t.name as title, t.birth_date::text as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.birth_date < (${param(ctx.today)}::date - interval '${OLDEST} years')::date order by t.birth_date, t.id`,
    ),
  ),
  people(
    'young_head',
    'doubt',
    { id: 'Kepala keluarga belum dewasa', en: 'Head of family not of age' },
    {
      id: `Di bawah ${CARD_AGE} tahun dan belum kawin. Pilih kepala keluarga lain bila ada.`,
      en: `Under ${CARD_AGE} and never married. Choose another head if there is one.`,
    },
    bySql(
      (param, ctx) => `select t.id, t.name as title, t.birth_date::text as detail from registry.citizens t
      where t.tenant_id = $1 and ${seen(ctx, CITIZENS, param)} and ${ACTIVE} and t.is_head_of_family and t.marital_status = 'BELUM_KAWIN'
        and t.birth_date > (${param(ctx.today)}::date - interval '${CARD_AGE} years')::date order by t.birth_date desc, t.id`,
    ),
  ),
]
