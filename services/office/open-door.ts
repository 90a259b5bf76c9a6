import { dirname } from 'node:path';
import { renewPrincipal } from '../core/access/index.ts';
import type { LinkWatch } from '../core/bus/index.ts';
import {
  type Clock,
  type DurationMs,
  digestFromBytes,
  type HubId,
  type OfficeId,
  toHex,
} from '../core/foundation/index.ts';
import { messageKey, type WitnessedHead } from '../core/ledger/index.ts';
import { DEFAULT_SETTINGS, type Relay } from '../core/relay/index.ts';
import type { BusinessEvents, EventFeed, Logger, Metrics } from '../core/telemetry/index.ts';
import { MessageKind } from '../core/wire/index.ts';
import { ledgerChecks } from './check-ledger.ts';
import { freeDiskBytes, readinessCheck } from './check-readiness.ts';
import type { OfficeConfig } from './config.ts';
import type { BundleKeeper } from './documents/bundle-keeper.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import type { TrustKeeper } from './documents/trust-keeper.ts';
import { figuresDesk } from './figures/figures-desk.ts';
import { authenticator, DEFAULT_RATE_LIMITS, sessionDoor } from './http/authenticate.ts';
import { createHttpServer, type HttpServer } from './http/create-http-server.ts';
import { describeApi } from './http/describe-api.ts';
import type { Door } from './http/door.ts';
import { OFFICE_ROUTES } from './http/office-routes.ts';
import { submitAlert } from './http/routes/alerts.ts';
import { linksTo } from './open-links.ts';
import type { OfficeStores } from './open-stores.ts';
import type { People } from './people/people.ts';
import { evidenceReader } from './read-evidence.ts';
import type { OfficeSecrets } from './secrets.ts';
import type { TokensKeeper } from './tokens-keeper.ts';
import { messageFacts } from './views/message-facts.ts';
import { messageIndex } from './views/message-index.ts';
import { messageWords } from './views/message-words.ts';

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
  readonly people: People;
  /** Where the console's built files are. */
  readonly consoleFolder: string;
  readonly tls: OfficeSecrets['tls'];
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
  const { config, release, stores, relay, trust, bundle, tokens, people, feed, metrics, clock, log, business } = parts;
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
    facts: messageFacts(relay.projection, clock.now),
    words: messageWords(relay.projection, clock.now),
    officers: people.officers.table,
    trust: trust.store,
    bundles: () =>
      bundle.bundles().map(({ name, version, digest }) => ({ name, version, digest: digestFromBytes(digest) })),
    reasonOf: (policy) => bundle.gates().reasonOf(policy),
    linkWays: linkWaysOf(parts),
    linkState: linkStateOf(parts),
    oversight: oversightOf(parts),
    policyBundles: bundle.bundles,
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
    renew: (principal) =>
      principal.kind === 'session'
        ? people.sessions.renew(principal)
        : renewPrincipal(tokens.tokens(), principal, clock.now()),
    claims: people.claims,
    people,
    description: () => description,
  };
  return createHttpServer({
    door,
    routes: OFFICE_ROUTES,
    authenticator: authenticator({
      tokens: tokens.tokens,
      sessions: sessionDoor(config.office, people),
      clock,
      limits: DEFAULT_RATE_LIMITS,
    }),
    consoleFolder: parts.consoleFolder,
    ...(parts.tls === null ? {} : { tls: parts.tls }),
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

function oversightOf({ config, stores, relay, trust, clock }: OpenDoorParts): Door['oversight'] {
  const { projection } = relay;
  const { ledger } = stores;
  const source = {
    office: config.office,
    projection,
    foundedMs: projection.foundedMs,
    neighbours: config.neighbours.map((neighbour) => neighbour.office),
    requests: function* () {
      for (const request of projection.ofKind(MessageKind.REQUEST))
        if (request.direction === 'outbound' || request.deliveredMs !== null) yield relay.requests.listed(request);
    },
    reviews: relay.reviews.list,
  };
  return {
    ...figuresDesk(source, clock),
    checks: ledgerChecks({
      office: config.office,
      clock,
      head: ledger.head,
      batches: stores.log.readAll,
      trust: trust.store,
      witnessed: () => ownHeadsOf(relay, toHex(ledger.chainId)),
    }),
  };
}

/** What neighbours said of this office's ledger since the node started. */
function ownHeadsOf(relay: Relay, chain: string): readonly WitnessedHead[] {
  return relay
    .links()
    .flatMap(({ office, ownHead }) =>
      ownHead === null ? [] : [{ by: office, chain, number: ownHead.number, digest: ownHead.digest }],
    );
}

function linkStateOf({ watch }: OpenDoorParts): Door['linkState'] {
  return (end) => {
    const state = watch.states().find(({ peer }) => peer === end);
    return { up: state?.up ?? null, sinceMs: state?.sinceMs ?? null };
  };
}

function linkWaysOf(parts: OpenDoorParts): Door['linkWays'] {
  const links = new Map(parts.config.neighbours.map((neighbour) => [neighbour.office, linksTo(neighbour)]));
  const stateOf = linkStateOf(parts);
  return (office) => (links.get(office) ?? []).map((over) => ({ over, ...stateOf(over) }));
}

function readinessOf({
  config,
  stores,
  relay,
  trust,
  bundle,
  tokens,
  people,
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
    documentFaults: () => [...trust.faults(), ...bundle.faults(), ...tokens.faults(), ...people.officers.faults()],
  });
}
