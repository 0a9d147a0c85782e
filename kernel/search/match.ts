// How people find things: a part of a plain field by trigrams, a whole secret by its blind index. Matches first, order after.
import type { Param } from '#kernel/access/policy.ts'
import type { Resource } from '#kernel/resource/resource.ts'
import { INDEX_SUFFIX } from '#kernel/resource/to-table.ts'
import type { Seal } from '#kernel/secrets/seal.ts'

/** More matches than this and a person should type more: the list says so. */
export const MATCHES_MAX = 1_000

/** `%`, `_` and `\` in what a person typed are themselves. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/**
 * Statements that each find ids by one index, to be joined by `union`; `where` is the tenant, visibility and filters,
 * `also` what else to take from the row (`, t.name as key_0`), so that nobody has to visit a match twice.
 * Fewer than three letters have no trigram in the middle of a word: then only beginnings are found.
 */
export function matchesOf(seal: Seal, r: Resource, typed: string, where: string, param: Param, also = ''): string[] {
  const found: string[] = []
  const escaped = escapeLike(typed)
  for (const name of r.search ?? []) {
    const pattern = [...typed].length < 3 ? `${escaped}%` : `%${escaped}%`
    found.push(`(select t.id${also} from ${r.table} t where ${where} and t.${name} ilike ${param(pattern)} limit ${MATCHES_MAX})`)
  }
  for (const [name, f] of Object.entries(r.fields)) {
    const full = `${r.name}.${name}`
    if (f.secret?.find === 'equal' && typed.length >= 4)
      found.push(`(select t.id${also} from ${r.table} t where ${where} and t.${name}${INDEX_SUFFIX} = ${param(seal.blind(typed, full))})`)
    if (f.secret?.find === 'words' && seal.blindWords(typed, full).length)
      found.push(
        `(select t.id${also} from ${r.table} t where ${where} and t.${name}${INDEX_SUFFIX} @> ${param(seal.blindWords(typed, full))} limit ${MATCHES_MAX})`,
      )
  }
  for (const { resource, by, field, where: among } of r.searchIn ?? []) {
    const words = seal.blindWords(typed, `${resource}.${field}`)
    if (words.length)
      found.push(
        `(select t.id${also} from ${r.table} t where ${where} and t.id in (select ${by} from ${resource} where tenant_id = $1 and deleted_at is null and ${among} and ${field}${INDEX_SUFFIX} @> ${param(words)}) limit ${MATCHES_MAX})`,
      )
  }
  return found
}
