import { dirname } from 'node:path';
import { claimsOf, NO_OFFICERS, renewPrincipal } from '../core/access/index.ts';
import type { LinkWatch } from '../core/bus/index.ts';
import { type Clock, type DurationMs, digestFromBytes, type HubId, type OfficeId } from '../core/foundation/index.ts';
import { messageKey } from '../core/ledger/index.ts';
import { DEFAULT_SETTINGS, type Relay } from '../core/relay/index.ts';
import type { BusinessEvents, EventFeed, Logger, Metrics } from '../core/telemetry/index.ts';
import { freeDiskBytes, readinessCheck } from './check-readiness.ts';
import type { OfficeConfig } from './config.ts';
import type { BundleKeeper } from './documents/bundle-keeper.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import type { TrustKeeper } from './documents/trust-keeper.ts';
import { authenticator, DEFAULT_RATE_LIMITS } from './http/authenticate.ts';
import { createHttpServer, type HttpServer } from './http/create-http-server.ts';
import { describeApi } from './http/describe-api.ts';
import type { Door } from './http/door.ts';
import { OFFICE_ROUTES } from './http/office-routes.ts';
import { submitAlert } from './http/routes/alerts.ts';
import { linksTo } from './open-links.ts';
import type { OfficeStores } from './open-stores.ts';
import { evidenceReader } from './read-evidence.ts';
import type { TokensKeeper } from './tokens-keeper.ts';
import { messageIndex } from './views/message-index.ts';

/** What the door of an office opens on. */
export interface OpenDoorParts {
  readonly config: OfficeConfig;
  readonly release: string;
  readonly stores: OfficeStores;
  readonly relay: Relay;
  readonly watch: LinkWatch<OfficeId | HubId>;
  readonly trust: TrustKeeper;
  readonly bundle: BundleKeeper;
  readonly tokens: TokensKeeper;
  readonly feed: EventFeed;
  readonly metrics: Metrics;
  readonly business: BusinessEvents;
  readonly damagedContents: () => number;
  /** Every directory and agreement that was ever in force here. */
  readonly archived: DocumentFiles['archived'];
  readonly clock: Clock;
  readonly log: Logger;
}

/** The HTTP door of an office over its parts; nothing listens yet. */
export function openDoor(parts: OpenDoorParts): HttpServer {
  const { config, release, stores, relay, trust, bundle, tokens, feed, metrics, clock, log, business } = parts;
  const { ledger, content } = stores;
  const description = describeApi(OFFICE_ROUTES, release);
  const door: Door = {
    office: config.office,
    release,
    clock,
    relay,
    feed,
    readiness: readinessOf(parts),
    neighbours: new Set(config.neighbours.map((neighbour) => neighbour.office)),
    index: messageIndex(relay.projection),
    officers: () => NO_OFFICERS,
    trust: trust.store,
    bundles: () =>
      bundle.bundles().map(({ name, version, digest }) => ({ name, version, digest: digestFromBytes(digest) })),
    reasonOf: (policy) => bundle.gates().reasonOf(policy),
    linkWays: linkWaysOf(parts),
    ledger: { head: ledger.head, chainId: () => ledger.chainId, batches: stores.log.readAll },
    metrics: async () => ({ text: await metrics.text(), contentType: metrics.contentType }),
    evidence: evidenceReader({
      content,
      ledger,
      trust: trust.store,
      root: config.root,
      archived: parts.archived,
      added: ({ origin, id }) => relay.projection.added.of(messageKey(origin, id)),
      clock,
    }),
    submissionRepeated: () => metrics.submission('repeated'),
    maxExpiryMs: DEFAULT_SETTINGS.maxExpiryMs,
    renew: (principal) => renewPrincipal(tokens.tokens(), principal, clock.now()),
    claims: () => claimsOf([]),
    description: () => description,
  };
  return createHttpServer({
    door,
    routes: OFFICE_ROUTES,
    authenticator: authenticator({ tokens: tokens.tokens, clock, limits: DEFAULT_RATE_LIMITS }),
    observer: {
      answered: ({ method, route, status, durationMs }) =>
        metrics.http(method, route, status, durationMs as DurationMs),
      refused: ({ correlationId, route, problem: { status, code } }) => {
        // Who may not do something is worth a line; what is merely malformed is not.
        if (status === 401 || status === 403) log.info({ correlationId, route, status, code }, 'request refused');
        if (route === submitAlert.path) business.submissionRejected({ code });
      },
      failed: ({ correlationId, route, problem: { status, code }, error }) =>
        log.error({ correlationId, route, status, code, error }, 'request failed'),
    },
  });
}

function linkWaysOf({ config, watch }: OpenDoorParts): Door['linkWays'] {
  const links = new Map(config.neighbours.map((neighbour) => [neighbour.office, linksTo(neighbour)]));
  return (office) =>
    (links.get(office) ?? []).map((end) => ({
      over: end,
      up: watch.states().find(({ peer }) => peer === end)?.up ?? null,
    }));
}

function readinessOf({
  config,
  stores,
  relay,
  trust,
  bundle,
  tokens,
  damagedContents,
  clock,
}: OpenDoorParts): Door['readiness'] {
  return readinessCheck({
    clock,
    damagedContents,
    ledgerFailure: () => stores.ledger.failure()?.code,
    relayReady: relay.ready,
    historyDisputedBy: () =>
      relay
        .links()
        .filter((link) => link.historyFaults.includes('RELAY_OWN_HISTORY_DIFFERS'))
        .map((link) => link.office),
    writable: stores.probe.passes,
    connection: stores.node.state,
    safety: stores.safety,
    freeDisk: () => freeDiskBytes(dirname(config.server.configFile)),
    minFreeDiskBytes: config.limits.minFreeDiskBytes,
    bundleInForce: () => bundle.inForce(clock.now()),
    ownDirectoryEnds: () => trust.store().directoryOf(config.nation)?.expiresMs,
    documentFaults: () => [...trust.faults(), ...bundle.faults(), ...tokens.faults()],
  });
}
