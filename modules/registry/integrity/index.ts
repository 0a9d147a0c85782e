// The checks of the register, in one list, and how they are asked: the list of rules, and what one of them finds.
import { choice, integer } from '#kernel/resource/field.ts'
import { query, type Query } from '#kernel/resource/query.ts'
import { say } from '#kernel/words.ts'
import { bookRules } from './books.ts'
import { familyRules } from './families.ts'
import { peopleRules } from './people.ts'
import { placeRules } from './places.ts'
import type { Rule } from './rule.ts'

export const RULES: readonly Rule[] = [...peopleRules, ...familyRules, ...placeRules, ...bookRules]

const checks = query<Record<string, never>>({
  name: 'registry.checks',
  label: { id: 'Pemeriksaan data', en: 'Data checks' },
  doc: 'The checks there are: key, group, weight (error: the register contradicts itself; doubt: look again), words, and what they find.',
  permission: 'registry.citizens:read',
  input: {},
  run: (ctx) =>
    Promise.resolve({
      data: RULES.map(({ key, group, weight, label, doc, resource }) => ({
        key,
        group,
        weight,
        resource,
        label: say(label, ctx.locale),
        doc: say(doc, ctx.locale),
      })),
    }),
})

const findings = query<{ rule: string; limit: number; offset: number }>({
  name: 'registry.check-findings',
  label: { id: 'Temuan pemeriksaan', en: 'Findings of a check' },
  doc: `What one check finds now, among the rows the caller sees: how many, and ids with a title and a detail to look at.
Made anew on every request; a page is cut out of it.`,
  permission: 'registry.citizens:read',
  input: {
    rule: choice({ id: 'Pemeriksaan', en: 'Check' }, Object.fromEntries(RULES.map((r) => [r.key, r.label]))),
    limit: integer({ id: 'Jumlah', en: 'Limit' }, { min: 1, max: 500, initial: 20 }),
    offset: integer({ id: 'Mulai dari', en: 'Offset' }, { min: 0, max: 50_000, initial: 0 }),
  },
  async run(ctx, { rule, limit, offset }) {
    const { key, resource, find } = RULES.find((r) => r.key === rule)!
    const all = await find(ctx)
    const next = offset + limit < all.length ? offset + limit : null
    return { rule: key, resource, count: all.length, data: all.slice(offset, offset + limit), page: { next } }
  },
})

export const integrityQueries = [checks, findings] as unknown as readonly Query<never>[]
