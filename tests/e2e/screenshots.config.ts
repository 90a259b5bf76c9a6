import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');

/** `npm run screenshots`: a picture of every screen, for whoever looks at the console. */
export default defineConfig({
  root,
  test: {
    root,
    pool: 'forks',
    include: ['tests/e2e/screenshots.ts'],
    globalSetup: ['tests/support/nats-server-setup.ts', 'tests/support/console/console-setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
