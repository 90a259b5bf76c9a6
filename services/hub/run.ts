import type { LogDestination } from '../core/telemetry/index.ts';
import { composeHub } from './compose.ts';
import type { HubConfig, HubFiles } from './config.ts';
import { HubError } from './errors.ts';

/** Runs the hub until the signal aborts; by then everything is closed. @throws HubError, BusError when it cannot start, or when its log is in doubt. */
export async function runHub(
  config: HubConfig,
  files: HubFiles,
  destination: LogDestination,
  signal: AbortSignal,
): Promise<void> {
  const hub = await composeHub(config, files, destination, signal);
  try {
    const address = await hub.door
      .listen({ host: config.http.host, port: config.http.port })
      .catch((cause: unknown) => {
        throw new HubError('HUB_LISTEN_FAILED', { cause, context: { port: config.http.port } });
      });
    hub.logger.info({ address }, 'hub is up');
    await Promise.race([aborted(signal), hub.failed]);
    hub.logger.info({}, 'hub is stopping');
  } finally {
    await hub.parts.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
