// What a cell refers to: a row of another resource, by its id or by its name.
import type { Ctx } from '#kernel/ctx.ts'
import type { Field } from '#kernel/resource/field.ts'
import { isId } from '#kernel/resource/id.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { paramsOf } from '#kernel/resource/store.ts'
import { INDEX_SUFFIX } from '#kernel/resource/to-table.ts'
import type { SheetRow } from './importer.ts'

/** The ids that a cell of a column may mean: one when it is clear. */
export type References = (column: string, text: string) => readonly string[]

/** Looks up everything the sheet refers to, one statement per column. Rows the actor may not see are not found. */
export async function resolveReferences(
  ctx: Ctx,
  fields: readonly (readonly [string, Field])[],
  resources: (name: string) => Resource | undefined,
  rows: readonly SheetRow[],
): Promise<References> {
  const known = new Map<string, ReadonlyMap<string, readonly string[]>>()
  for (const [name, f] of fields) {
    const target = f.kind === 'ref' ? resources(f.to ?? '') : undefined
    const texts = [...new Set(rows.map((row) => row.cells[name]?.trim() ?? '').filter(Boolean))]
    if (target && texts.length) known.set(name, await lookUp(ctx, target, texts))
  }
  return (column, text) => known.get(column)?.get(text.toLowerCase()) ?? []
}

async function lookUp(ctx: Ctx, target: Resource, texts: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (let start = 0; start < texts.length; start += 1_000) {
    const some = texts.slice(start, start + 1_000).map((t) => t.toLowerCase())
    const { values, param } = paramsOf(ctx.tenant.id)
    const ids = param(some.filter(isId))
    const named = nameSql(ctx, target, some, param)
    const { rows } = await ctx.db.query<{ id: string; name: string | null; blind: Buffer | null }>(
      `select t.id, ${named.name} as name, ${named.blind} as blind from ${target.table} t
       where t.tenant_id = $1 and t.deleted_at is null and ${ctx.sees(target.name, param)}
         and (t.id = any(${ids}::uuid[]) or ${named.match})`,
      values,
    )
    for (const row of rows)
      for (const text of new Set([row.id, row.name, row.blind && named.texts.get(row.blind.toString('hex'))]))
        if (text && some.includes(text)) found.set(text, [...(found.get(text) ?? []), row.id])
  }
  return found
}

type Named = { readonly name: string; readonly blind: string; readonly match: string; readonly texts: ReadonlyMap<string, string> }

/** How rows of a resource are found by what people call them: by their plain title, or by one secret that is found by its whole value. */
function nameSql(ctx: Ctx, target: Resource, texts: readonly string[], param: (value: unknown) => string): Named {
  const nothing: Named = { name: 'null::text', blind: 'null::bytea', match: 'false', texts: new Map() }
  const [first = '', ...more] = target.title
  const secret = target.fields[first]?.secret
  if (secret) {
    if (more.length || secret.find !== 'equal') return nothing
    const blinds = new Map(texts.map((text) => [ctx.seal.blind(text, `${target.name}.${first}`), text]))
    const column = `t.${first}${INDEX_SUFFIX}`
    const byHex = new Map([...blinds].map(([blind, text]) => [blind.toString('hex'), text]))
    return { ...nothing, blind: column, match: `${column} = any(${param([...blinds.keys()])}::bytea[])`, texts: byHex }
  }
  const plain = target.title.every((name) => {
    const f = target.fields[name]
    return f && !f.secret && ['text', 'choice', 'integer'].includes(f.kind)
  })
  if (!plain) return nothing
  const name = `lower(concat_ws(' ', ${target.title.map((t) => `t.${t}`).join(', ')}))`
  return { ...nothing, name, match: `${name} = any(${param(texts)}::text[])` }
}
