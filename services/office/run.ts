import { durationMs, seconds } from '../core/foundation/index.ts';
import type { LogDestination } from '../core/telemetry/index.ts';
import { composeOffice } from './compose.ts';
import type { OfficeConfig } from './config.ts';
import type { OfficeSecrets } from './secrets.ts';

const FIRST_REOPENING_MS = seconds(2);
const LAST_REOPENING_MS = seconds(300);
const STEADY_AFTER_MS = seconds(600);

/** Where the office writes to. */
export interface OfficeOutputs {
  readonly logs: LogDestination;
  /** Called whenever the office has begun to answer: at its start, and when it was put together anew. */
  readonly ready: (address: string) => void;
}

/**
 * Runs the office until the signal aborts; by then everything is closed. A ledger that failed, because the disk was full
 * or the server away, is opened anew once the disk takes writes again; until then the door says what is wrong.
 *
 * @throws OfficeError, BusError, LedgerError: the reason not to start.
 */
export async function runOffice(
  config: OfficeConfig,
  secrets: OfficeSecrets,
  release: string,
  outputs: OfficeOutputs,
  signal: AbortSignal,
): Promise<void> {
  const stopped = aborted(signal);
  let reopenAfterMs = FIRST_REOPENING_MS;
  while (!signal.aborted) {
    const office = await composeOffice({ config, secrets, release, logs: outputs.logs, reopenAfterMs }, signal);
    outputs.ready(office.address);
    const started = performance.now();
    await Promise.race([stopped, office.worthReopening]);
    await office.close();
    // What fails again and again, a ledger that is full for instance, is tried less and less often.
    const lasted = performance.now() - started > STEADY_AFTER_MS + reopenAfterMs;
    reopenAfterMs = lasted ? FIRST_REOPENING_MS : durationMs(Math.min(LAST_REOPENING_MS, reopenAfterMs * 2));
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
