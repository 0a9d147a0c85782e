// Writing mail into its register: each gets the next number, and a disposition is ticked off with what came of it.
import { Refusal } from '#kernel/http/refusal.ts'
import { action } from '#kernel/resource/action.ts'
import { longText, optional } from '#kernel/resource/field.ts'
import { checkReferences, insertRow, seekRow, updateRow } from '#kernel/resource/store.ts'
import { drawNumber, nextOf } from '../numbers/draw.ts'
import { type Numbering, scopeOf } from '../numbers/series.ts'
import { processSettings } from '../process/settings.ts'
import { classificationCodes, dispositions, incomingMail, outgoingMail } from '../resources/index.ts'
import { INCOMING } from '../resources/incoming-mail.ts'
import { OUTGOING } from '../resources/outgoing-mail.ts'
import { villageFacts } from '../template/index.ts'

type Incoming = { received_on: string; classification_id: string | null } & Record<string, unknown>

export const receipt = action<Incoming>({
  resource: incomingMail.name,
  noun: 'receipt',
  label: { id: 'Catat surat masuk', en: 'Record incoming mail' },
  doc: { id: 'Surat mendapat nomor agenda berikutnya.', en: 'The letter gets the next agenda number.' },
  on: 'many',
  input: INCOMING,
  run: async (ctx, _none, asked) => {
    await checkReferences(ctx, incomingMail, asked)
    const agenda_year = Number(asked.received_on.slice(0, 4))
    const numbering = (await ctx.setting(processSettings.numbering)) as Numbering
    const agenda_number = await nextOf(ctx, scopeOf(numbering, { flow: 'INCOMING', code: '', classification: null }), agenda_year)
    const { id } = await insertRow(ctx, incomingMail, { ...asked, agenda_year, agenda_number })
    return { id, resource: incomingMail.name, agenda_number }
  },
})

type Outgoing = { mail_date: string; classification_id: string } & Record<string, unknown>

export const dispatch = action<Outgoing>({
  resource: outgoingMail.name,
  noun: 'dispatch',
  label: { id: 'Catat surat keluar', en: 'Record outgoing mail' },
  doc: { id: 'Surat mendapat nomor berikutnya menurut pola desa.', en: 'The letter gets the next number by the pattern of the village.' },
  on: 'many',
  input: OUTGOING,
  run: async (ctx, _none, asked) => {
    await checkReferences(ctx, outgoingMail, asked)
    const code = await seekRow(ctx, classificationCodes, asked.classification_id)
    const { id: number_id, number } = await drawNumber(ctx, {
      flow: 'OUTGOING',
      code: '',
      classification: String(code?.['code'] ?? ''),
      pattern: await ctx.setting(processSettings.outgoingPattern),
      villageCode: (await villageFacts(ctx)).code,
      day: asked.mail_date,
    })
    const { id } = await insertRow(ctx, outgoingMail, { ...asked, number, number_id })
    return { id, resource: outgoingMail.name, number }
  },
})

export const completion = action<{ done_note: string | null }>({
  resource: dispositions.name,
  noun: 'completion',
  label: { id: 'Selesai', en: 'Done' },
  doc: { id: 'Yang diminta sudah dikerjakan.', en: 'What was asked has been done.' },
  input: { done_note: optional(longText({ id: 'Hasil', en: 'Result' }, { max: 1_000 })) },
  when: (row) => row['is_done'] !== true,
  notNow: async () => new Refusal(409, 'done_already', { id: 'Disposisi ini sudah selesai.', en: 'This is done already.' }),
  run: async (ctx, row, { done_note }) => {
    await updateRow(ctx, dispositions, row.id, { is_done: true, done_at: ctx.now.toISOString(), done_note })
  },
})
