// Lets search use its indexes under row security: PostgreSQL does so only for functions marked LEAKPROOF.
import type pg from 'pg'

/**
 * Functions behind `ilike`, array containment and distance. They tell nothing about other rows by result, and by error only
 * about the pattern given (docs/decisions/0004-leakproof-search.md). Marking needs a superuser.
 */
export const LEAKPROOF_FUNCTIONS = [
  'pg_catalog.texticlike(text, text)',
  'pg_catalog.arraycontains(anyarray, anyarray)',
  'public.st_dwithin(geography, geography, double precision, boolean)',
  'public.geography_overlaps(geography, geography)',
] as const

export type SearchReadiness = { readonly marked: readonly string[]; readonly missing: readonly string[] }

/** Which of the functions are marked; run at start, and again by `balai doctor`. */
export async function checkSearch(owner: pg.Pool): Promise<SearchReadiness> {
  const marked: string[] = []
  const missing: string[] = []
  for (const name of LEAKPROOF_FUNCTIONS) {
    const { rows } = await owner.query<{ proleakproof: boolean }>('select proleakproof from pg_proc where oid = to_regprocedure($1)', [
      name,
    ])
    ;(rows[0]?.proleakproof ? marked : missing).push(name)
  }
  return { marked, missing }
}

/** Marks what is not marked yet, where the owner may. Answers what is in force. */
export async function prepareSearch(owner: pg.Pool): Promise<SearchReadiness> {
  const before = await checkSearch(owner)
  if (!before.missing.length) return before
  const { rows } = await owner.query<{ super: boolean }>('select rolsuper as super from pg_roles where rolname = current_user')
  if (!rows[0]?.super) return before
  for (const name of before.missing) await owner.query(`alter function ${name} leakproof`)
  return checkSearch(owner)
}
