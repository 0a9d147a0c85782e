// Making a key and taking it back. The key is in the answer of the making and nowhere else, ever.
import { networkFrom } from '#kernel/access/networks.ts'
import type { Ctx } from '#kernel/ctx.ts'
import { type FieldProblem, invalid, Refusal } from '#kernel/http/refusal.ts'
import { type Action, action } from '#kernel/resource/action.ts'
import { instant, json, tags, text } from '#kernel/resource/field.ts'
import { grants } from '#kernel/resource/model.ts'
import { insertRow, updateRow } from '#kernel/resource/store.ts'
import { keyLongestDays } from '#kernel/settings/own.ts'
import type { Words } from '#kernel/words.ts'
import { keyMayHold } from './key-actor.ts'
import { apiKeys } from './resource.ts'
import { newToken } from './token.ts'

export type NewKey = {
  name: string
  scopes: string[]
  visibility: Record<string, unknown>
  attributes: Record<string, unknown>
  networks: string[]
  expires_at: string
}

const NETWORKS_MAX = 20

function problemsOf(ctx: Ctx, input: NewKey, longestDays: number): FieldProblem[] {
  const found: FieldProblem[] = []
  const say = (field: string, message: Words, values?: Record<string, unknown>): void =>
    void found.push({ field, code: 'rule_broken', message, ...(values ? { values } : {}) })
  const held = [...ctx.actor.permissions].filter(
    (p) => input.scopes.some((s) => grants(s, p)) && keyMayHold({ sensitive: ctx.actor.guarded }, p),
  )
  if (!held.length)
    say('scopes', {
      id: 'Pilih paling sedikit satu izin yang dapat diberikan kepada kunci.',
      en: 'Choose at least one permission that a key can have.',
    })
  const bad = input.networks.find((n) => !networkFrom(n))
  if (bad !== undefined)
    say(
      'networks',
      { id: '"{bad}" bukan alamat jaringan seperti 192.168.1.0/24.', en: '"{bad}" is not a network such as 192.168.1.0/24.' },
      { bad },
    )
  if (input.networks.length > NETWORKS_MAX)
    say('networks', { id: 'Paling banyak {max} jaringan.', en: 'At most {max} networks.' }, { max: NETWORKS_MAX })
  const rules = Object.values(input.visibility)
  if (Array.isArray(input.visibility) || !rules.every((rule) => typeof rule === 'string' && rule.length <= 100))
    say('visibility', { id: 'Tulis satu nama aturan untuk tiap jenis data.', en: 'Name one rule for each kind of record.' })
  if (Array.isArray(input.attributes)) say('attributes', { id: 'Tulis sebagai objek.', en: 'Write this as an object.' })
  const days = (Date.parse(input.expires_at) - ctx.now.getTime()) / 86_400_000
  if (days <= 0) say('expires_at', { id: 'Pilih waktu yang akan datang.', en: 'Choose a time to come.' })
  // A minute's grace: "in a year" is said a moment before it is read.
  if (days > longestDays + 1 / 1_440)
    say(
      'expires_at',
      { id: 'Kunci berlaku paling lama {days} hari di sini.', en: 'Here a key lives at most {days} days.' },
      { days: longestDays },
    )
  return found
}

/** Makes a key for whoever asks; answers it, this once. Throws 403 `grants_too_much`, 422. */
export async function issueKey(
  ctx: Ctx,
  input: NewKey,
): Promise<{ id: string; name: string; prefix: string; expires_at: string; key: string }> {
  // A key hangs on the person who made it, and ends with them: neither the system nor another key can be that person.
  if (ctx.actor.userId === null || ctx.actor.key)
    throw new Refusal(403, 'person_needed', { id: 'Kunci API hanya dibuat oleh orang.', en: 'Only a person makes an API key.' })
  const problems = problemsOf(ctx, input, await ctx.setting(keyLongestDays))
  if (problems.length) throw invalid(problems)
  if (!ctx.mayGrant(input.scopes))
    throw new Refusal(403, 'grants_too_much', {
      id: 'Anda tidak dapat memberi izin yang tidak Anda miliki sendiri.',
      en: 'You cannot grant permissions that you do not hold yourself.',
    })
  const { token, prefix, hash } = newToken()
  const row = await insertRow(ctx, apiKeys, { ...input, prefix, made_by: ctx.actor.name })
  await ctx.db.query('insert into core.api_key_secrets (tenant_id, key_id, prefix, hash) values ($1, $2, $3, $4)', [
    ctx.tenant.id,
    row.id,
    prefix,
    hash,
  ])
  return { id: row.id, name: input.name, prefix, expires_at: input.expires_at, key: token }
}

const issuance: Action<NewKey> = action<NewKey>({
  resource: 'core.api_keys',
  noun: 'issuance',
  on: 'many',
  label: { id: 'Kunci baru', en: 'New key' },
  doc: {
    id: 'Membuat kunci. Kuncinya hanya ada di jawaban ini; bila diminta dua kali dengan Idempotency-Key yang sama, dua kunci dibuat.',
    en: 'Makes a key. It is in this answer and cannot be read again; asked twice under one Idempotency-Key, two keys are made.',
  },
  shownOnce: true,
  input: {
    name: text(
      { id: 'Nama', en: 'Name' },
      { min: 1, max: 100, help: { id: 'Perangkat atau program yang memakainya.', en: 'The device or program that uses it.' } },
    ),
    scopes: tags({ id: 'Izin', en: 'Permissions' }, { max: 100, pattern: '[a-z_*]+(\\.[a-z_*]+)?:[a-z_*-]+' }),
    visibility: json({ id: 'Baris yang terlihat', en: 'Rows it sees' }, { initial: {} }),
    attributes: json({ id: 'Batas kerja', en: 'Limits' }, { initial: {} }),
    networks: tags(
      { id: 'Jaringan', en: 'Networks' },
      {
        max: 60,
        initial: [],
        help: {
          id: 'Misalnya 192.168.1.0/24. Kosong berarti dari mana saja.',
          en: 'For example 192.168.1.0/24. Empty means from anywhere.',
        },
      },
    ),
    expires_at: instant({ id: 'Berlaku sampai', en: 'Valid until' }),
  },
  run: (ctx, _row, input) => issueKey(ctx, input),
})

const revocation: Action<Record<string, never>> = action<Record<string, never>>({
  resource: 'core.api_keys',
  noun: 'revocation',
  label: { id: 'Cabut', en: 'Revoke' },
  doc: { id: 'Mengakhiri kunci seketika dan untuk selamanya.', en: 'Ends a key at once and for good.' },
  grave: true,
  input: {},
  when: (row) => row['status'] === 'active',
  run: async (ctx, row) => {
    await updateRow(ctx, apiKeys, row.id, { status: 'revoked', revoked_at: ctx.now })
  },
})

export const keyActions = [issuance, revocation] as unknown as readonly Action<never>[]
