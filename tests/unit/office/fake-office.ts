import {
  type Agency,
  claimsOf,
  createToken,
  type OfficersTable,
  ROLES,
  type Role,
  renewPrincipal,
  type TokenTable,
} from '../../../services/core/access/index.ts';
import {
  type Clock,
  type Digest,
  type DurationMs,
  digestOf,
  type EnvelopeId,
  type EpochMs,
  type OfficeId,
  type Scope,
  utf8,
} from '../../../services/core/foundation/index.ts';
import {
  type DecisionView,
  type InboundMessageView,
  messageKey,
  type OfficeProjection,
  type OutboundCopy,
  type OutboundMessage,
  type TriageRecords,
} from '../../../services/core/ledger/index.ts';
import { triageRecords } from '../../../services/core/ledger/projections/triage-records.ts';
import type { PolicyBundle } from '../../../services/core/policy/index.ts';
import type {
  MessageContent,
  RecallDesk,
  Relay,
  ReviewInput,
  ReviewView,
  SubmissionInput,
} from '../../../services/core/relay/index.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import { createEventFeed, type EventFeed } from '../../../services/core/telemetry/index.ts';
import type { TrustStore } from '../../../services/core/trust/index.ts';
import {
  type Alert,
  CrimeArea,
  DataCategory,
  HoldResolution,
  Lane,
  MessageKind,
  Outcome,
  Precedence,
  targetOf,
} from '../../../services/core/wire/index.ts';
import { ledgerChecks } from '../../../services/office/check-ledger.ts';
import { figuresDesk } from '../../../services/office/figures/figures-desk.ts';
import {
  authenticator,
  DEFAULT_RATE_LIMITS,
  type RateLimits,
  sessionDoor,
} from '../../../services/office/http/authenticate.ts';
import {
  createHttpServer,
  type HttpObserver,
  type HttpServer,
} from '../../../services/office/http/create-http-server.ts';
import { describeApi } from '../../../services/office/http/describe-api.ts';
import type { Door, LedgerBatchEntry } from '../../../services/office/http/door.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import type { PeopleParts } from '../../../services/office/people/people.ts';
import type { Readiness } from '../../../services/office/readiness.ts';
import { messageFacts } from '../../../services/office/views/message-facts.ts';
import { messageIndex } from '../../../services/office/views/message-index.ts';
import { messageWords } from '../../../services/office/views/message-words.ts';
import { type FakeOfficer, type FakePeople, fakePeople } from './fake-people.ts';

/** The offices of these tests. */
export const SELF = 'th-chiang-khong' as OfficeId;
export const PEER = 'la-houayxay' as OfficeId;
export const OTHER = 'mm-tachileik' as OfficeId;
export const NOW = Date.parse('2026-03-01T08:00:00.000Z') as EpochMs;

/** An envelope id that ends with these digits. */
export function idOf(number: number): EnvelopeId {
  return `019a0000-0000-7000-8000-${String(number).padStart(12, '0')}` as EnvelopeId;
}

export function decision(outcome: Outcome, more: Partial<DecisionView> = {}): DecisionView {
  return {
    outcome,
    policies: ['baseline.release'],
    reason: '',
    withheld: [],
    bundles: [{ name: 'baseline', version: 1, digest: 'ab'.repeat(32) }],
    decidedMs: NOW,
    releasedBy: '',
    releasesNeeded: outcome === Outcome.HELD ? 1 : 0,
    approvedBy: '',
    ...more,
  };
}

const withheldBiometrics = { category: DataCategory.BIOMETRIC, policies: ['th.no-biometrics'], parts: [3, 4] };

export function copyTo(to: OfficeId, outcome: Outcome, more: Partial<OutboundCopy> = {}): OutboundCopy {
  return {
    to,
    scope: `${to}--${SELF}` as Scope,
    agreement: { id: 'th-la-2026', version: 1, digest: 'cd'.repeat(32), article: '3' },
    decision: decision(outcome, { withheld: [withheldBiometrics] }),
    hold: null,
    approvals: [],
    crossing: null,
    lane: outcome === Outcome.RELEASED ? Lane.FLASH : Lane.UNSPECIFIED,
    number: outcome === Outcome.RELEASED ? 1 : 0,
    releasedMs: outcome === Outcome.RELEASED ? NOW : null,
    answerByMs: null,
    framedMs: null,
    relayedMs: null,
    receipts: [],
    ...more,
  };
}

const noContent = { day: '20260401', batch: '', index: 0, digest: new Uint8Array(32), size: 0 };

export function outbound(
  number: number,
  copies: readonly OutboundCopy[],
  more: Partial<OutboundMessage> = {},
): OutboundMessage {
  return {
    direction: 'outbound',
    origin: SELF,
    id: idOf(number),
    envelopeDigest: digestOf(utf8(String(number))),
    kind: MessageKind.ALERT,
    precedence: Precedence.ROUTINE,
    createdMs: (NOW + number) as EpochMs,
    expiresMs: (NOW + 86_400_000) as EpochMs,
    drill: false,
    submittedBy: 'officer-1',
    supersedes: '',
    inReplyTo: '',
    emergency: '',
    terms: null,
    crimeArea: CrimeArea.UNSPECIFIED,
    acceptedMs: (NOW + number) as EpochMs,
    record: number,
    content: noContent,
    erased: null,
    copies: new Map(copies.map((copy) => [copy.to, copy])),
    receipts: [],
    ...more,
  };
}

export function inbound(number: number, more: Partial<InboundMessageView> = {}): InboundMessageView {
  const outcome = more.decision?.outcome ?? Outcome.RELEASED;
  return {
    direction: 'inbound',
    origin: PEER,
    id: idOf(number),
    from: PEER,
    scope: `${PEER}--${SELF}` as Scope,
    lane: Lane.ROUTINE,
    number,
    envelopeDigest: digestOf(utf8(String(number))),
    crossingDigest: digestOf(utf8(`c${number}`)),
    kind: MessageKind.ALERT,
    precedence: Precedence.ROUTINE,
    createdMs: (NOW + number) as EpochMs,
    expiresMs: (NOW + 86_400_000) as EpochMs,
    drill: false,
    supersedes: '',
    inReplyTo: '',
    exportedMs: more.createdMs ?? ((NOW + number) as EpochMs),
    emergency: false,
    officer: '',
    terms: null,
    crimeArea: CrimeArea.UNSPECIFIED,
    answerByMs: null,
    onward: null,
    agreement: null,
    receivedMs: (NOW + number) as EpochMs,
    record: number,
    content: noContent,
    erased: null,
    decision: decision(outcome),
    hold: null,
    approvals: [],
    deliveredMs: outcome === Outcome.RELEASED ? ((NOW + number) as EpochMs) : null,
    retrievals: [],
    supplements: [],
    receipts: [],
    ...more,
  };
}

export const ALERT_BODY = {
  messageType: 1,
  crimeArea: 6,
  urgency: 1,
  severity: 2,
  certainty: 1,
  headline: 'Fast boat',
};

const CONTENT: MessageContent = {
  kind: MessageKind.ALERT,
  header: {
    officer: 'officer-1',
    purpose: 3,
    handling: 1,
    caveat: '',
    caseReference: 'CASE-1',
    inReplyTo: '',
    supersedes: '',
  },
  body: ALERT_BODY,
  withheld: [{ category: DataCategory.BIOMETRIC, policies: ['th.no-biometrics'], by: SELF }],
};

/** Names what is shown of every held crossing. */
export const SHOWN = digestOf(utf8('shown'));

/** What the fake relay was asked for. */
export interface Asked {
  readonly submitted: SubmissionInput[];
  readonly released: {
    readonly id: string;
    readonly by: string;
    readonly role: Role;
    readonly reason: string;
    readonly shown: string;
  }[];
  readonly closed: ReviewInput[];
  readonly rejected: { readonly id: string; readonly by: string; readonly reason: string }[];
  readonly retrieved: { readonly id: string; readonly by: string }[];
}

/** An office with a relay in memory: it keeps what is put into its maps and records what it is asked for. */
export interface FakeOffice {
  readonly door: Door;
  readonly http: HttpServer;
  readonly asked: Asked;
  readonly messages: {
    readonly outbound: Map<string, OutboundMessage>;
    readonly inbound: Map<string, InboundMessageView>;
    readonly open: Set<string>;
    readonly triage: TriageRecords;
  };
  readonly put: (message: OutboundMessage | InboundMessageView) => void;
  readonly tokens: Record<Role, string>;
  readonly feed: EventFeed;
  readonly observed: {
    answered: Parameters<HttpObserver['answered']>[0][];
    failed: Parameters<HttpObserver['failed']>[0][];
    refused: Parameters<HttpObserver['refused']>[0][];
    repeated: number;
  };
  readonly ask: (
    method: string,
    url: string,
    options?: { role?: Role | null; body?: unknown; headers?: Record<string, string> },
  ) => Promise<Answered>;
  /** Makes the next calls of the relay fail. */
  readonly failWith: (error: unknown) => void;
  readonly setReadiness: (readiness: Readiness) => void;
  readonly setTokens: (change: (table: TokenTable) => TokenTable) => void;
  readonly clock: { nowMs: number };
  readonly people: FakePeople;
}

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks at is checked by the test
  readonly json: any;
  readonly text: string;
  readonly headers: Record<string, unknown>;
}

export interface FakeOfficeOptions {
  readonly limits?: RateLimits;
  readonly batches?: readonly LedgerBatchEntry[];
  readonly evidence?: Door['evidence'];
  readonly bundles?: readonly PolicyBundle[];
  readonly trust?: TrustStore;
  readonly reviews?: readonly ReviewView[];
  readonly recalls?: RecallDesk;
  readonly region?: Relay['region'];
  readonly officers?: OfficersTable;
  readonly agencies?: readonly Agency[];
  /** Who can sign in. */
  readonly people?: readonly FakeOfficer[];
  /** Left out: nobody reads along. */
  readonly secure?: boolean;
  readonly consoleFolder?: string;
  readonly oidc?: PeopleParts['oidc'];
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** A relay of SELF in place of the fake one, with its clock. */
  readonly real?: { readonly relay: Relay; readonly clock: Clock; readonly office?: OfficeId };
}

/** The names under which the tokens were made. */
export const NAMES: Readonly<Record<Role, string>> = {
  system: 'border-control',
  officer: 'officer-1',
  supervisor: 'supervisor-1',
  oversight: 'oversight-1',
  auditor: 'auditor-1',
  operator: 'operator-1',
};

const NO_REGION = { standing: () => ({ hubs: [], findings: [], forks: [] }) } as unknown as Relay['region'];

export function fakeOffice(options: FakeOfficeOptions = {}): FakeOffice {
  const clock = { nowMs: NOW as number };
  const now: Clock = options.real?.clock ?? { now: () => clock.nowMs as EpochMs };
  const fake = fakePeople({
    clock: now,
    ...(options.people === undefined ? {} : { officers: options.people }),
    ...(options.agencies === undefined ? {} : { agencies: options.agencies }),
    ...(options.secure === undefined ? {} : { secure: options.secure }),
    ...(options.oidc === undefined ? {} : { oidc: options.oidc }),
  });
  let table: TokenTable = new Map();
  const tokens = {} as Record<Role, string>;
  for (const role of ROLES) {
    const made = createToken(table, { role, name: NAMES[role], now: now.now() });
    table = made.table;
    tokens[role] = made.text;
  }
  const outboundMap = new Map<string, OutboundMessage>();
  const inboundMap = new Map<string, InboundMessageView>();
  const open = new Set<string>();
  const triage = triageRecords();
  const projection = {
    triage,
    outbound: outboundMap,
    inbound: inboundMap,
    // As many as there are messages of: tests put them in at any time.
    get origins() {
      return new Set([...inboundMap.values()].map(({ origin }) => origin));
    },
    erasures: [],
    traffic: new Map(),
    added: { of: () => [] },
    witnessed: new Map(),
    documents: new Map(),
    region: { releaseOf: () => undefined, withdrawalOf: () => undefined },
    open,
    about: (key: string) =>
      [...outboundMap.values(), ...inboundMap.values()].filter((message) => {
        const target = targetOf(message.terms);
        return target !== null && messageKey(target.origin, target.id) === key;
      }),
    supersededBy: (key: string) =>
      [...outboundMap.values(), ...inboundMap.values()].filter(
        (message) => message.supersedes !== '' && messageKey(message.origin, message.supersedes) === key,
      ),
    ofKind: (kind: MessageKind) =>
      [...outboundMap.values(), ...inboundMap.values()].filter((message) => message.kind === kind),
    quarantine: [
      {
        from: PEER,
        code: 'ENVELOPE_SEAL_INVALID',
        digest: digestOf(utf8('q')),
        size: 12,
        atMs: NOW,
        record: 4,
        content: null,
      },
    ],
  } as unknown as OfficeProjection;
  const asked: Asked = { submitted: [], released: [], rejected: [], closed: [], retrieved: [] };
  let failure: unknown;
  const mayFail = (): void => {
    if (failure !== undefined) throw failure;
  };

  const put: FakeOffice['put'] = (message) => {
    const key = messageKey(message.origin, message.id);
    if (message.direction === 'outbound') outboundMap.set(key, message);
    else inboundMap.set(key, message);
    open.add(key);
  };

  const never = (): never => {
    throw new TypeError('the office was not asked for that');
  };
  const relay: Relay = options.real?.relay ?? {
    ...({} as Pick<Relay, 'attachments' | 'consents' | 'channel' | 'operations' | 'region' | 'reports'>),
    region: options.region ?? NO_REGION,
    searches: {
      submit: never,
      lookouts: { add: never, end: never, list: () => [] },
      views: () => [],
      caseReferenceOf: () => undefined,
      figures: () => [],
      refusedHere: () => new Map(),
      arrived: never,
      sweep: never,
    },
    requests: {
      submit: never,
      preview: never,
      step: never,
      answer: never,
      previewAnswer: never,
      listed: never,
      figures: () => [],
      open: () => [],
      sweep: never,
    },
    projection,
    triage: { take: never, readNote: never },
    reviews: {
      list: () => options.reviews ?? [],
      find: never,
      close: async (input) => {
        mayFail();
        asked.closed.push(input);
        const recipient = { to: PEER, outcome: Outcome.RELEASED, withheld: [], decision: decision(Outcome.RELEASED) };
        const said = { id: idOf(77), origin: SELF, envelopeDigest: digestOf(utf8('r')), acceptedMs: NOW };
        return { ...said, emergency: false, repeated: false, recipients: [recipient] };
      },
    },
    recalls: options.recalls ?? { recall: never, answer: never, list: () => [], find: never, sweep: never },
    submit: async (input) => {
      mayFail();
      asked.submitted.push(input);
      const outcomes = [Outcome.RELEASED, Outcome.HELD, Outcome.REFUSED] as const;
      return {
        id: idOf(asked.submitted.length),
        origin: SELF,
        envelopeDigest: digestOf(utf8('e')),
        acceptedMs: NOW,
        emergency: (input.emergency ?? '') !== '',
        repeated: input.idempotencyKey === 'used-before',
        recipients: input.recipients.map((to, index) => {
          const outcome = outcomes[index] ?? Outcome.RELEASED;
          return {
            to,
            outcome,
            withheld: [DataCategory.BIOMETRIC],
            decision: decision(outcome, { withheld: [withheldBiometrics] }),
          };
        }),
      };
    },
    preview: async (input) => {
      mayFail();
      return input.recipients.map((to) => ({
        to,
        outcome: Outcome.RELEASED,
        withheld: [],
        decision: decision(Outcome.RELEASED, { withheld: [withheldBiometrics] }),
        agreement: { id: 'th-la-2026', version: 1, article: '3' },
        body: { ...(input.body as Alert), headline: 'as the recipient reads it' },
      }));
    },
    release: async (key, { name: by, role }, { reason, shown }) => {
      mayFail();
      asked.released.push({ id: key.id, by, role, reason, shown });
      const released = decision(Outcome.RELEASED, { releasedBy: by });
      return { resolution: 'released', decision: released, releasesNeeded: 1, lapsed: [] };
    },
    reject: async (key, by, reason) => {
      mayFail();
      asked.rejected.push({ id: key.id, by, reason });
    },
    retrieve: async (_origin, id, by) => {
      mayFail();
      asked.retrieved.push({ id, by });
    },
    read: async (origin, id) => {
      mayFail();
      const key = messageKey(origin, id);
      if (!outboundMap.has(key) && inboundMap.get(key)?.deliveredMs == null)
        throw new RelayError('RELAY_MESSAGE_UNKNOWN');
      return CONTENT;
    },
    readHeld: async () => {
      mayFail();
      return { ...CONTENT, shown: SHOWN, releasesNeeded: 1, now: decision(Outcome.RELEASED) };
    },
    links: () => [
      {
        office: PEER,
        scope: `${PEER}--${SELF}` as Scope,
        heardMs: NOW,
        silent: false,
        historyFaults: [],
        ownHead: null,
        lanes: [
          {
            lane: Lane.FLASH,
            waiting: 2,
            oldestMs: 10,
            sentThrough: 3,
            confirmedThrough: 1,
            receivedThrough: 7,
            missing: 0,
          },
        ],
      },
    ],
    linkChanged: () => undefined,
    ready: () => true,
    close: async () => undefined,
  };

  const feed = createEventFeed({ clock: now });
  const observed: FakeOffice['observed'] = { answered: [], failed: [], refused: [], repeated: 0 };
  let readiness: Readiness = { ready: true, reasons: [], warnings: [] };
  const trust = (options.trust ?? {
    directoryOf: (nation: string) => (nation === 'MM' ? { offices: new Map([[OTHER, {}]]) } : undefined),
    directories: new Map(),
    agreements: new Map(),
  }) as unknown as TrustStore;
  const description = describeApi(OFFICE_ROUTES, '0.1.0');

  const door: Door = {
    office: options.real?.office ?? SELF,
    release: '0.1.0',
    clock: now,
    relay,
    neighbours: new Set([PEER, 'kh-poipet' as OfficeId, 'la-boten' as OfficeId]),
    index: messageIndex(relay.projection),
    facts: messageFacts(relay.projection, now.now),
    words: messageWords(relay.projection, now.now),
    officers: () => options.officers ?? fake.people.officers.table(),
    trust: () => trust,
    bundles: () => [{ name: 'baseline', version: 1, digest: 'ab'.repeat(32) }],
    reasonOf: (policy) => (policy === 'baseline.release' ? 'Offices may hand over.' : undefined),
    linkWays: (office) => [{ over: office, up: true, sinceMs: NOW }],
    linkState: () => ({ up: true, sinceMs: NOW }),
    ledger: {
      head: () => ({ number: 7, digest: new Uint8Array(32) }),
      chainId: () => new Uint8Array(16),
      batches: async function* (fromSeq) {
        for (const batch of options.batches ?? []) if (batch.seq >= fromSeq) yield batch;
      },
    },
    oversight: {
      ...figuresDesk(
        {
          office: SELF,
          projection: relay.projection,
          neighbours: [PEER],
          foundedMs: () => Date.parse('2020-01-01T00:00:00Z') as EpochMs,
          requests: () => [],
          reviews: relay.reviews.list,
        },
        now,
      ),
      checks: ledgerChecks({
        office: SELF,
        clock: now,
        head: () => ({ number: 7, digest: new Uint8Array(32) }),
        batches: async function* (fromSeq) {
          for (const batch of options.batches ?? []) if (batch.seq >= fromSeq) yield batch;
        },
        trust: () => trust,
        witnessed: () => [],
      }),
    },
    policyBundles: () => options.bundles ?? [],
    feed,
    readiness: async () => readiness,
    metrics: async () => ({ text: 'liaison_up 1\n', contentType: 'text/plain; version=0.0.4; charset=utf-8' }),
    evidence:
      options.evidence ?? (async () => [{ name: 'envelope/signed-envelope.bin', bytes: new Uint8Array([1, 2, 3]) }]),
    submissionRepeated: () => {
      observed.repeated++;
    },
    maxExpiryMs: (30 * 86_400_000) as DurationMs,
    renew: (principal) =>
      principal.kind === 'session'
        ? fake.people.sessions.renew(principal)
        : renewPrincipal(table, principal, now.now()),
    claims: () => (options.officers === undefined ? fake.people.claims() : claimsOf(options.agencies ?? [])),
    people: fake.people,
    description: () => description,
  };

  const http = createHttpServer({
    door,
    routes: OFFICE_ROUTES,
    authenticator: authenticator({
      tokens: () => table,
      sessions: sessionDoor(SELF, fake.people),
      clock: now,
      limits: options.limits ?? DEFAULT_RATE_LIMITS,
    }),
    ...(options.consoleFolder === undefined ? {} : { consoleFolder: options.consoleFolder }),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    observer: {
      answered: (facts) => observed.answered.push(facts),
      refused: (facts) => observed.refused.push(facts),
      failed: (facts) => observed.failed.push(facts),
    },
  });

  const ask: FakeOffice['ask'] = async (method, url, { role = 'officer', body, headers = {} } = {}) => {
    await fake.ready();
    const payload =
      body === undefined
        ? {}
        : {
            payload: typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
          };
    const response = await http.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(role === null ? {} : { authorization: `Bearer ${tokens[role]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...payload,
    });
    const isJson =
      String(response.headers['content-type'] ?? '').includes('json') &&
      !String(response.headers['content-type']).includes('ndjson');
    return {
      status: response.statusCode,
      text: response.body,
      json: isJson && response.body !== '' ? JSON.parse(response.body) : undefined,
      headers: response.headers,
    };
  };

  return {
    door,
    http,
    asked,
    messages: { outbound: outboundMap, inbound: inboundMap, open, triage },
    put,
    tokens,
    feed,
    observed,
    ask,
    failWith: (error) => {
      failure = error;
    },
    setReadiness: (next) => {
      readiness = next;
    },
    setTokens: (change) => {
      table = change(table);
    },
    clock,
    people: fake,
  };
}

/** A hold that was ended. */
export const RELEASED_HOLD = {
  decision: decision(Outcome.HELD),
  resolution: HoldResolution.RELEASED,
  by: 'supervisor-1',
  role: 'supervisor',
  reason: 'checked',
  atMs: (NOW + 500) as EpochMs,
};

/** A digest for tests. */
export function someDigest(text: string): Digest {
  return digestOf(utf8(text));
}

/** A submission that satisfies everything. */
export function goodSubmission(
  more: Record<string, unknown> = {},
  alert: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    recipients: [PEER],
    precedence: 'PRECEDENCE_FLASH',
    purpose: 'PURPOSE_INVESTIGATION',
    handling: 'HANDLING_CODE_H0',
    ...more,
    alert: {
      messageType: 'MESSAGE_TYPE_ALERT',
      crimeArea: 'CRIME_AREA_DRUGS',
      urgency: 'URGENCY_IMMEDIATE',
      severity: 'SEVERITY_SEVERE',
      certainty: 'CERTAINTY_OBSERVED',
      headline: 'Fast boat with concealed load',
      narrative: 'Left the pier at dusk.',
      narrativeLanguage: 'en',
      subjects: [
        { label: 'P1', role: 'SUBJECT_ROLE_SUSPECT', person: { familyName: 'Doe' } },
        { label: 'B1', role: 'SUBJECT_ROLE_MEANS', relatedTo: ['P1'], vessel: { vesselType: 'VESSEL_TYPE_SPEEDBOAT' } },
      ],
      ...alert,
    },
  };
}
