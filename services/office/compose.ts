import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type BusError, watchLinks } from '../core/bus/index.ts';
import {
  type CloseStack,
  closeStack,
  type DurationMs,
  isLiaisonError,
  type OfficeId,
  systemClock,
} from '../core/foundation/index.ts';
import { createRelay } from '../core/relay/index.ts';
import { linkAccountOf } from '../core/subjects/index.ts';
import {
  createBusinessEvents,
  createEventFeed,
  createLoggers,
  createMetrics,
  createMetricsRegistry,
  type LogDestination,
} from '../core/telemetry/index.ts';
import { createTrustStore } from '../core/trust/index.ts';
import { awaitReopening } from './await-reopening.ts';
import type { OfficeConfig } from './config.ts';
import { bundleKeeper } from './documents/bundle-keeper.ts';
import { documentFiles } from './documents/document-files.ts';
import type { DocumentLedger } from './documents/document-record.ts';
import { assertOwnStanding } from './documents/own-standing.ts';
import { receiveDocument } from './documents/receive-document.ts';
import { trustKeeper } from './documents/trust-keeper.ts';
import { endRetentionRegularly } from './end-retention.ts';
import type { HttpServer } from './http/create-http-server.ts';
import { openDoor } from './open-door.ts';
import { linksTo, openLinks } from './open-links.ts';
import { openPeople } from './open-people.ts';
import { type OfficeStores, openStores } from './open-stores.ts';
import { poll } from './poll.ts';
import { relayTelemetry } from './relay-telemetry.ts';
import { scrubRegularly } from './scrub-content.ts';
import type { OfficeSecrets } from './secrets.ts';
import { stateSource } from './state-source.ts';
import { tokensKeeper } from './tokens-keeper.ts';

/** An office that runs, until it is closed. */
export interface RunningOffice {
  /** Where it listens: `http://127.0.0.1:8101`. */
  readonly address: string;
  /** Resolves when the ledger failed and the disk takes writes again, so that the office may be put together anew. */
  readonly worthReopening: Promise<void>;
  readonly close: () => Promise<void>;
}

/** What an office is put together from. */
export interface OfficeInput {
  readonly config: OfficeConfig;
  readonly secrets: OfficeSecrets;
  readonly release: string;
  readonly logs: LogDestination;
  /** How long a ledger that failed is left alone before it is tried again. */
  readonly reopenAfterMs: DurationMs;
}

const WATCH_EVERY_MS = 1000;
/** Beside this process's own folder, where the build puts it. */
const CONSOLE_FOLDER = fileURLToPath(new URL('../console/', import.meta.url));
const clock = systemClock;

/**
 * Puts an office together over its server and starts it: server found safe, streams there, ledger replayed, documents
 * in force, relay running, door open. Whatever was begun is ended when it rejects; `signal` calls the start off.
 *
 * @throws OfficeError, BusError, LedgerError, PolicyError: the reason not to start.
 */
export async function composeOffice(input: OfficeInput, signal: AbortSignal): Promise<RunningOffice> {
  const closers = closeStack();
  const starting = new AbortController();
  const callOff = (): void => starting.abort();
  signal.addEventListener('abort', callOff, { once: true });
  try {
    if (signal.aborted) callOff();
    return await compose(input, closers, starting.signal);
  } catch (error) {
    await closers.close().catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', callOff);
  }
}

async function compose(
  { config, secrets, release, logs, reopenAfterMs }: OfficeInput,
  closers: CloseStack,
  starting: AbortSignal,
): Promise<RunningOffice> {
  const { office, nation } = config;
  const loggers = createLoggers({ destination: logs, level: config.logLevel, clock, office });
  const log = loggers('office');
  const peers = config.neighbours.map((neighbour) => neighbour.office);
  const metrics = createMetrics({
    registry: createMetricsRegistry(),
    peers: [...peers, ...config.neighbours.flatMap(linksTo), ...config.hubs.map(({ hub }) => hub)],
    ofProcess: true,
  });
  const feed = createEventFeed({ clock });
  const business = createBusinessEvents({ log: loggers('events'), metrics, feed });
  const bug = (error: unknown): void => log.error({ error }, 'a fault of the node');
  const quietly = (work: () => Promise<void>) => (): Promise<void> =>
    work().catch((error: unknown) => (isLiaisonError(error) ? undefined : bug(error)));
  const ending = new AbortController();
  // What is added first is ended last: the door closes when everybody has been answered.
  let http: HttpServer | undefined;
  closers.defer(async () => {
    feed.close();
    await http?.close();
  });

  const reopening = awaitReopening(() => stores.probe.passes(), reopenAfterMs);
  closers.defer(reopening.close);
  const stores: OfficeStores = await openStores({
    config,
    nodeSeed: secrets.nodeSeed,
    clock,
    metrics,
    closers,
    signal: starting,
    onFailure: (failure) => {
      business.alarm({ code: failure.code });
      log.error({ code: failure.code, error: failure }, 'the ledger cannot be written any more');
      reopening.failed(failure);
    },
  });
  const { node, ledger, content, projection } = stores;

  const documents: DocumentLedger = {
    recorded: projection.documents,
    record: async (event) => void (await ledger.append([event])),
    installed: ({ kind, id, version }) =>
      void business.documentInstalled({ documentKind: kind, documentId: id, version }),
    refused: ({ code }) => void business.alarm({ code }),
  };
  const files = documentFiles(config.trustFolder);
  const trust = trustKeeper(
    createTrustStore({ nation, root: config.root, clockToleranceMs: config.clockToleranceMs }),
    files,
    documents,
    clock,
  );
  await trust.scan();
  assertOwnStanding({
    office,
    nation,
    store: trust.store(),
    faults: trust.faults(),
    signer: secrets.signer,
    unsealer: secrets.unsealer,
    drillSigner: secrets.drillSigner,
    drillUnsealer: secrets.drillUnsealer,
    now: clock.now(),
  });
  const bundle = bundleKeeper({
    nation,
    path: config.bundleFile,
    trust: trust.store,
    archive: files.archive,
    ledger: documents,
  });
  await bundle.scan();
  bundle.gates();
  const tokens = tokensKeeper(config.tokensFile, (code) => void business.alarm({ code }));
  await tokens.scan();
  let listening = config.http.port;
  const people = openPeople({
    config,
    ledger,
    clock,
    refused: (code) => void business.alarm({ code }),
    changed: () => void business.officersChanged(),
    oidcSecret: secrets.oidcSecret,
    oidcFailed: (error) => log.warn({ error }, "the ministry's sign-in failed"),
    port: () => listening,
  });
  await people.scan();
  closers.defer(people.sessions.close);

  const strays = (peer: OfficeId, { code }: BusError): void => void business.alarm({ code, peer });
  const links = await openLinks(config, secrets, node, clock, closers, starting, strays);
  const relay = createRelay({
    self: office,
    signer: secrets.signer,
    unsealer: secrets.unsealer,
    drillSigner: secrets.drillSigner,
    drillUnsealer: secrets.drillUnsealer,
    trust: trust.store,
    gates: bundle.gates,
    ledger,
    content,
    projection,
    neighbours: links.neighbours,
    hubs: links.hubs,
    clock,
    random: randomBytes,
    settings: { heartbeatMs: config.heartbeatMs, clockToleranceMs: config.clockToleranceMs },
    events: relayTelemetry({ self: office, projection, business, metrics, log: loggers('relay') }),
    installDocument: (kind, bytes) => receiveDocument(trust, kind, bytes),
    onBug: bug,
  });
  closers.defer(relay.close);
  closers.defer(links.stopTaking);

  const watch = watchLinks({
    monitorUrl: config.server.monitor,
    peers: [...new Set([...config.neighbours.flatMap(linksTo), ...config.hubs.map(({ hub }) => hub)])],
    isLinkOf: (peer, leaf) => leaf.account === linkAccountOf(peer),
    signal: ending.signal,
    onChange: ({ peer, up }) => {
      if (up) business.linkUp(peer);
      else business.linkDown(peer);
      links.changed(peer, up);
      for (const behind of config.neighbours) {
        const ends = linksTo(behind);
        // Whatever was under way over the one that went down is tried again at once over the other.
        const isUp = up || watch.states().some((state) => state.peer !== peer && state.up && ends.includes(state.peer));
        if (ends.includes(peer)) relay.linkChanged(behind.office, isUp);
      }
    },
  });
  closers.defer(() => watch.ended);
  metrics.watch(
    stateSource({
      relay,
      ledger,
      feed,
      clock,
      links: watch.states,
    }),
  );
  const scrub = scrubRegularly({ content, projection, business, log, quietly });
  closers.defer(scrub.close);
  closers.defer(endRetentionRegularly({ content, business, log, quietly }).close);
  const folders = poll(
    WATCH_EVERY_MS,
    quietly(async () => {
      await tokens.scan();
      await people.scan();
      await trust.scan();
      await bundle.scan();
    }),
  );
  closers.defer(folders.close);
  closers.defer(() => ending.abort());

  http = openDoor({
    config,
    release,
    stores,
    relay,
    watch,
    trust,
    bundle,
    tokens,
    people,
    consoleFolder: CONSOLE_FOLDER,
    tls: secrets.tls,
    feed,
    metrics,
    business,
    damagedContents: scrub.damaged,
    archived: files.archived,
    clock,
    log: loggers('http'),
  });
  const address = await http.listen(config.http.host, config.http.port);
  listening = Number(new URL(address).port);
  log.info({ address, release }, 'office is up');
  return {
    address,
    worthReopening: reopening.worthwhile,
    close: async () => {
      log.info({}, 'office is stopping');
      await closers.close();
    },
  };
}
