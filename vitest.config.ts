// How the suite runs: one template world, a clone per file, two files at a time.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/template.ts'],
    include: ['kernel/**/*.test.ts', 'modules/**/*.test.ts', 'app/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
