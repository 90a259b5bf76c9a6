import { isLiaisonError } from '../core/foundation/index.ts';
import { readHubConfig, readHubFiles } from './config.ts';
import { runHub } from './run.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
try {
  const config = await readHubConfig(process.argv.slice(2));
  await runHub(config, await readHubFiles(config), process.stdout, stop.signal);
} catch (error) {
  if (!isLiaisonError(error)) throw error;
  process.stderr.write(`${JSON.stringify({ code: error.code, text: error.message, ...error.context })}\n`);
  process.exitCode = 1;
}
