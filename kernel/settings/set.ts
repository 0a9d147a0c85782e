// Writing declared settings: one row per setting, whose id follows from its name, so that setting it again goes on with the same history.
import { createHash } from 'node:crypto'
import type { Ctx } from '#kernel/ctx.ts'
import { invalid, Refusal } from '#kernel/http/refusal.ts'
import { checkInput } from '#kernel/resource/to-schema.ts'
import { defaultOf, type SettingFact } from './fact.ts'
import { SEALED_AS } from './setting-of.ts'
import { dataTypeOf, toText } from './text-form.ts'

/** The id of a declared setting's row in every community: a version 8 UUID (RFC 9562 §5.8) made of its name. */
export function settingId(name: string): string {
  const bytes = createHash('sha256').update(`core.settings ${name}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const stale = (version: number): Refusal =>
  new Refusal(
    412,
    'version_stale',
    {
      id: 'Pengaturan ini sudah diubah orang lain sejak Anda membukanya. Muat ulang dulu.',
      en: 'Somebody changed this setting since you opened it. Reload first.',
    },
    [],
    { more: { version } },
  )

/**
 * Sets a declared setting. `version` is what the caller read, 0 when nothing had ever been set. The default is not stored: setting it
 * is a reset. Throws 422 when the field refuses the value, 412 `version_stale` when somebody was faster. Answers the new version.
 */
export async function setSetting(ctx: Ctx, fact: SettingFact, input: unknown, version: number): Promise<number> {
  const { field, name } = fact
  const { values, problems } = checkInput({ value: { ...field, initial: undefined } }, input, 'create', ctx.today)
  if (problems.length) throw invalid(problems)
  const value = values['value'] ?? null
  const wrong = fact.check?.(value)
  if (wrong) throw invalid([{ field: 'value', code: 'rule_broken', message: wrong }])
  if (!field.secret && JSON.stringify(value) === JSON.stringify(defaultOf(field))) return resetSetting(ctx, fact, version)
  const [module = '', key = ''] = name.split('.')
  const text = toText(field, value)
  const sealed = field.secret && text !== null ? ctx.seal.seal(text, SEALED_AS) : null
  const { rows } = await ctx.db.query<{ version: number }>(
    `insert into core.settings as t (tenant_id, id, module, key, data_type, category, is_public, is_required, value, secret_value, created_by, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
     on conflict (tenant_id, id) do update set data_type = excluded.data_type, category = excluded.category, is_public = excluded.is_public,
       is_required = excluded.is_required, value = excluded.value, secret_value = excluded.secret_value, deleted_at = null, deleted_by = null
     where t.version = $12
     returning t.version`,
    [
      ctx.tenant.id,
      settingId(name),
      module,
      key,
      dataTypeOf(field),
      fact.category,
      fact.public ?? false,
      field.required,
      field.secret ? null : text,
      sealed,
      ctx.actor.userId,
      version,
    ],
  )
  if (!rows[0]) throw stale(await versionOf(ctx, name))
  return rows[0].version
}

/** Back to the default. The row stays, emptied and marked deleted, so that its history goes on. Answers the new version, 0 when there was no row. */
export async function resetSetting(ctx: Ctx, { name }: SettingFact, version: number): Promise<number> {
  const { rows } = await ctx.db.query<{ version: number }>(
    `update core.settings set value = null, secret_value = null, deleted_at = now(), deleted_by = $4
      where tenant_id = $1 and id = $2 and version = $3 and deleted_at is null returning version`,
    [ctx.tenant.id, settingId(name), version, ctx.actor.userId],
  )
  if (rows[0]) return rows[0].version
  const now = await versionOf(ctx, name)
  // It is the default already; only a version that is not the present one is refused.
  if (now !== version) throw stale(now)
  return now
}

async function versionOf(ctx: Ctx, name: string): Promise<number> {
  const { rows } = await ctx.db.query<{ version: number }>('select version from core.settings where tenant_id = $1 and id = $2', [
    ctx.tenant.id,
    settingId(name),
  ])
  return rows[0]?.version ?? 0
}
