import { resolve } from 'node:path';
import { isOfficeId, systemClock } from '../../core/foundation/index.ts';
import type { LedgerReport } from '../../core/ledger/index.ts';
import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { describeError } from '../describe-error.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { OFFICE_BOUNDS } from '../home/office-bounds.ts';
import { verifyOfficeInRegion } from '../ledger/verify-office.ts';
import { findNatsServer } from '../supervise/nats-server.ts';
import type { SupervisionEvents } from '../supervise/supervise-process.ts';
import type { VerbInput } from '../verb.ts';
import { bringUpRegion, type RunningRegion } from './bring-up-region.ts';
import { RegionError } from './errors.ts';
import { type LiveOperation, startOperation } from './live-operation.ts';
import { DEMO_REGION } from './region-spec.ts';
import { ledgerLine, regionTables, sampleText } from './render-region.ts';
import { type SentSample, sendSamples } from './send-samples.ts';
import { tellRegion } from './tell-region.ts';
import { waitForLinks } from './wait-for-links.ts';

/** What `region up` takes. */
export interface UpOptions {
  readonly once?: true;
  readonly home: string;
  readonly portBase?: string;
}

const MIB = 1024 * 1024;
const STEP_WITHIN_MS = 60_000;
/** Often enough to be seen, and little over days. */
const NEXT_POST_MS = 20_000;
/** Enough for months of demonstration, and little of a laptop's disk. */
const DEMO_BOUNDS = {
  ...OFFICE_BOUNDS,
  ledgerBytes: 512 * MIB,
  contentBytes: 512 * MIB,
  inboundBytes: 128 * MIB,
  minFreeDiskBytes: 256 * MIB,
};

/** Brings the demonstration up, sends the samples, and stays until it is stopped; with `once` it verifies and ends. */
export async function regionUp({ options, context }: VerbInput<UpOptions>): Promise<Answer> {
  const stopped = context.untilStopped();
  const json = options.json === true;
  const say = (text: string): void => (json ? undefined : context.terminal.print(text));
  say('Starting four offices and a hub, each with a server of its own.\n');
  const region = await start(options, context, stopped);
  try {
    const state = region.state();
    say(regionTables(state, region.home));
    const wait = { withinMs: STEP_WITHIN_MS, signal: stopped };
    await waitForLinks(state, wait);
    const samples = await sendSamples(state, wait, (sample) => say(`\n${sampleText(sample)}`));
    say('');
    const operation = await startOperation(state, wait, say);
    await tellRegion(state, wait, say);
    if (options.once === true) {
      const report = await operation.end();
      say(`  It is closed, and all three signed the same report: ${report}.`);
      return await finish(region, samples, { operation: operation.id, report }, say);
    }
    if (json) context.terminal.print(JSON.stringify({ ...state, samples, operation: operation.id }));
    say(`\nThe region is up, and ${operation.id} goes on. Ctrl-C stops it.`);
    await keepGoing(operation, context, stopped);
    say('Stopping.');
    return {};
  } catch (failure) {
    // Asked to stop while it was coming up: that is what happens then.
    if (failure instanceof RegionError && failure.code === 'REGION_STOPPED') return {};
    throw failure;
  } finally {
    await region.stop();
  }
}

/** The evening goes on until it is stopped; what fails is said, and the next turn comes. */
async function keepGoing(operation: LiveOperation, context: CommandContext, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    await pauseUnless(stopped, NEXT_POST_MS);
    if (stopped.aborted) return;
    try {
      await operation.goOn();
    } catch (failure) {
      if (failure instanceof RegionError && failure.code === 'REGION_STOPPED') return;
      context.terminal.note(`blo: ${await describeError(failure)}`);
    }
  }
}

async function start(options: UpOptions, context: CommandContext, signal: AbortSignal): Promise<RunningRegion> {
  const natsServer = await findNatsServer(context.env);
  const events: SupervisionEvents = {
    started: () => undefined,
    ended: (name, end, againInMs) => {
      if (againInMs !== null)
        context.terminal.note(`blo: ${name} ended (exit code ${end.code}); started again in ${againInMs} ms`);
    },
  };
  return bringUpRegion({
    home: resolve(context.cwd, options.home),
    spec: DEMO_REGION,
    natsServer,
    env: context.env,
    bounds: DEMO_BOUNDS,
    clock: systemClock,
    events,
    signal,
    ...(options.portBase === undefined ? {} : { portBase: parsePort(options.portBase) }),
  });
}

async function finish(
  region: RunningRegion,
  samples: readonly SentSample[],
  operation: { readonly operation: string; readonly report: string },
  say: (text: string) => void,
): Promise<Answer> {
  const state = region.state();
  const reports: LedgerReport[] = [];
  for (const office of Object.keys(state.offices).filter(isOfficeId)) {
    const report = await verifyOfficeInRegion(state, office, systemClock.now());
    reports.push(report);
    say(`${reports.length === 1 ? '\n' : ''}${ledgerLine(report)}`);
  }
  const intact = reports.every((report) => report.intact);
  say(intact ? '\nAll ledgers verify. Stopping.' : '\nA ledger is broken. Stopping.');
  return {
    exitCode: intact ? ExitCode.OK : ExitCode.FAILURE,
    json: { ...state, samples, ...operation, ledgers: reports },
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 32_000) {
    throw new CliError('CLI_USAGE', { context: { 'port-base': text, allowed: '1024 to 32000' } });
  }
  return port;
}

/** So long, or until it is stopped. */
function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(ended, ms);
    signal.addEventListener('abort', ended, { once: true });
    function ended(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', ended);
      done();
    }
  });
}
