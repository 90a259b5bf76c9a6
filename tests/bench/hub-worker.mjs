// The subscribers of the hub's benchmark, in a process of their own.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./hub-subscribers.ts', import.meta.url)), {
  logLevel: 'error',
  configFile: false,
});
// With nobody left to tell there is nothing left to do.
process.once('disconnect', () => process.exit());
process.once('message', (task) => void module.runSubscribers(task, (message) => process.send?.(message)));
process.send?.({ kind: 'here' });
