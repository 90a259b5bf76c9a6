// Runs the benchmark from its TypeScript source: node tests/bench/run.mjs [--seconds N] [--alerts N] [--json FILE]
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), {
  logLevel: 'error',
  configFile: false,
});
process.exitCode = await module.main(process.argv.slice(2));
