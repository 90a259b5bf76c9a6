import type { LogDestination } from '../core/telemetry/index.ts';
import { composeOffice } from './compose.ts';
import type { OfficeConfig } from './config.ts';
import type { OfficeSecrets } from './secrets.ts';

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
  while (!signal.aborted) {
    const office = await composeOffice({ config, secrets, release, logs: outputs.logs }, signal);
    outputs.ready(office.address);
    await Promise.race([stopped, office.worthReopening]);
    await office.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
