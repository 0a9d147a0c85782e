// What people do with numbers besides using them: a spoiled one is written off with a reason, and a new system goes on where paper ended.
import type { Ctx } from '#kernel/ctx.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { integer, longText, optional, ref } from '#kernel/resource/field.ts'
import { templateFor } from '../process/inputs.ts'
import { processSettings } from '../process/settings.ts'
import { letterNumbers } from '../resources/index.ts'
import { villageFacts } from '../template/index.ts'
import { type Asked, drawNumber } from './draw.ts'
import { type Numbering, scopeOf } from './series.ts'

/** What the next letter of a template would ask its number with. */
async function askedFor(ctx: Ctx, templateId: string): Promise<Asked> {
  const template = await templateFor(ctx, templateId)
  return {
    flow: 'LETTER',
    code: template.code,
    classification: template.classification_code,
    pattern: template.number_pattern ?? (await ctx.setting(processSettings.numberPattern)),
    villageCode: (await villageFacts(ctx)).code,
    day: ctx.today,
  }
}

const template_id = ref('letters.letter_templates', { id: 'Urutan surat ini', en: 'Sequence of this letter' })

export const voiding = action<{ template_id: string; reason: string }>({
  resource: letterNumbers.name,
  noun: 'voiding',
  label: { id: 'Batalkan nomor berikutnya', en: 'Spoil the next number' },
  doc: {
    id: 'Nomor berikutnya tidak dipakai, misalnya karena kertasnya rusak. Alasannya tercatat di buku nomor.',
    en: 'The next number is not used, for a spoiled sheet for example. The reason is kept in the book of numbers.',
  },
  on: 'many',
  grave: true,
  input: { template_id, reason: longText({ id: 'Alasan', en: 'Reason' }, { min: 3, max: 500 }) },
  run: async (ctx, _none, { template_id: template, reason }) => {
    const { id, number } = await drawNumber(ctx, await askedFor(ctx, template), 'VOID', reason)
    return { id, number, resource: letterNumbers.name }
  },
})

export const continuation = action<{ template_id: string; last: number; year: number | null }>({
  resource: letterNumbers.name,
  noun: 'continuation',
  label: { id: 'Lanjutkan dari buku lama', en: 'Go on from the paper book' },
  doc: {
    id: 'Tulis nomor terakhir di buku lama; surat berikutnya mendapat nomor sesudahnya.',
    en: 'Write the last number of the paper book; the next letter gets the one after it.',
  },
  on: 'many',
  grave: true,
  input: {
    template_id,
    last: integer({ id: 'Nomor urut terakhir', en: 'Last number in the sequence' }, { min: 1, max: 999_999 }),
    year: optional(
      integer({ id: 'Tahun', en: 'Year' }, { min: 2000, max: 9999, help: { id: 'Kosong: tahun ini.', en: 'Empty: this year.' } }),
    ),
  },
  run: async (ctx, _none, { template_id: template, last, year }) => {
    const asked = await askedFor(ctx, template)
    const scope = scopeOf((await ctx.setting(processSettings.numbering)) as Numbering, asked)
    const { rowCount } = await ctx.db.query(
      `insert into letters.number_counters as c (tenant_id, scope, year, last) values ($1, $2, $3, $4)
       on conflict (tenant_id, scope, year) do update set last = excluded.last where c.last < excluded.last`,
      [ctx.tenant.id, scope, year ?? Number(ctx.today.slice(0, 4)), last],
    )
    if (!rowCount)
      throw new Refusal(409, 'sequence_further', {
        id: 'Urutan ini sudah sampai nomor itu atau lebih jauh; tidak dapat mundur.',
        en: 'This sequence has reached that number already; it cannot go back.',
      })
    await ctx.emit('letters.sequence_continued', letterNumbers.name, template, { scope, last })
    return {}
  },
})
