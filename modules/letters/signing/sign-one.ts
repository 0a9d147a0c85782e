// Signs one letter, in steps that can each be the last: what is done twice ends in the same place, and a letter never has two signed files.
import { createHash } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import { attachVersion } from '#kernel/documents/attach.ts'
import { Refusal } from '#kernel/http/refusal.ts'
import type { JobRun } from '#kernel/jobs/job.ts'
import { findRow, updateRow } from '#kernel/resource/store.ts'
import { carryOut } from '#kernel/workflow/moves.ts'
import type { Words } from '#kernel/words.ts'
import { letterWorkflow } from '../process/letters.ts'
import { generatedLetters, signings } from '../resources/index.ts'
import { takeKey } from './key-safe.ts'
import type { OpenedP12 } from './p12.ts'
import { keySigner } from './p12-signer.ts'

type Steps = Pick<JobRun, 'ctx' | 'transaction'>

/** Everything the signature needs, read in the step that marks it as begun. */
type Begun = {
  readonly letterId: string
  readonly fileId: string
  readonly fileName: string
  readonly documentId: string
  readonly sha256: string
  readonly key: OpenedP12
  readonly official: string
  readonly officialId: string
  readonly reason: string
  readonly askedAt: Date
}

type Place = { id: string; letter_id: string; official_id: string; key_id: string; state: string; attempts: number; asked_at: Date }

const movedOn = (): Refusal =>
  new Refusal(409, 'letter_moved_on', {
    id: 'Surat ini tidak lagi menunggu tanda tangan.',
    en: 'This letter no longer waits for a signature.',
  })
const keyGone = (): Refusal =>
  new Refusal(409, 'key_removed', {
    id: 'Kunci tanda tangan sudah dihapus sebelum surat ini ditandatangani.',
    en: 'The signing key was removed before this letter was signed.',
  })
const fileChanged = (): Refusal =>
  new Refusal(409, 'file_changed', {
    id: 'Berkas surat ini tidak lagi sama dengan saat diterbitkan. Hubungi pengelola.',
    en: 'The file of this letter is no longer what was issued. Tell your administrator.',
  })

/** The place in the queue, held until the transaction ends; null when there is nothing left to do. */
async function hold(ctx: Ctx, id: string): Promise<Place | null> {
  const { rows } = await ctx.db.query<Place>(
    `select id, letter_id, official_id, key_id, state, attempts, asked_at from letters.signings
      where tenant_id = $1 and id = $2 and deleted_at is null and state in ('QUEUED', 'SIGNING') for no key update`,
    [ctx.tenant.id, id],
  )
  return rows[0] ?? null
}

async function begin(ctx: Ctx, id: string): Promise<Begun | null> {
  const place = await hold(ctx, id)
  if (!place) return null
  const { rows } = await ctx.db.query<Omit<Begun, 'letterId' | 'officialId' | 'key' | 'askedAt'> & { status: string }>(
    `select l.status, l.document_id as "documentId", l.sha256, left(l.heading || ' ' || l.letter_number, 200) as reason,
        v.file_id as "fileId", v.file_name as "fileName", o.name as official
       from letters.generated_letters l
       join core.document_versions v on v.tenant_id = $1 and v.id = l.original_version_id
       join office.apparatus o on o.tenant_id = $1 and o.id = $3
      where l.tenant_id = $1 and l.id = $2`,
    [ctx.tenant.id, place.letter_id, place.official_id],
  )
  const found = rows[0]
  if (!found || found.status !== 'awaiting_signature') throw movedOn()
  const key = await takeKey(ctx, place.key_id)
  if (!key) throw keyGone()
  await updateRow(ctx, signings, id, { state: 'SIGNING', attempts: place.attempts + 1 })
  return { ...found, key, letterId: place.letter_id, officialId: place.official_id, askedAt: place.asked_at }
}

async function bytesOf(ctx: Ctx, { fileId, sha256 }: Begun): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of await ctx.files.open(fileId)) parts.push(part)
  const bytes = Buffer.concat(parts)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw fileChanged()
  return bytes
}

async function keep(ctx: Ctx, id: string, begun: Begun, bytes: Uint8Array): Promise<void> {
  if (!(await hold(ctx, id))) return
  const letter = await findRow(ctx, generatedLetters, begun.letterId, { lock: true })
  if (letter['status'] !== 'awaiting_signature') throw movedOn()
  const file = await attachVersion(ctx, begun.documentId, { file: { name: begun.fileName, mime: 'application/pdf', bytes } })
  const signed_at = begun.askedAt.toISOString()
  await updateRow(ctx, signings, id, { state: 'SIGNED', version_id: file.versionId, sha256: file.sha256, signed_at })
  const move = letterWorkflow.moves.find(({ noun }) => noun === 'electronic-signature')!
  await carryOut(ctx, letterWorkflow, move, letter, { signed_at, signed_by: begun.officialId } as never)
}

/** Notes why it failed, unless somebody else has ended it meanwhile. */
export async function fail(ctx: Ctx, id: string, code: string, message: Words): Promise<void> {
  if (await hold(ctx, id)) await updateRow(ctx, signings, id, { state: 'FAILED', problem: { code, ...message } })
}

/**
 * `signed` or `failed` with its reason on record. Throws only what nobody foresaw, after which it may be run again: the time in the signature
 * is that of the request, so that the same key makes the same file.
 */
export async function signOne({ ctx, transaction }: Steps, id: string): Promise<'signed' | 'failed'> {
  try {
    const begun = await transaction((inside) => begin(inside, id))
    if (!begun) return (await stateOf(ctx, id)) === 'SIGNED' ? 'signed' : 'failed'
    const signer = keySigner(begun.key)
    const bytes = await signer.sign(await bytesOf(ctx, begun), {
      reason: begun.reason,
      location: ctx.tenant.name,
      name: begun.official,
      at: begun.askedAt,
    })
    await transaction((inside) => keep(inside, id, begun, bytes))
    return 'signed'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await transaction((inside) => fail(inside, id, error.code, error.words))
    return 'failed'
  }
}

async function stateOf(ctx: Ctx, id: string): Promise<string | undefined> {
  const { rows } = await ctx.db.query<{ state: string }>('select state from letters.signings where tenant_id = $1 and id = $2', [
    ctx.tenant.id,
    id,
  ])
  return rows[0]?.state
}
