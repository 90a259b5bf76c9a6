import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');
const second = 1_000;

/**
 * One suite is one folder of tests/. Suites that start servers share the machine and run after the pure ones, two files at
 * a time; what mostly waits for processes to come back runs three by three. Suites of one group run together, so that
 * nobody waits for the last file of a suite.
 */
function suite(name: string, groupOrder: number, maxWorkers: number, testTimeout: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      exclude: ['tests/e2e/console/**'],
      testTimeout,
      hookTimeout: testTimeout,
      maxWorkers,
      sequence: { groupOrder },
    },
  };
}

/** The console in Chromium: its files share one region, and look at it one after the other. */
const consoleSuite = {
  extends: true as const,
  test: {
    name: 'console',
    include: ['tests/e2e/console/**/*.test.ts'],
    globalSetup: ['tests/support/console/console-setup.ts'],
    testTimeout: 120 * second,
    hookTimeout: 120 * second,
    maxWorkers: 1,
    sequence: { groupOrder: 5 },
  },
};

/** The suites that `npm test` runs, in the order in which they run. */
export default defineConfig({
  root,
  test: {
    root,
    pool: 'forks',
    maxWorkers: 3,
    // No file leaves anything behind in a module, so all share what a worker has loaded.
    isolate: false,
    globalSetup: ['tests/support/nats-server-setup.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      suite('unit', 0, 2, 20 * second),
      suite('architecture', 0, 2, 120 * second),
      suite('integration', 1, 2, 60 * second),
      suite('federation', 1, 2, 180 * second),
      suite('e2e', 3, 3, 240 * second),
      consoleSuite,
      suite('faults', 3, 3, 600 * second),
    ],
  },
});
