import { collectDefaultMetrics, Registry } from 'prom-client';
import type { DurationMs } from '../foundation/index.ts';
import type { Label } from './labels.ts';
import { FIELD_FORMS } from './log-fields.ts';
import { counter, gauge, histogram } from './series.ts';
import { registerState } from './state-gauges.ts';
import type { StateSource } from './state-source.ts';

/** Where metrics are kept until somebody reads them. */
export type MetricsRegistry = Registry;

/** A registry with nothing in it. */
export function createMetricsRegistry(): MetricsRegistry {
  return new Registry();
}

/** What metrics are made with. */
export interface MetricsOptions {
  readonly registry: MetricsRegistry;
  /** The neighbours in the configuration: the only words that a label `peer` can have, but for `other`. */
  readonly peers: readonly string[];
  /** Also memory, processor and event loop of this process. */
  readonly ofProcess: boolean;
}

/** Every metric of an office node. Labels are words of closed sets, configured neighbours and codes. */
export interface Metrics {
  readonly submission: (outcome: 'accepted' | 'rejected' | 'repeated') => void;
  readonly decision: (gate: Label<'gate'>, outcome: Label<'outcome'>) => void;
  readonly holdResolved: (direction: Label<'direction'>, resolution: Label<'resolution'>) => void;
  readonly search: (direction: Label<'direction'>, peer: string, outcome: Label<'searchOutcome'>) => void;
  readonly review: (event: Label<'reviewEvent'>) => void;
  readonly crossings: (direction: Label<'direction'>, lane: Label<'lane'>, peer: string, count?: number) => void;
  readonly frame: (
    direction: Label<'direction'>,
    lane: Label<'lane'>,
    peer: string,
    items: number,
    bytes: number,
  ) => void;
  readonly receipt: (direction: Label<'direction'>, kind: Label<'receiptKind'>) => void;
  readonly quarantined: (peer: string, code: string) => void;
  readonly duplicate: (peer: string) => void;
  readonly expired: (direction: Label<'direction'>) => void;
  readonly retrieved: () => void;
  readonly recalled: (direction: Label<'direction'>) => void;
  readonly crossingAdded: (
    direction: Label<'direction'>,
    occasion: Label<'occasion'>,
    outcome: Label<'outcome'>,
  ) => void;
  readonly operationChanged: (state: Label<'operationState'>, drill: boolean) => void;
  readonly operationActed: (direction: Label<'direction'>, action: Label<'operationAction'>) => void;
  readonly region: (event: Label<'regionEvent'>) => void;
  readonly erased: () => void;
  readonly requestChanged: (peer: string, side: Label<'requestSide'>, state: Label<'requestState'>) => void;
  readonly requestAcknowledged: (peer: string, side: Label<'requestSide'>, durationMs: DurationMs) => void;
  readonly requestAnswered: (peer: string, side: Label<'requestSide'>, durationMs: DurationMs) => void;
  readonly linkChange: (peer: string, up: boolean) => void;
  readonly documentInstalled: (kind: Label<'documentKind'>) => void;
  readonly alarm: (code: string) => void;
  readonly ledgerAppend: (records: number, durationMs: DurationMs) => void;
  readonly contentPut: (bytes: number, durationMs: DurationMs) => void;
  readonly submitDuration: (durationMs: DurationMs) => void;
  readonly stepDuration: (step: Label<'step'>, durationMs: DurationMs) => void;
  /** `route` is the template of a route, never the path that was asked for. */
  readonly http: (method: string, route: string, status: number, durationMs: DurationMs) => void;
  /** From now on the gauges read their values here, when they are asked for. Once. */
  readonly watch: (source: StateSource) => void;
  /** Everything in Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600];
/** The life of a request: minutes to a week, with the limits of the classes. */
const REQUEST_SECONDS = [60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 259_200, 604_800];
const COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096];
const CODE = FIELD_FORMS.code as RegExp;
const ROUTE = FIELD_FORMS.route as RegExp;
const METHODS = FIELD_FORMS.method as readonly string[];

/** The metrics of one process, in `registry`. @throws Error when the registry has metrics of these names already: a bug of ours. */
export function createMetrics({ registry, peers, ofProcess }: MetricsOptions): Metrics {
  const known = new Set(peers);
  const peerOf = (peer: string): string => (known.has(peer) ? peer : 'other');
  const codeOf = (code: string): string => (CODE.test(code) ? code : 'other');
  const count = (name: string, help: string, ...labels: string[]) => counter(registry, { name, help, labels });
  const time = (name: string, help: string, ...labels: string[]) =>
    histogram(registry, { name, help, labels }, SECONDS);
  const size = (name: string, help: string, ...labels: string[]) => histogram(registry, { name, help, labels }, COUNTS);
  if (ofProcess) collectDefaultMetrics({ register: registry });

  const submissions = count('liaison_submissions_total', 'Submissions by outcome', 'outcome');
  const decisions = count('liaison_decisions_total', 'Decisions of the gates', 'gate', 'outcome');
  const holdsResolved = count(
    'liaison_holds_resolved_total',
    'Held crossings that left the hold queue',
    'direction',
    'resolution',
  );
  const searches = count(
    'liaison_searches_total',
    'Searches that were answered, by this office (inbound) or a neighbour (outbound)',
    'direction',
    'peer',
    'outcome',
  );
  const reviews = count('liaison_reviews_total', 'Reviews of what went past the hold', 'event');
  const crossings = count('liaison_crossings_total', 'Crossings framed or received', 'direction', 'lane', 'peer');
  const frames = count('liaison_frames_total', 'Frames made or opened', 'direction', 'lane', 'peer');
  const frameItems = size('liaison_frame_items', 'Items in a frame', 'direction');
  const linkBytes = count('liaison_link_bytes_total', 'Bytes of frames', 'direction', 'peer');
  const receipts = count('liaison_receipts_total', 'Receipts issued or received', 'direction', 'kind');
  const quarantined = count('liaison_quarantined_total', 'What came in and does not verify', 'peer', 'code');
  const duplicates = count('liaison_duplicates_total', 'Crossings that were here already', 'peer');
  const expired = count('liaison_expired_total', 'Crossings that ended by expiry', 'direction');
  const retrieved = count('liaison_retrievals_total', 'Messages that an officer opened');
  const recalls = count('liaison_recalls_total', 'Messages called back', 'direction');
  const crossingsAdded = count(
    'liaison_crossings_added_total',
    'Further crossings of messages: passed on, or with parts opened later',
    'direction',
    'occasion',
    'outcome',
  );
  const operationChanges = count(
    'liaison_operation_changes_total',
    'Joint operations that came to a state',
    'state',
    'drill',
  );
  const operationActs = count('liaison_operation_acts_total', 'Acts about joint operations', 'direction', 'action');
  const erasures = count('liaison_erasures_total', 'Bodies erased before their retention ended');
  const requestChanges = count(
    'liaison_request_changes_total',
    'Requests that came to a state',
    'peer',
    'side',
    'state',
  );
  const ofRequest = (name: string, help: string) =>
    histogram(registry, { name, help, labels: ['peer', 'side'] }, REQUEST_SECONDS);
  const acknowledged = ofRequest('liaison_request_acknowledge_seconds', 'From a request until it was acknowledged');
  const answered = ofRequest('liaison_request_answer_seconds', 'From a request until all of it was answered');
  const linkChanges = count('liaison_link_changes_total', 'Links that came up or went down', 'peer', 'state');
  const documents = count(
    'liaison_documents_installed_total',
    'Directories, agreements and bundles that came into use',
    'kind',
  );
  const region = count(
    'liaison_region_messages_total',
    'Messages told the region, received from it or withdrawn',
    'event',
  );
  const alarms = count('liaison_alarms_total', 'Alarms by code', 'code');
  const appends = time('liaison_ledger_append_seconds', 'From an append to the ledger until it is on disk');
  const appended = count('liaison_ledger_records_total', 'Records written to the ledger');
  const puts = time('liaison_content_put_seconds', 'From a put of content until it is on disk');
  const putBytes = count('liaison_content_bytes_total', 'Content written');
  const submits = time('liaison_submit_seconds', 'From a submission until its answer');
  const steps = time('liaison_step_seconds', 'Steps of a message on its way', 'step');
  const requests = time('liaison_http_request_seconds', 'Requests to the API', 'method', 'route', 'status');

  return {
    submission: (outcome) => submissions([outcome]),
    decision: (gate, outcome) => decisions([gate, outcome]),
    holdResolved: (direction, resolution) => holdsResolved([direction, resolution]),
    search: (direction, peer, outcome) => searches([direction, peerOf(peer), outcome]),
    review: (event) => reviews([event]),
    crossings: (direction, lane, peer, by = 1) => crossings([direction, lane, peerOf(peer)], by),
    frame: (direction, lane, peer, items, bytes) => {
      frames([direction, lane, peerOf(peer)]);
      frameItems([direction], items);
      linkBytes([direction, peerOf(peer)], bytes);
    },
    receipt: (direction, kind) => receipts([direction, kind]),
    quarantined: (peer, code) => quarantined([peerOf(peer), codeOf(code)]),
    duplicate: (peer) => duplicates([peerOf(peer)]),
    expired: (direction) => expired([direction]),
    retrieved: () => retrieved([]),
    recalled: (direction) => recalls([direction]),
    crossingAdded: (direction, occasion, outcome) => crossingsAdded([direction, occasion, outcome]),
    operationChanged: (state, drill) => operationChanges([state, String(drill)]),
    operationActed: (direction, action) => operationActs([direction, action]),
    erased: () => erasures([]),
    requestChanged: (peer, side, state) => requestChanges([peerOf(peer), side, state]),
    requestAcknowledged: (peer, side, durationMs) => acknowledged([peerOf(peer), side], durationMs / 1000),
    requestAnswered: (peer, side, durationMs) => answered([peerOf(peer), side], durationMs / 1000),
    linkChange: (peer, up) => linkChanges([peerOf(peer), up ? 'up' : 'down']),
    documentInstalled: (kind) => documents([kind]),
    region: (event) => region([event]),
    alarm: (code) => alarms([codeOf(code)]),
    ledgerAppend: (records, durationMs) => {
      appends([], durationMs / 1000);
      appended([], records);
    },
    contentPut: (bytes, durationMs) => {
      puts([], durationMs / 1000);
      putBytes([], bytes);
    },
    submitDuration: (durationMs) => submits([], durationMs / 1000),
    stepDuration: (step, durationMs) => steps([step], durationMs / 1000),
    http: (method, route, status, durationMs) => {
      const words = [
        METHODS.includes(method) ? method : 'other',
        ROUTE.test(route) ? route : 'other',
        statusOf(status),
      ];
      requests(words, durationMs / 1000);
    },
    watch: (source) =>
      registerState((name, help, labels, read) => gauge(registry, { name, help, labels }, read), source, peerOf),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function statusOf(status: number): string {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : 'other';
}
