// What letters put on a person's first page: what waits for just this person, by what they may do.
import type { Ctx } from '#kernel/ctx.ts'
import type { Home, Waiting } from '#kernel/home/home.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import type { Words } from '#kernel/words.ts'
import { waitingForMe } from './signing/desk.ts'

type Kind = { readonly resource: string; readonly status: string; readonly noun: string; readonly label: Words }

const KINDS: readonly Kind[] = [
  {
    resource: 'letters.letter_requests',
    status: 'PENDING',
    noun: 'processing',
    label: { id: 'permohonan surat menunggu', en: 'letter requests waiting' },
  },
  {
    resource: 'letters.generated_letters',
    status: 'secretary_review',
    noun: 'verification',
    label: { id: 'surat perlu diperiksa', en: 'letters to check' },
  },
  {
    resource: 'letters.generated_letters',
    status: 'head_review',
    noun: 'approval',
    label: { id: 'surat menunggu persetujuan', en: 'letters to approve' },
  },
  {
    resource: 'letters.generated_letters',
    status: 'approved',
    noun: 'issuing',
    label: { id: 'surat disetujui, siap diterbitkan', en: 'approved letters to issue' },
  },
  {
    resource: 'letters.generated_letters',
    status: 'awaiting_signature',
    noun: 'wet-signature',
    label: { id: 'surat menunggu tanda tangan', en: 'letters waiting for a signature' },
  },
]

export const home: Home = async (ctx) => {
  const waiting: Waiting[] = []
  for (const { resource, status, noun, label } of KINDS) {
    if (!ctx.can(`${resource}:${noun}`) || !ctx.can(`${resource}:read`)) continue
    const count = await counted(ctx, resource, status)
    if (count) waiting.push({ key: `letters_${status.toLowerCase()}`, label, count, to: `${resource.replace('.', '/')}?status=${status}` })
  }
  const mine = ctx.can('letters.signings:request') ? await waitingForMe(ctx) : 0
  if (mine)
    waiting.push({
      key: 'letters_my_signature',
      label: { id: 'surat menunggu tanda tangan Anda', en: 'letters waiting for your signature' },
      count: mine,
      to: 'letters/my-signature',
    })
  return { waiting, numbers: [] }
}

async function counted(ctx: Ctx, resource: string, status: string): Promise<number> {
  const { values, param } = paramsOf(ctx.tenant.id)
  const { rows } = await ctx.db.query<{ n: number }>(
    `select count(*)::int as n from ${resource} t
      where t.tenant_id = $1 and t.status = ${param(status)} and t.deleted_at is null and ${ctx.sees(resource, param)}`,
    values,
  )
  return rows[0]?.n ?? 0
}
