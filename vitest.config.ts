import { defineConfig } from 'vitest/config'

const kernelTests = '**/*.kernel.test.ts'
const browserTests = '**/*.browser.test.ts'
/** A test that asserts nothing fails. */
const expectations = { requireAssertions: true }
const ignored = ['dist/**', 'node_modules/**', 'runs/**']

export default defineConfig({
  test: {
    reporters: ['./scripts/failed-tests.ts', 'default'],
    // The usual number leaves one processor of two idle.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          expect: expectations,
          exclude: [kernelTests, browserTests, ...ignored],
          testTimeout: 30_000,
          // No unit test replaces a module, so that they can share them: half the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'kernel',
          include: [kernelTests],
          expect: expectations,
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: [browserTests],
          expect: expectations,
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
