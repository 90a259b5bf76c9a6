#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { processContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { runProgram } from './program.ts';

/** Runs `blo` with these arguments (without node and file) to its end; never throws. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  return runProgram(argv, processContext(process));
}

const entry = process.argv[1];
if (entry !== undefined && realpathSync(entry) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
