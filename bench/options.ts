// What a person may ask of the benchmark, read from the command line once.
import { parseArgs } from 'node:util'

export const SCENARIOS = ['one', 'list', 'wide', 'deep', 'search', 'create'] as const
export type Scenario = (typeof SCENARIOS)[number]
export const PARTS = [...SCENARIOS, 'small', 'import', 'embedded', 'start', 'statistics', 'letters'] as const
export type Part = (typeof PARTS)[number]

export const PEERS = ['express-drizzle', 'postgraphile', 'directus'] as const
export type Peer = (typeof PEERS)[number]

export type Options = {
  readonly url: string
  readonly scale: 'full' | 'small'
  readonly keep: boolean
  readonly parts: ReadonlySet<Part>
  readonly peers: readonly Peer[]
  readonly seconds: number
  readonly runs: number
  readonly connections: number
  /** Folder for CPU profiles of the Balai server, one per scenario; null = none. */
  readonly profile: string | null
}

const HELP = `npm run bench -- [options]

  --scale full|small     1,000,000 residents in 50 communities, or 20,000 (a smoke run). Default: full
  --keep                 use the data of the last run, and leave it afterwards
  --only a,b             of: ${PARTS.join(', ')}
  --peers a,b|none|all   of: ${PEERS.join(', ')}. Default: all (installed on demand, Directus takes minutes)
  --seconds n --runs n   length and number of the runs of each scenario. Default: 5 and 3
  --connections n        open at the same time. Default: 32
  --profile folder       write CPU profiles of the Balai server

The server: BENCH_DATABASE_URL, TEST_DATABASE_URL or postgres://postgres@127.0.0.1:5432/postgres.
Databases called balai_bench* are dropped and made anew.`

function chosen<T extends string>(text: string | undefined, known: readonly T[], fallback: readonly T[]): T[] {
  if (text === undefined) return [...fallback]
  if (text === 'all') return [...known]
  if (text === 'none') return []
  const names = text.split(',')
  const unknown = names.find((name) => !(known as readonly string[]).includes(name))
  if (unknown !== undefined) throw new Error(`"${unknown}" is not one of ${known.join(', ')}.`)
  return names as T[]
}

/** Reads the options; prints the help and ends when asked to. Throws an Error in words. */
export function readOptions(argv: readonly string[], env: Record<string, string | undefined>): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      help: { type: 'boolean', short: 'h' },
      scale: { type: 'string', default: 'full' },
      keep: { type: 'boolean', default: false },
      only: { type: 'string' },
      peers: { type: 'string' },
      seconds: { type: 'string' },
      runs: { type: 'string' },
      connections: { type: 'string', default: '32' },
      profile: { type: 'string' },
    },
  })
  if (values.help) {
    console.log(HELP)
    process.exit(0)
  }
  if (values.scale !== 'full' && values.scale !== 'small') throw new Error('--scale is full or small.')
  const small = values.scale === 'small'
  return {
    url: env['BENCH_DATABASE_URL'] || env['TEST_DATABASE_URL'] || 'postgres://postgres@127.0.0.1:5432/postgres',
    scale: values.scale,
    keep: values.keep,
    parts: new Set(chosen(values.only, PARTS, PARTS)),
    peers: chosen(values.peers, PEERS, small ? [] : PEERS),
    seconds: Number(values.seconds ?? (small ? 1 : 5)),
    runs: Number(values.runs ?? (small ? 1 : 3)),
    connections: Number(values.connections),
    profile: values.profile ?? null,
  }
}
