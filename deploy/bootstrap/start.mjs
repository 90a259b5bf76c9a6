// @ts-check
import { launchBlo } from './launch.mjs';
import { runToExit } from './setup-error.mjs';

await runToExit(() => launchBlo(['region', 'up', ...process.argv.slice(2)]));
