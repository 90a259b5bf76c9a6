#!/usr/bin/env node
// @ts-check
import { launchBlo } from './launch.mjs';
import { runToExit } from './setup-error.mjs';

await runToExit(() => launchBlo(process.argv.slice(2)));
