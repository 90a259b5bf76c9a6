import type { Key } from '../i18n/catalogue.ts';

/** A step of a message's custody, as the office answers it. */
export interface TimelineStep {
  readonly at: string;
  readonly event: string;
  readonly office: string;
  readonly peer: string | null;
  readonly detail: string;
  readonly recordedAt: string;
}

/** A sentence that can be read aloud: `at` stands in it to the second. */
export interface Sentence {
  readonly key: Key;
  readonly values: Readonly<Record<string, string>>;
  readonly at: string;
  /** When this office had it on record, where that is another time: by this office's own clock. */
  readonly recordedAt?: string;
  /** What the other office gave as its reason: a code or its own words. */
  readonly reason?: string;
}

/** Clocks of two offices that differ by less say the same. */
const SAME_MS = 2000;

/** What is said of one step of a message that this office said (`outbound`) or received (`inbound`). */
export function timelineSentence(step: TimelineStep, direction: 'outbound' | 'inbound'): Sentence {
  const { at, event, office, peer, detail, recordedAt } = step;
  const isLater = Math.abs(Date.parse(recordedAt) - Date.parse(at)) >= SAME_MS;
  const base = { at, ...(isLater ? { recordedAt } : {}) };
  const values = { office, peer: peer ?? office };
  const out = direction === 'outbound';
  switch (event) {
    case 'accepted':
      return { ...base, key: 'timeline.accepted', values: { ...values, by: detail } };
    case 'received':
      return { ...base, key: 'timeline.received', values: { ...values, number: numberOf(detail) } };
    case 'decided': {
      const [outcome = '', reason] = detail.split(' ');
      const key = out ? OUTBOUND_DECISIONS[outcome] : INBOUND_DECISIONS[outcome];
      return { ...base, key: key ?? 'timeline.other', values: { ...values, event }, ...reasonOf(reason ?? '') };
    }
    case 'held':
      return { ...base, key: 'timeline.held', values: { ...values, rules: detail.split(' ').join(', ') } };
    case 'approved':
      return { ...base, key: 'timeline.approved', values: { ...values, by: detail } };
    case 'released':
      return { ...base, key: 'timeline.released', values: { ...values, by: detail } };
    case 'rejected':
      return { ...base, key: 'timeline.rejected', values: { ...values, by: detail } };
    case 'expired':
      return { ...base, key: 'timeline.expired', values };
    case 'framed':
      return { ...base, key: 'timeline.framed', values: { ...values, number: numberOf(detail) } };
    case 'relayed':
      return { ...base, key: 'timeline.relayed', values };
    case 'relay-accepted':
      return { ...base, key: 'timeline.relayAccepted', values };
    case 'relay-failed':
      return { ...base, key: 'timeline.relayFailed', values, ...reasonOf(detail) };
    case 'delivered':
      return { ...base, key: out ? 'timeline.deliveredThere' : 'timeline.deliveredHere', values };
    case 'not-delivered':
      return { ...base, key: 'timeline.notDelivered', values, ...reasonOf(detail) };
    case 'retrieved':
      return out
        ? { ...base, key: 'timeline.retrievedThere', values }
        : { ...base, key: 'timeline.retrievedHere', values: { ...values, by: detail } };
    case 'not-retrieved':
      return { ...base, key: 'timeline.notRetrieved', values, ...reasonOf(detail) };
    default:
      return { ...base, key: 'timeline.other', values: { ...values, event }, ...reasonOf(detail) };
  }
}

const OUTBOUND_DECISIONS: Readonly<Record<string, Key>> = {
  released: 'timeline.decidedOut.released',
  held: 'timeline.decidedOut.held',
  refused: 'timeline.decidedOut.refused',
};
const INBOUND_DECISIONS: Readonly<Record<string, Key>> = {
  released: 'timeline.decidedIn.released',
  held: 'timeline.decidedIn.held',
  refused: 'timeline.decidedIn.refused',
};

/** The number in `number 12`. */
function numberOf(detail: string): string {
  return /^number (\d+)$/.exec(detail)?.[1] ?? '';
}

function reasonOf(reason: string): { readonly reason?: string } {
  return reason === '' ? {} : { reason };
}
