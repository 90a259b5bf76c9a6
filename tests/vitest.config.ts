import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '..');
const second = 1_000;

/**
 * One suite is one folder of tests/. Suites that start servers share the machine and run after the pure ones; the one
 * that looks closest at single connections runs one file at a time. What mostly waits runs two by two. The pure ones keep
 * no state in modules, so their files share what they load.
 */
function suite(name: string, groupOrder: number, maxWorkers: number, testTimeout: number) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      testTimeout,
      hookTimeout: testTimeout,
      maxWorkers,
      sequence: { groupOrder },
      isolate: name !== 'unit',
    },
  };
}

/** The suites that `npm test` runs, in the order in which they run. */
export default defineConfig({
  root,
  test: {
    root,
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['tests/support/nats-server-setup.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      suite('unit', 0, 2, 20 * second),
      suite('architecture', 0, 2, 120 * second),
      suite('integration', 1, 2, 60 * second),
      suite('federation', 2, 1, 180 * second),
      suite('e2e', 3, 2, 240 * second),
      suite('faults', 4, 2, 600 * second),
    ],
  },
});
