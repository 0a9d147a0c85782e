// The rules of the code, kept by every file; and each rule shown to bite.
import { describe, expect, test } from 'vitest'
import { MODULES } from '#app/modules.ts'
import { modelOf } from '#kernel/resource/model.ts'
import { explain } from '#kernel/db/explain.ts'
import { library } from '../library/index.ts'
import * as rules from './rules-of-code.ts'
import { wordsInBoth } from './rules-of-words.ts'
import { readRoot, sources } from './sources.ts'

const files = sources()
const model = modelOf([...MODULES, library])
const tenantTables = [...model.resources.values()]
  .map((r) => r.table)
  .concat(
    'core.jobs',
    'core.imports',
    'core.import_verdicts',
    'core.events',
    'core.audit_logs',
    'core.security_events',
    'core.audit_seals',
    'core.idempotency_keys',
    'core.tenant_keys',
    'core.member_pins',
  )
const file = (path: string, text: string) => ({ path, text })

describe('the repository keeps every rule', () => {
  test.each([
    ['imports point one way', () => rules.importsOneWay(files)],
    ['a file opens with a comment', () => rules.opensWithComment(files)],
    ['a file is not too long', () => rules.notTooLong(files)],
    ['nothing is left open', () => rules.nothingLeftOpen(files)],
    ['the server speaks through its log', () => rules.logsOnlyByLog(files)],
    ['no path of one machine', () => rules.noMachinePaths(files)],
    ['names say what things do', () => rules.plainNames(files)],
    ['every statement says whose rows', () => rules.statementsSayTenant(files, tenantTables)],
    ['every package is explained', () => rules.dependenciesExplained(readRoot('package.json'), readRoot('docs/dependencies.md'))],
    ['every phrase is in both languages', () => MODULES.flatMap((m) => wordsInBoth(m, m.name))],
  ] as const)('%s', (_name, rule) => expect(rule()).toEqual([]))

  test('there is something to look at', () => {
    expect(files.length).toBeGreaterThan(200)
    expect(tenantTables.length).toBeGreaterThan(12)
  })

  test('every rule of a declaration has its own name, and words when it is broken', () => {
    const named = [...model.resources.values()].flatMap((r) => [...(r.unique ?? []), ...(r.checks ?? []), ...(r.rules ?? [])])
    expect(new Set(named.map((n) => n.name)).size).toBe(named.length)
    for (const { name } of named) {
      const refusal = explain(Object.assign(new Error('x'), { code: '23514', constraint: name }), model)
      expect(refusal?.words.id, name).toMatch(/\S/)
    }
  })
})

describe('every rule bites', () => {
  test('imports point one way', () => {
    const uses = file('modules/letters/index.ts', `export const letters = { uses: ['registry'] }`)
    const wrong = [
      file('kernel/a.ts', `import { x } from '#modules/registry/index.ts'`),
      file('kernel/b.ts', `import type { x } from '../app/api.ts'`),
      file('kernel/c.ts', `const x = await import('#app/api.ts')`),
      file('kernel/d.ts', `export * from '#test/world.ts'`),
      file('modules/letters/a.ts', `import { x } from '#modules/registry/policy.ts'`),
      file('modules/letters/b.ts', `import { x } from '../finance/index.ts'`),
      file('modules/letters/c.ts', `import {\n  x,\n} from '#web/parts/Icon.tsx'`),
      file('modules/letters/screens/d.tsx', `import { x } from '#kernel/db/open.ts'`),
      file('web/a.tsx', `import { x } from '#kernel/http/refusal.ts'`),
      file('web/b.tsx', `import { registry } from '#modules/registry/index.ts'`),
      file('web/c.tsx', `import { x } from '#app/version.ts'`),
      file('app/a.ts', `import '#web/main.tsx'`),
    ]
    for (const bad of wrong) expect(rules.importsOneWay([uses, bad]).length, bad.path).toBe(1)
    const right = [
      uses,
      file('modules/letters/a.ts', `import { x } from '#modules/registry/index.ts'\nimport { y } from './b.ts'\nimport z from 'zod'`),
      file('app/a.ts', `import { x } from '#modules/registry/index.ts'\nimport { y } from '#kernel/words.ts'`),
      file('web/a.tsx', `import { say } from '#kernel/words.ts'\nimport type { House } from '#kernel/house.ts'`),
      file('kernel/a.test.ts', `import { openWorld } from '#test/world.ts'`),
    ]
    expect(rules.importsOneWay(right)).toEqual([])
  })

  test('a file opens with a comment', () => {
    const wrong = [
      file('kernel/a.ts', `import x from 'y'\n// Why.`),
      file('db/a.sql', 'create table x ();'),
      file('bin/a.mjs', '#!/usr/bin/env node\nrun()'),
      file('web/a.css', 'a {}'),
      file('app/a.ts', '//\n'),
    ]
    expect(rules.opensWithComment(wrong).length).toBe(wrong.length)
    expect(
      rules.opensWithComment([
        file('kernel/a.ts', '// Why it is.\n'),
        file('bin/a.mjs', '#!/usr/bin/env node\n// Why.\n'),
        file('db/a.sql', '-- Why.\n'),
        file('README.md', 'x'),
      ]),
    ).toEqual([])
  })

  test('a file is not too long', () => {
    expect(rules.notTooLong([file('kernel/a.ts', 'x\n'.repeat(301)), file('kernel/a.test.ts', 'x\n'.repeat(401))]).length).toBe(2)
    expect(rules.notTooLong([file('kernel/a.ts', 'x\n'.repeat(300)), file('db/migrations/1.sql', 'x\n'.repeat(900))])).toEqual([])
  })

  test('nothing is left open', () => {
    expect(
      rules.nothingLeftOpen([file('kernel/a.ts', `// ${'TO' + 'DO'} later`), file('kernel/a.test.ts', `${'test'}.only('x', () => {})`)]),
    ).toEqual(['kernel/a.ts:1: finish it or open an issue', 'kernel/a.test.ts:1: the other tests would not run'])
  })

  test('the server speaks through its log', () => {
    expect(
      rules.logsOnlyByLog([
        file('kernel/a.ts', '\nconsole.log(citizen)'),
        file('modules/x/b.ts', 'console.error(e)'),
        file('app/cli.ts', 'console.log(1)'),
        file('kernel/a.test.ts', 'console.log(1)'),
      ]).length,
    ).toBe(2)
  })

  test('no path of one machine', () => {
    const at = (...parts: string[]): string => ['', ...parts].join('/')
    expect(
      rules.noMachinePaths([
        file('docs/a.md', `see ${at('work', 'main')}`),
        file('kernel/a.ts', `'${at('tmp', 'x')}'`),
        file('bin/a.mjs', `"${at('home', 'budi', 'balai')}"`),
      ]).length,
    ).toBe(3)
    expect(rules.noMachinePaths([file('docs/a.md', `https://balai.example/home/x and app${at('home', 'x')} and ./tmp/x`)])).toEqual([])
  })

  test('names say what things do', () => {
    expect(
      rules.plainNames([
        file('kernel/utils.ts', ''),
        file('web/date-helpers.ts', ''),
        file('kernel/UserManager.ts', ''),
        file('kernel/words.ts', ''),
      ]).length,
    ).toBe(3)
  })

  test('every statement says whose rows', () => {
    const wrong = [
      'db.query(`select * from core.roles where id = ${x}`)',
      `db.query('update core.roles set name = $2 where id = $1')`,
      'db.query(`delete from core.roles`)',
      'db.query(`select 1 from core.tenants t join core.roles r on r.id = t.id`)',
      'q(`insert into core.roles (id) values ($1)`)',
    ]
    for (const text of wrong) expect(rules.statementsSayTenant([file('kernel/a.ts', text)], ['core.roles']).length, text).toBe(1)
    const right = [
      'db.query(`select * from core.roles where tenant_id = $1 and id = ${x}`)',
      'q(`insert into core.roles (tenant_id, id) values ($1, $2)`)',
      'q(`select from core.tenants`)',
      'q(`select x from core.roles own where own.tenant_id = ${place}`)',
      `// from core.roles`,
    ]
    for (const text of right) expect(rules.statementsSayTenant([file('kernel/a.ts', text)], ['core.roles']), text).toEqual([])
  })

  test('every package is explained', () => {
    expect(
      rules.dependenciesExplained(
        '{"dependencies":{"pg":"1"},"devDependencies":{"vite":"1"}}',
        '- **pg**: Speaks to PostgreSQL, all of them.\n- **left-pad**: Pads on the left side of texts.\n',
      ),
    ).toEqual(['docs/dependencies.md does not say why vite is there', 'docs/dependencies.md explains left-pad, which is gone'])
  })

  test('every phrase is in both languages', () => {
    const wrong = {
      a: { id: 'Nama', en: '' },
      b: { id: 'Nama ', en: 'Name' },
      c: { id: '{n} baris', en: 'Rows' },
      d: { en: 'Only English' },
    }
    expect(wordsInBoth(wrong, 'x').length).toBe(4)
    expect(wordsInBoth({ label: { id: 'Nama {n}', en: 'Name {n}' }, row: { id: '0190', name: 'x' } }, 'x')).toEqual([])
  })
})
