// @ts-check
import { projectRoot } from './paths.mjs';
import { prepareWithServer } from './prepare.mjs';
import { runAttached } from './run-attached.mjs';
import { runToExit } from './setup-error.mjs';

await runToExit(async () => {
  await prepareWithServer();
  return runAttached(['tests/bench/run.mjs', ...process.argv.slice(2)], projectRoot);
});
