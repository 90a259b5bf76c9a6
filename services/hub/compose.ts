import type { FastifyInstance } from 'fastify';
import { checkServerSafety, connectBus } from '../core/bus/index.ts';
import { type CloseStack, closeStack, systemClock } from '../core/foundation/index.ts';
import { inboxPrefixOf } from '../core/subjects/index.ts';
import {
  createLoggers,
  createMetrics,
  createMetricsRegistry,
  type LogDestination,
  type Logger,
} from '../core/telemetry/index.ts';
import type { HubConfig, HubFiles } from './config.ts';
import { HubError } from './errors.ts';
import { buildHubDoor } from './http.ts';
import { followLinks } from './links.ts';
import { openRegion } from './region.ts';

/** The hub's parts, put together and running, but for its door, which does not listen yet. */
export interface Hub {
  readonly door: FastifyInstance;
  readonly logger: Logger;
  readonly parts: CloseStack;
  /** Rejects when the hub can no longer vouch for its log; never resolves. */
  readonly failed: Promise<never>;
}

/** Puts the hub together over a server that was found safe. @throws HubError HUB_SERVER_UNSAFE; BusError. */
export async function composeHub(
  config: HubConfig,
  files: HubFiles,
  destination: LogDestination,
  signal: AbortSignal,
): Promise<Hub> {
  const loggers = createLoggers({ destination, level: config.logLevel, clock: systemClock, office: config.hub });
  const logger = loggers('hub');
  const monitorUrl = config.server.monitor;
  const findings = await checkServerSafety({
    monitorUrl,
    role: { kind: 'hub', hub: config.hub },
    config: files.serverConfig,
  });
  if (findings.length > 0) {
    const sentences = findings.map((finding) => `${finding.code}: ${finding.sentence}`).join(' ');
    throw new HubError('HUB_SERVER_UNSAFE', { context: { findings: sentences } });
  }
  const parts = closeStack();
  const closing = new AbortController();
  const connection = parts.add(
    await connectBus({
      servers: [config.server.client],
      nkeySeed: files.nodeKey,
      inboxPrefix: inboxPrefixOf(config.hub),
      name: config.hub,
      signal,
    }),
  );
  const metrics = createMetrics({ registry: createMetricsRegistry(), peers: config.offices, ofProcess: true });
  const links = followLinks({
    offices: config.offices,
    clock: systemClock,
    monitorUrl,
    onChange: (office, up) => {
      metrics.linkChange(office, up);
      logger.info({ peer: office, up }, 'link changed');
    },
    signal: AbortSignal.any([signal, closing.signal]),
  });
  parts.defer(() => links.ended);
  // Comes before it: whoever closes the parts has no other way to end the looking.
  parts.defer(() => closing.abort());
  let onFatal: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    onFatal = reject;
  });
  failed.catch(() => undefined);
  try {
    const region = await openRegion({
      config,
      signingKey: files.signingKey,
      connection,
      clock: systemClock,
      logger: loggers('region'),
      parts,
      onFatal,
    });
    const door = buildHubDoor({
      hub: config.hub,
      links,
      region,
      clock: systemClock,
      isConnected: () => connection.state() === 'connected',
      metrics,
    });
    parts.defer(() => door.close());
    return { door, logger, parts, failed };
  } catch (error) {
    await parts.close();
    throw error;
  }
}
