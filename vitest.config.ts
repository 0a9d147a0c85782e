// How the suite runs: one template world, a clone per file, two files at a time.
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/template.ts'],
    include: ['kernel/**/*.test.ts', 'modules/**/*.test.ts', 'app/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    // Stories of the embedded database alone are told in the run on it, and would say nothing new about a server.
    exclude: [...configDefaults.exclude, ...(process.env['TEST_DATABASE_URL'] ? ['kernel/db/embedded/**', 'test/durability/**'] : [])],
    pool: 'forks',
    // A deeper stack: a too deeply nested query is then PostgreSQL's error and not the end of the embedded database.
    execArgv: ['--stack-size=3900'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
