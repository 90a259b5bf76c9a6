// @ts-check
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { prepareWithServer } from './prepare.mjs';
import { runAttached } from './run-attached.mjs';
import { runToExit } from './setup-error.mjs';

await runToExit(async () => {
  await prepareWithServer();
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  return runAttached([vitest, 'run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)], projectRoot);
});
