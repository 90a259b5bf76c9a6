import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  type BusConnection,
  checkServerSafety,
  connectBus,
  createAppendLog,
  createContentBatches,
  ensureOfficeStreams,
  type SafetyFinding,
} from '../core/bus/index.ts';
import { type Clock, type CloseStack, epochMs } from '../core/foundation/index.ts';
import {
  type ContentStore,
  type Ledger,
  type LedgerError,
  type LogStore,
  type OfficeProjection,
  officeProjection,
  openContentStore,
  openLedger,
} from '../core/ledger/index.ts';
import { inboxPrefixOf } from '../core/subjects/index.ts';
import type { Metrics } from '../core/telemetry/index.ts';
import type { OfficeConfig } from './config.ts';
import { OfficeError } from './errors.ts';
import { measuredContent, measuredLedger } from './measure-stores.ts';
import { type WriteProbe, writeProbe } from './write-probe.ts';

/** The office's own server, found safe, with ledger and content open and the projection up to date. */
export interface OfficeStores {
  readonly node: BusConnection;
  readonly log: LogStore;
  readonly ledger: Ledger;
  readonly content: ContentStore;
  readonly projection: OfficeProjection;
  readonly probe: WriteProbe;
  /** The server's unsafe settings as they are now. */
  readonly safety: () => Promise<readonly SafetyFinding[]>;
}

/** What the stores are opened with. */
export interface OpenStoresOptions {
  readonly config: OfficeConfig;
  readonly nodeSeed: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly onFailure: (failure: LedgerError) => void;
  /** Ends the connection at once when it aborts; for a start that is called off. */
  readonly signal: AbortSignal;
  readonly closers: CloseStack;
}

/** Opens the stores; they are closed with `closers`. @throws OfficeError OFFICE_SERVER_UNSAFE, OFFICE_FILE_UNREADABLE; BusError; LedgerError. */
export async function openStores({
  config,
  nodeSeed,
  clock,
  metrics,
  onFailure,
  signal,
  closers,
}: OpenStoresOptions): Promise<OfficeStores> {
  const { office, limits } = config;
  const safety = (): Promise<readonly SafetyFinding[]> => serverSafety(config);
  const findings = await safety();
  if (findings.length > 0) {
    throw new OfficeError('OFFICE_SERVER_UNSAFE', {
      context: { findings: findings.map(({ code, sentence }) => `${code}: ${sentence}`).join(' ') },
    });
  }
  const node = closers.add(
    await connectBus({
      servers: [config.server.client],
      nkeySeed: nodeSeed,
      inboxPrefix: inboxPrefixOf(office),
      name: office,
      signal,
    }),
  );
  await ensureOfficeStreams(node, {
    office,
    inboundPeers: config.neighbours.map((neighbour) => neighbour.office),
    bounds: { ledgerBytes: limits.ledgerBytes, contentBytes: limits.contentBytes, inboundBytes: limits.inboundBytes },
  });
  const batches = createContentBatches(node);
  const log = createAppendLog(node);
  const projection = officeProjection(office);
  const ledger = await openLedger({
    store: log,
    clock,
    office,
    random: randomBytes,
    onRecord: projection.apply,
    onFailure,
  });
  return {
    node,
    log,
    projection,
    safety,
    ledger: measuredLedger(closers.add(ledger), metrics),
    content: measuredContent(openContentStore({ store: batches, clock }), metrics),
    probe: writeProbe(batches, clock, randomBytes),
  };
}

async function serverSafety({ office, server }: OfficeConfig): Promise<readonly SafetyFinding[]> {
  let config: { readonly text: string; readonly changedAt: ReturnType<typeof epochMs> };
  try {
    const { mtimeMs } = await stat(server.configFile);
    config = { text: await readFile(server.configFile, 'utf8'), changedAt: epochMs(Math.floor(mtimeMs)) };
  } catch (cause) {
    throw new OfficeError('OFFICE_FILE_UNREADABLE', { cause, context: { file: server.configFile } });
  }
  return checkServerSafety({ monitorUrl: server.monitor, role: { kind: 'office', office }, config });
}
