import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');

/** The long fault runs, which `npm test` leaves out: `npm run test:faults`. */
export default defineConfig({
  root,
  test: {
    root,
    pool: 'forks',
    maxWorkers: 1,
    include: ['tests/faults/**/*.long.ts'],
    globalSetup: ['tests/support/nats-server-setup.ts'],
    hookTimeout: 120_000,
  },
});
