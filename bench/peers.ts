// What users would pick instead, over the same rows of the same database: installed on demand, each into a folder of its own.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import { promisify } from 'node:util'
import { here, start } from './child.ts'
import type { Ask } from './load.ts'
import { look, type Taken, takeOther, takePlain } from './measure.ts'
import type { Options, Peer, Scenario } from './options.ts'
import { FIELDS, MADE, NEW_RESIDENT, type Subject } from './subject.ts'

/** The PATH without this project's own tools: Directus brings a compiled part that knows the system's Node, not yet ours. */
const OUTSIDE = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)
const nodeOutside = (): string =>
  execFileSync('node', ['-p', 'process.execPath'], { encoding: 'utf8', env: { ...process.env, PATH: OUTSIDE } }).trim()

/** Installs a peer once; a proxy or registry is whatever npm is set up to use. Throws what npm said. */
async function install(peer: Peer, tell: (text: string) => void): Promise<string> {
  const folder = here(`./peers/${peer}`)
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return folder
  tell(`${peer}: installing`)
  try {
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: folder,
      timeout: 900_000,
      env: { ...process.env, PATH: OUTSIDE },
    })
  } catch (error) {
    throw new Error(`could not be installed: ${String((error as { stderr?: string }).stderr ?? error).slice(-500)}`, { cause: error })
  }
  return folder
}

const READY: Partial<Record<Peer, string>> = { postgraphile: '/graphql', directus: '/server/ping' }

/** Measures a peer. Throws when it cannot be installed or does not answer rightly; then it is left out. */
export async function takePeer(
  peer: Peer,
  o: Options,
  subject: Subject,
  scenarios: readonly Scenario[],
  tell: (text: string) => void,
): Promise<Taken> {
  const folder = await install(peer, tell)
  const env = { BENCH_URL: subject.url, BENCH_TENANT: subject.tenantId, BENCH_FIELDS: FIELDS.join(','), GRAPHILE_ENV: 'production' }
  const ready = READY[peer] ?? `/one/${subject.ids[0]}`
  const running = await start(`${folder}/server.mjs`, env, ready, {
    cwd: folder,
    seconds: 400,
    ...(peer === 'directus' ? { node: nodeOutside() } : {}),
  })
  try {
    if (peer === 'express-drizzle') return await takePlain(o, subject, running, scenarios, peer, tell)
    const headers = {
      'content-type': 'application/json',
      ...(peer === 'directus' ? { authorization: 'Bearer bench-directus-static-token' } : {}),
    }
    const asks = (s: Scenario): Ask[] => (peer === 'directus' ? itemsAsksOf(subject, s) : graphqlAsksOf(subject, s))
    for (const s of scenarios) await look(running.base, asks(s)[0]!, headers)
    return await takeOther(o, subject, running, { name: peer, scenarios, asks, headers }, tell)
  } finally {
    await running.stop()
  }
}

/** The same fields that Balai answers, under the names that PostGraphile gives them; their numbers are left sealed. */
const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const SHOWN = ['rowId', 'version', ...FIELDS.map(camel), 'deletedAt'].join(' ')
const ALL =
  `rowId version name nik nikStatus gender birthPlace birthDate religion education schooling occupation maritalStatus bloodType rhesus
citizenship status residency familyId familyRelationship isHeadOfFamily addressId areaId hamletId currentAddress previousAddress previousFamilyNumber
fatherName fatherNik motherName motherNik phone email identityCard cardStage cardIssuedAt cardIssuedOn cardTag birthCertificate marriageCertificate
marriedOn divorceCertificate divorcedOn passportNumber passportExpiresOn stayPermitNumber countryOfOrigin birthTime birthplaceKind birthKind birthOrder
birthAttendant birthWeightG birthLengthCm disability chronicIllness contraception pregnancy insurance insuranceNumber labourInsuranceNumber ethnicity
literacy notes createdAt updatedAt deletedAt`.replaceAll(/\s+/g, ' ')

/** Directus' own REST: one resident, the first page by name, a new resident. */
function itemsAsksOf(s: Subject, scenario: Scenario): Ask[] {
  if (scenario === 'one') return s.ids.map((id) => ({ method: 'GET', path: `/items/residents/${id}` }))
  if (scenario === 'create') {
    const resident = { ...(JSON.parse(NEW_RESIDENT) as object), tenant_id: s.tenantId, id: '00000000-0000-7000-8000-@' }
    return [{ method: 'POST', path: '/items/residents', body: JSON.stringify(resident) }]
  }
  const fields = scenario === 'wide' ? '*' : ['id', 'version', ...FIELDS, 'deleted_at'].join(',')
  return [{ method: 'GET', path: `/items/residents?limit=25&sort=name,id&fields=${fields}&filter[deleted_at][_null]=true` }]
}

function graphqlAsksOf(s: Subject, scenario: Scenario): Ask[] {
  const ask = (query: string, variables: object): Ask => ({ method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) })
  const t = s.tenantId
  if (scenario === 'one')
    return s.ids.map((i) =>
      ask(`query One($t: UUID!, $i: UUID!) { citizenByTenantIdAndRowId(tenantId: $t, rowId: $i) { ${ALL} } }`, { t, i }),
    )
  if (scenario === 'create') {
    const citizen = {
      tenantId: t,
      rowId: '00000000-0000-7000-8000-@',
      name: `${MADE} @`,
      gender: 'L',
      birthPlace: 'Garut',
      birthDate: '1990-05-17',
      religion: 'ISLAM',
      education: 'SMA',
      occupation: 'WIRASWASTA',
      maritalStatus: 'KAWIN',
    }
    return [ask(`mutation Make($c: CitizenInput!) { createCitizen(input: { citizen: $c }) { citizen { ${ALL} } } }`, { c: citizen })]
  }
  const fields = scenario === 'wide' ? ALL : SHOWN
  return [
    ask(
      `query List($t: UUID!) { allCitizens(first: 25, orderBy: [NAME_SORT_ASC], condition: { tenantId: $t }) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      { t },
    ),
  ]
}
