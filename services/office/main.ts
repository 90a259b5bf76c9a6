import { isLiaisonError } from '../core/foundation/index.ts';
import { readOfficeSecrets } from './secrets.ts';
import { readStartUp } from './start-up.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
try {
  const { config, exitWithParent, release } = await readStartUp(process.argv.slice(2));
  if (exitWithParent) process.stdin.on('end', () => stop.abort()).resume();
  const ready = (http: string) => process.stdout.write(`${JSON.stringify({ ready: true, http })}\n`);
  // Loaded only now: what is wrong with the configuration is told at once.
  const { runOffice } = await import('./run.ts');
  await runOffice(config, await readOfficeSecrets(config), release, { logs: process.stderr, ready }, stop.signal);
  process.stdin.destroy();
} catch (error) {
  if (!isLiaisonError(error)) throw error;
  process.stderr.write(`${JSON.stringify({ code: error.code, text: error.message, ...error.context })}\n`);
  process.exitCode = 1;
  process.stdin.destroy();
}
