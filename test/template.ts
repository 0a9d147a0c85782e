// Makes the world once per run, as a template: on the embedded database a folder, on a server a database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openHouse } from '#app/open-house.ts'
import { addMember } from '#kernel/access/add-member.ts'
import { createTenant } from '#kernel/tenancy/tenants.ts'
import { PASSWORD, PEOPLE, PLACES, type Place } from './places.ts'
import { MIGRATIONS, TEST_MODULES, testSettings } from './world.ts'

export type Template = { kind: 'embedded'; dataDir: string } | { kind: 'server'; url: string; database: string }

declare module 'vitest' {
  export interface ProvidedContext {
    template: Template
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL']
  const dataDir = mkdtempSync(join(tmpdir(), 'balai-template-'))
  const database = `balai_template_${process.pid}`
  const admin = url ? new pg.Client({ connectionString: url }) : null
  await admin?.connect()
  await admin?.query(`create database ${database}`)
  const target = url ? Object.assign(new URL(url), { pathname: `/${database}` }).href : undefined
  const house = await openHouse(testSettings(dataDir, target), {
    modules: TEST_MODULES,
    migrations: MIGRATIONS,
    quiet: true,
    durable: false,
  })
  const modules = TEST_MODULES.map((m) => m.name).filter((name) => name !== 'core')
  for (const place of Object.values(PLACES)) await createTenant(house, { ...place, modules })
  for (const [username, person] of Object.entries(PEOPLE)) {
    const user = await house.identity.createUser({ name: person.name, username, password: PASSWORD, locale: 'id' })
    for (const [place, role] of Object.entries(person.in)) await addMember(house, place as Place, user, role)
  }
  await house.close()
  project.provide('template', target && url ? { kind: 'server', url, database } : { kind: 'embedded', dataDir })
  return async () => {
    await admin?.query(`drop database if exists ${database} with (force)`)
    await admin?.end()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
