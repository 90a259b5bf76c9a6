// @ts-check
// The long fault run: npm run test:faults -- [--seed N] [--minutes M]. It draws everything from the seed, which it prints.
import { parseArgs } from 'node:util';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { prepareWithServer } from '../../deploy/bootstrap/prepare.mjs';
import { runAttached } from '../../deploy/bootstrap/run-attached.mjs';
import { runToExit } from '../../deploy/bootstrap/setup-error.mjs';

const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string' } } });
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
const minutes = values.minutes ?? '10';
if (!/^\d{1,10}$/.test(seed) || !/^\d{1,4}$/.test(minutes)) {
  console.error('usage: npm run test:faults -- [--seed N] [--minutes M]');
  process.exit(2);
}

await runToExit(async () => {
  await prepareWithServer();
  process.env['LIAISON_FAULT_SEED'] = seed;
  process.env['LIAISON_FAULT_MINUTES'] = minutes;
  console.log(
    `faults for ${minutes} minutes, seed ${seed}; again: npm run test:faults -- --seed ${seed} --minutes ${minutes}`,
  );
  return runAttached(
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/faults/long.vitest.config.ts'],
    projectRoot,
  );
});
