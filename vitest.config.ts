// How the suite runs: one template world, a clone per file, two files at a time.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/template.ts'],
    include: ['kernel/**/*.test.ts', 'modules/**/*.test.ts', 'app/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    pool: 'forks',
    // A deeper stack: a too deeply nested query is then PostgreSQL's error and not the end of the embedded database.
    execArgv: ['--stack-size=3900'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
