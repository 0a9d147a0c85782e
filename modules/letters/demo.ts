// What the demo villages have of letters: requests in every state, some issued letters, a little mail. Made as a clerk would.
import type { Ctx } from '#kernel/ctx.ts'
import { makeMove } from '#kernel/workflow/moves.ts'
import { addDays } from '#modules/registry/index.ts'
import { directIssue } from './process/drafts.ts'
import { letterWorkflow } from './process/letters.ts'
import { fileRequest, requestWorkflow } from './process/requests.ts'
import { dispatch, receipt } from './registers/actions.ts'

const NONE = { id: '', version: 0 }
/** Valid for every field of the shipped templates that are used here. */
const VALUES: Readonly<Record<string, Record<string, unknown>>> = {
  'Keterangan Usaha': {
    form_nama_usaha: 'Warung Sumber Rejeki',
    form_jenis_usaha: 'Warung kelontong',
    form_alamat_usaha: 'Jalan Pasar Nomor 3',
    form_sejak: '2019',
    form_keperluan: 'Pinjaman bank',
  },
  'Keterangan Domisili': { form_sejak: '2001', form_keperluan: 'Membuka rekening bank' },
  'Keterangan Tidak Mampu': { form_penghasilan: '900000', form_keperluan: 'Keringanan biaya sekolah' },
}

export async function demo(ctx: Ctx): Promise<void> {
  const { rows: people } = await ctx.db.query<{ id: string; name: string }>(
    `select c.id, c.name from registry.citizens c
      where c.tenant_id = $1 and c.status = 'ALIVE' and c.is_head_of_family and c.deleted_at is null order by c.id limit 9`,
    [ctx.tenant.id],
  )
  const { rows: templates } = await ctx.db.query<{ id: string; name: string }>(
    'select t.id, t.name from letters.letter_templates t where t.tenant_id = $1 and t.name = any($2) and t.deleted_at is null',
    [ctx.tenant.id, Object.keys(VALUES)],
  )
  const asked = (person: number, name: string) => ({
    citizen_id: people[person]?.id ?? '',
    template_id: templates.find((t) => t.name === name)?.id ?? '',
    values: VALUES[name] ?? {},
    subjects: {},
  })
  const file = (person: number, name: string, purpose: string) => fileRequest(ctx, { ...asked(person, name), purpose, notes: null })
  const issue = async (person: number, name: string, request_id: string | null): Promise<string> => {
    const input = { ...asked(person, name), request_id, letter_date: null, signatory_id: null, number: null, number_reason: null }
    return ((await directIssue.run(ctx, NONE, input)) as { id: string }).id
  }
  const take = (id: string) => makeMove(ctx, requestWorkflow, id, 'processing', { requirements_note: 'Berkas menyusul' })

  const done = await file(0, 'Keterangan Usaha', 'Pinjaman bank')
  await take(done.id)
  await makeMove(ctx, letterWorkflow, await issue(0, 'Keterangan Usaha', done.id), 'wet-signature')
  await makeMove(ctx, requestWorkflow, done.id, 'handover', { collected_by: people[0]?.name ?? '' })
  const refused = await file(1, 'Keterangan Usaha', 'Pinjaman bank')
  await makeMove(ctx, requestWorkflow, refused.id, 'refusal', { reason: 'Usahanya belum berjalan. Silakan ajukan lagi setelah buka.' })
  const taken = await file(2, 'Keterangan Tidak Mampu', 'Keringanan biaya sekolah')
  await take(taken.id)
  await issue(2, 'Keterangan Tidak Mampu', taken.id)
  await take((await file(3, 'Keterangan Domisili', 'Membuka rekening bank')).id)
  await file(4, 'Keterangan Domisili', 'Membuka rekening bank')
  await file(5, 'Keterangan Tidak Mampu', 'Keringanan biaya sekolah')
  for (const person of [6, 7, 8]) await issue(person, 'Keterangan Domisili', null)
  await mail(ctx)
}

async function mail(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.db.query<{ id: string }>(
    "select c.id from letters.classification_codes c where c.tenant_id = $1 and c.code = '400' and c.deleted_at is null",
    [ctx.tenant.id],
  )
  const classification_id = rows[0]?.id ?? ''
  for (const [days, subject] of [
    [9, 'Undangan rapat koordinasi'],
    [4, 'Permintaan data penerima bantuan'],
  ] as const)
    await receipt.run(ctx, NONE, {
      received_on: addDays(ctx.today, -days),
      sender: 'Camat Karangjaya',
      mail_number: null,
      mail_date: addDays(ctx.today, -days - 2),
      subject,
      classification_id,
      notes: null,
    })
  await dispatch.run(ctx, NONE, {
    recipient: 'Camat Karangjaya',
    subject: 'Data penerima bantuan',
    classification_id,
    mail_date: addDays(ctx.today, -1),
    notes: null,
  })
}
