import { toHex } from '../../../../services/core/foundation/index.ts';
import { DocumentKind, HoldResolution, Lane, ledgerRecordCodec, Outcome, type Proof, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { contentRef, digest, type LedgerBuilder } from './builder.ts';
import { OTHER, OWN, PEER } from './keys.ts';
import { accepted, added, type Alterations, approvedBy, decided, emergency, heldForTwo, holdResolved, notReleased, releasedByTwo, tellHistory } from './scenario.ts';

/** A head that somebody has seen, as it stands in `expected.json`. */
export interface Witness {
  readonly by: string;
  readonly chain: string;
  readonly number: number;
  readonly digest: string;
}

/** One vector: what is wrong in it, the one code that finds it and the record it is found at. */
export interface Defect {
  readonly name: string;
  readonly what: string;
  readonly code: string | null;
  readonly alter?: Alterations;
  /** Changes the records after they were chained. */
  readonly bytes?: (records: Uint8Array[], builder: LedgerBuilder) => void | Promise<void>;
  readonly witnessed?: (builder: LedgerBuilder) => readonly Witness[] | Promise<readonly Witness[]>;
}

const seen = (builder: LedgerBuilder, at: number): Witness => {
  const head = builder.heads.at(at);
  if (head === undefined) throw new Error('no such head');
  return { by: PEER, chain: toHex(builder.chain()), number: head.number, digest: toHex(head.digest) };
};
/** The last record again, changed; whatever is chained to nothing else breaks nothing else. */
const changeLast = (change: (record: ReturnType<typeof ledgerRecordCodec.decode>) => object) => (records: Uint8Array[]) => {
  const last = ledgerRecordCodec.decode(records.pop() as Uint8Array);
  records.push(ledgerRecordCodec.encode({ ...last, ...change(last) }));
};
const tampered = (proof: Proof | null): Proof => {
  if (proof === null) throw new Error('no proof');
  return { ...proof, signature: proof.signature.map((byte, at) => (at === 10 ? byte ^ 1 : byte)) };
};

/** Every vector; the first has no defect. */
export const DEFECTS: readonly Defect[] = [
  { name: 'whole', what: 'nothing is wrong; two neighbours have seen earlier states of it', code: null, witnessed: (b) => [seen(b, 3), seen(b, -1)] },

  { name: 'batch-malformed', what: 'bytes that are no batch stand behind the last record', code: 'LEDGER_BATCH_MALFORMED', bytes: (records) => void records.push(new Uint8Array()) },
  { name: 'record-malformed', what: 'the last record is not a message', code: 'LEDGER_RECORD_MALFORMED', bytes: (records) => void records.splice(-1, 1, new Uint8Array([0xff, 0xff])) },
  { name: 'event-unknown', what: 'the last record holds no event', code: 'LEDGER_EVENT_UNKNOWN', bytes: changeLast(() => ({ documentInstalled: null })) },
  { name: 'number-gap', what: 'the last record has a number too high by one', code: 'LEDGER_NUMBER_GAP', bytes: changeLast(({ number }) => ({ number: number + 1 })) },
  { name: 'previous-mismatch', what: 'the last record names another digest of the record before it', code: 'LEDGER_PREVIOUS_MISMATCH', bytes: changeLast(() => ({ previous: digest('another') })) },
  { name: 'first-not-founded', what: 'the founding record is missing, the rest is chained without it', code: 'LEDGER_FIRST_NOT_FOUNDED', alter: { founded: () => [] } },
  { name: 'founded-again', what: 'a second founding record', code: 'LEDGER_FOUNDED_AGAIN', alter: { 'newer agreement': () => [{ founded: { office: OWN, nonce: digest('again').slice(0, 16) } }] } },
  { name: 'office-mismatch', what: 'founded by another office', code: 'LEDGER_OFFICE_MISMATCH', alter: { founded: () => [{ founded: { office: OTHER, nonce: digest('nonce').slice(0, 16) } }] } },
  { name: 'time-backwards', what: 'the clock was set back by six minutes before the last record', code: 'LEDGER_TIME_BACKWARDS', alter: { 'newer agreement': (event, b) => ((b.clockMs -= 361_000), [event]) } },

  { name: 'release-without-number', what: 'a released crossing has no number', code: 'LEDGER_RELEASE_WITHOUT_NUMBER', alter: { 'newer agreement': () => [accepted(5, [decided(PEER, 0, 'crossing 5')])] } },
  { name: 'release-without-bytes', what: 'a released crossing has a number and no bytes', code: 'LEDGER_RELEASE_WITHOUT_NUMBER', alter: { 'newer agreement': () => [accepted(5, [{ ...decided(PEER, 5, ''), crossing: null }])] } },
  { name: 'release-on-wrong-lane', what: 'a released crossing has a number of the receipts lane', code: 'LEDGER_RELEASE_WITHOUT_NUMBER', alter: { 'newer agreement': () => [accepted(5, [{ ...decided(PEER, 4, 'crossing 5'), lane: Lane.RECEIPTS }])] } },
  { name: 'held-with-number', what: 'a held crossing has a number', code: 'LEDGER_NUMBER_WITHOUT_RELEASE', alter: { 'newer agreement': () => [accepted(5, [{ ...notReleased(PEER, Outcome.HELD), lane: Lane.PRIORITY, number: 5 }])] } },
  { name: 'refused-with-bytes', what: 'a refused crossing has bytes to go', code: 'LEDGER_NUMBER_WITHOUT_RELEASE', alter: { 'newer agreement': () => [accepted(5, [{ ...notReleased(PEER, Outcome.REFUSED), crossing: contentRef('crossing 5') }])] } },
  { name: 'lane-number-gap', what: 'a released crossing skips a number of its lane', code: 'LEDGER_LANE_NUMBER_GAP', alter: { 'newer agreement': () => [accepted(5, [decided(PEER, 6, 'crossing 5')])] } },
  { name: 'lane-number-twice', what: 'a released crossing has a number that was given before', code: 'LEDGER_LANE_NUMBER_GAP', alter: { 'newer agreement': () => [accepted(5, [decided(PEER, 4, 'crossing 5')])] } },
  { name: 'hold-resolved-twice', what: 'a held crossing that was released is rejected afterwards', code: 'LEDGER_HOLD_UNKNOWN', alter: { 'newer agreement': () => [holdResolved(2, PEER, HoldResolution.REJECTED, 'supervisor-1')] } },
  { name: 'release-of-refused', what: 'a crossing that was refused is released as if it had been held', code: 'LEDGER_HOLD_UNKNOWN', alter: { 'newer agreement': () => [holdResolved(1, OTHER, HoldResolution.RELEASED, 'supervisor-1', { crossing: { ...decided(OTHER, 1, 'crossing 1b', 'supervisor-1') } })] } },
  { name: 'release-unnamed', what: 'a held crossing is released and nobody stands for it', code: 'LEDGER_RELEASE_UNNAMED', alter: { release: () => [holdResolved(2, PEER, HoldResolution.RELEASED, '', { crossing: decided(PEER, 2, 'crossing 2') })] } },
  { name: 'release-by-another', what: 'the release names another person than its decision', code: 'LEDGER_RELEASE_UNNAMED', alter: { release: () => [holdResolved(2, PEER, HoldResolution.RELEASED, 'supervisor-1', { crossing: decided(PEER, 2, 'crossing 2', 'supervisor-9') })] } },
  { name: 'added', what: 'nothing: a message of another office was passed on, and once the gate refused it', code: null, alter: { 'newer agreement': () => [added('officer-2', decided(PEER, 5, 'crossing 9')), added('officer-2', notReleased(OTHER, Outcome.REFUSED))] } },
  { name: 'added-unnamed', what: 'a message was passed on and nobody stands for it', code: 'LEDGER_RELEASE_UNNAMED', alter: { 'newer agreement': () => [added('', decided(PEER, 5, 'crossing 9'))] } },
  { name: 'added-refused-with-bytes', what: 'what the gate did not let go on has bytes to go', code: 'LEDGER_NUMBER_WITHOUT_RELEASE', alter: { 'newer agreement': () => [added('officer-2', { ...notReleased(PEER, Outcome.REFUSED), crossing: contentRef('crossing 9') })] } },
  { name: 'added-number-gap', what: 'what was passed on skips a number of its lane', code: 'LEDGER_LANE_NUMBER_GAP', alter: { 'newer agreement': () => [added('officer-2', decided(PEER, 6, 'crossing 9'))] } },
  { name: 'two-persons', what: 'nothing: two persons of different roles released what takes two', code: null, alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', 'supervisor-1')] } },
  { name: 'two-persons-one-missing', what: 'one person released what takes two', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', '')] } },
  { name: 'two-persons-first-invented', what: 'the release names a first person who is not on record', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', 'supervisor-1')] } },
  { name: 'two-persons-same-person', what: 'one person approved and released what takes two', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'supervisor-1', 'oversight', 'shown', 'supervisor-1')] } },
  { name: 'two-persons-same-role', what: 'two persons of one role released what takes two', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'supervisor-2', 'supervisor', 'shown', 'supervisor-1')] } },
  { name: 'two-persons-other-bytes', what: 'the second person was shown something else than the first', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'something else', 'supervisor-1')] } },
  { name: 'two-persons-other-first', what: 'the release names another first person than approved it', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', 'supervisor-2')] } },
  { name: 'two-persons-lapsed', what: 'the first person approved what somebody else approved differently afterwards', code: 'LEDGER_RELEASE_UNAPPROVED', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'supervisor-1', 'supervisor', 'shown'), approvedBy(5, PEER, 'supervisor-3', 'supervisor', 'something else'), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', 'supervisor-1')] } },
  { name: 'approved-by-author', what: 'who submitted it approved its release', code: 'LEDGER_RELEASE_BY_AUTHOR', alter: { 'newer agreement': () => [accepted(5, [heldForTwo(PEER)]), approvedBy(5, PEER, 'officer-1', 'supervisor', 'shown'), releasedByTwo(5, PEER, 5, 'oversight-1', 'oversight', 'shown', 'officer-1')] } },
  { name: 'approval-of-nothing', what: 'a release is approved of what does not wait', code: 'LEDGER_HOLD_UNKNOWN', alter: { 'newer agreement': () => [approvedBy(1, PEER, 'supervisor-1', 'supervisor', 'shown')] } },
  { name: 'release-by-author', what: 'who submitted it released it', code: 'LEDGER_RELEASE_BY_AUTHOR', alter: { release: () => [holdResolved(2, PEER, HoldResolution.RELEASED, 'officer-1', { crossing: decided(PEER, 2, 'crossing 2', 'officer-1') })] } },
  { name: 'emergency', what: 'nothing: the author sent it past the hold for a reason', code: null, alter: { 'newer agreement': () => [emergency(5, 'officer-1', 'a boat sinks')] } },
  { name: 'emergency-without-reason', what: 'it went past the hold and nobody says why', code: 'LEDGER_EMERGENCY_UNFOUNDED', alter: { 'newer agreement': () => [emergency(5, 'officer-1', '')] } },
  { name: 'emergency-of-another', what: 'it went past the hold in the name of somebody who did not submit it', code: 'LEDGER_EMERGENCY_UNFOUNDED', alter: { 'newer agreement': () => [emergency(5, 'officer-2', 'a boat sinks')] } },
  {
    name: 'release-undecided',
    what: 'a held crossing is released although the gate holds it still',
    code: 'LEDGER_RELEASE_UNDECIDED',
    alter: { expiry: () => [holdResolved(2, OTHER, HoldResolution.RELEASED, 'supervisor-1', { crossing: { ...notReleased(OTHER, Outcome.HELD) } })] },
  },

  { name: 'frame-malformed', what: 'a frame whose header is not a message', code: 'LEDGER_FRAME_MALFORMED', alter: { 'newer agreement': () => [{ frameSealed: { header: new Uint8Array([0xff]) } }] } },
  {
    name: 'frame-of-another-ledger',
    what: 'a frame names another ledger as the one it is recorded in',
    code: 'LEDGER_FRAME_FOREIGN',
    alter: { 'first frame': async (_event, b) => [{ frameSealed: await b.frame(PEER, Lane.PRIORITY, 1, 1, { chain: digest('other').slice(0, 16), previous: new Uint8Array() }) }] },
  },
  {
    name: 'frame-of-another-office',
    what: 'a frame that another office sealed stands as this one\'s',
    code: 'LEDGER_FRAME_FOREIGN',
    alter: { 'newer agreement': async (_event, b) => [accepted(5, [decided(OTHER, 1, 'crossing 5')]), { frameSealed: await b.frame(OTHER, Lane.PRIORITY, 1, 1, { from: PEER, chain: b.chain() }) }] },
  },
  {
    name: 'frame-unchained',
    what: 'a frame names another frame as the one before it',
    code: 'LEDGER_FRAME_UNCHAINED',
    alter: { 'frame after the gap': async (_event, b) => [{ frameSealed: await b.frame(PEER, Lane.PRIORITY, 4, 4, { previous: digest('other') }) }] },
  },
  { name: 'frame-gap', what: 'a frame leaves out a number whose crossing did not expire', code: 'LEDGER_FRAME_GAP', alter: { 'third expired': () => [] } },
  {
    name: 'frame-repeated',
    what: 'a second frame holds a number that was sealed before',
    code: 'LEDGER_FRAME_GAP',
    alter: { 'newer agreement': async (_event, b) => [{ frameSealed: await b.frame(PEER, Lane.PRIORITY, 4, 4) }] },
  },
  {
    name: 'frame-of-held',
    what: 'a frame holds the number of a crossing that is held still',
    code: 'LEDGER_FRAME_UNDECIDED',
    alter: { release: () => [], 'second frame': (event) => [event, holdResolved(2, PEER, HoldResolution.RELEASED, 'supervisor-1', { crossing: decided(PEER, 2, 'crossing 2', 'supervisor-1') })] },
  },
  { name: 'frame-before-decision', what: 'a frame stands before the decision that let its number go', code: 'LEDGER_FRAME_UNDECIDED', alter: { 'newer agreement': async (_event, b) => [{ frameSealed: await b.frame(PEER, Lane.PRIORITY, 5, 5) }, accepted(5, [decided(PEER, 5, 'crossing 5')])] } },
  { name: 'relayed-unsealed', what: 'a frame was relayed that was not sealed', code: 'LEDGER_RELAYED_UNSEALED', alter: { 'first relayed': () => [{ frameRelayed: { to: PEER, lane: Lane.PRIORITY, last: 2 } }] } },

  { name: 'received-unframed', what: 'crossings arrived without the frame they came in', code: 'LEDGER_RECEIVED_UNFRAMED', alter: { 'frame arrived': () => [], 'held crossing arrived': () => [], 'inbound release': () => [], 'delivery receipt after release': async (_e, b) => [{ receiptIssued: { receipt: await b.receipt(OWN, PEER, ReceiptKind.RELAY_ACCEPTANCE, PEER, 12, 'arrived 12'), number: 2 } }], 'failed crossing arrived': () => [] } },
  { name: 'received-outside-frame', what: 'a crossing arrived under a number that its frame does not hold', code: 'LEDGER_RECEIVED_UNFRAMED', alter: { 'failed crossing arrived': (event) => [{ crossingReceived: { ...('crossingReceived' in event ? event.crossingReceived : {}), number: 4 } }] } },
  { name: 'received-in-another-frame', what: 'a crossing names another frame as the one it came in', code: 'LEDGER_RECEIVED_UNFRAMED', alter: { 'failed crossing arrived': (event) => [{ crossingReceived: { ...('crossingReceived' in event ? event.crossingReceived : {}), frameDigest: digest('another') } }] } },
  { name: 'receipt-unframed', what: 'a receipt arrived without the frame it came in', code: 'LEDGER_RECEIVED_UNFRAMED', alter: { 'receipts frame arrived': () => [] } },
  { name: 'received-twice', what: 'a number of the neighbour\'s lane is recorded twice', code: 'LEDGER_RECEIVED_TWICE', alter: { 'failed crossing arrived': (event) => [event, event] } },
  { name: 'receipt-received-twice', what: 'a receipt is recorded twice', code: 'LEDGER_RECEIVED_TWICE', alter: { 'delivery receipt arrived': (event) => [event, event] } },
  { name: 'received-undecided', what: 'a crossing that arrived has neither decision nor failure', code: 'LEDGER_RECEIVED_UNDECIDED', alter: { 'failed crossing arrived': (event) => [{ crossingReceived: { ...('crossingReceived' in event ? event.crossingReceived : {}), failure: '' } }] } },
  { name: 'received-decided-and-failed', what: 'a crossing that failed a check was decided all the same', code: 'LEDGER_RECEIVED_UNDECIDED', alter: { 'crossing arrived': (event) => [{ crossingReceived: { ...('crossingReceived' in event ? event.crossingReceived : {}), failure: 'ENVELOPE_SIGNATURE_INVALID' } }] } },
  { name: 'delivered-while-held', what: 'a delivery is receipted for a crossing that is held', code: 'LEDGER_DELIVERY_UNDECIDED', alter: { 'inbound release': () => [] } },

  { name: 'receipt-malformed', what: 'a receipt is not a message', code: 'LEDGER_RECEIPT_MALFORMED', alter: { 'newer agreement': () => [{ receiptIssued: { receipt: { receipt: new Uint8Array([0xff]) } } }] } },
  {
    name: 'receipt-of-another',
    what: 'a receipt that another office issued stands as this one\'s',
    code: 'LEDGER_RECEIPT_FOREIGN',
    alter: { 'newer agreement': async (_event, b) => [{ receiptIssued: { receipt: await b.receipt(PEER, OWN, ReceiptKind.RETRIEVAL, OWN, 1, 'crossing 1', { head: b.head() }) } }] },
  },
  {
    name: 'receipt-for-another',
    what: 'a receipt that arrived is addressed to another office',
    code: 'LEDGER_RECEIPT_FOREIGN',
    alter: { 'delivery receipt arrived': async (_event, b) => [{ receiptReceived: { receipt: await b.receipt(PEER, OTHER, ReceiptKind.DELIVERY, OWN, 1, 'crossing 1'), from: PEER, number: 1, chain: digest('chain of another').slice(0, 16) } }] },
  },
  { name: 'receipt-number-gap', what: 'a receipt skips a number of its lane', code: 'LEDGER_LANE_NUMBER_GAP', alter: { 'newer agreement': async (_event, b) => [{ receiptIssued: { receipt: await b.receipt(OWN, PEER, ReceiptKind.RETRIEVAL, PEER, 11, 'arrived 11'), number: 5 } }] } },
  {
    name: 'receipt-head-mismatch',
    what: 'a receipt names a state that this ledger never had',
    code: 'LEDGER_RECEIPT_HEAD_MISMATCH',
    alter: { 'first submission receipt': async (_event, b) => [{ receiptIssued: { receipt: await b.receipt(OWN, OWN, ReceiptKind.SUBMISSION_ACCEPTANCE, OWN, 1, '', { head: { number: 2, digest: digest('another') } }) } }] },
  },
  {
    name: 'receipt-head-in-future',
    what: 'a receipt names a record that comes after it',
    code: 'LEDGER_RECEIPT_HEAD_MISMATCH',
    alter: { 'first submission receipt': async (_event, b) => [{ receiptIssued: { receipt: await b.receipt(OWN, OWN, ReceiptKind.SUBMISSION_ACCEPTANCE, OWN, 1, '', { head: { number: 9, digest: digest('another') } }) } }] },
  },
  { name: 'frame-signature-invalid', what: 'one bit of a frame\'s signature is flipped', code: 'LEDGER_SIGNATURE_INVALID', alter: { 'second frame': (event) => ('frameSealed' in event && event.frameSealed !== undefined ? [{ frameSealed: { ...event.frameSealed, proof: tampered(event.frameSealed.proof as Proof) } }] : []) } },
  { name: 'arrived-signature-missing', what: 'a frame that arrived has no signature', code: 'LEDGER_SIGNATURE_INVALID', alter: { 'frame arrived': (event) => ('frameReceived' in event ? [{ frameReceived: { ...event.frameReceived, proof: null } }] : []) } },
  {
    name: 'receipt-signed-by-another',
    what: 'a receipt is signed by another office than its issuer',
    code: 'LEDGER_SIGNATURE_INVALID',
    alter: {
      'delivery receipt arrived': async (event, b) => {
        const other = await b.receipt(OTHER, OWN, ReceiptKind.DELIVERY, OWN, 1, 'crossing 1');
        return 'receiptReceived' in event && event.receiptReceived !== undefined ? [{ receiptReceived: { ...event.receiptReceived, receipt: { receipt: event.receiptReceived.receipt?.receipt ?? new Uint8Array(), proof: other.proof } } }] : [];
      },
    },
  },

  { name: 'document-rollback', what: 'an agreement goes back to an earlier version', code: 'LEDGER_DOCUMENT_ROLLBACK', alter: { 'newer agreement': (event) => [event, { documentInstalled: { kind: DocumentKind.AGREEMENT, id: 'mou-la-th-2026', version: 1, digest: digest('agreement') } }] } },
  { name: 'document-forked', what: 'another text of the same version of an agreement comes into use', code: 'LEDGER_DOCUMENT_FORKED', alter: { 'newer agreement': (event) => [event, { documentInstalled: { kind: DocumentKind.AGREEMENT, id: 'mou-la-th-2026', version: 2, digest: digest('another text') } }] } },

  { name: 'truncated', what: 'the last three records are cut off; a neighbour has seen the last one', code: 'LEDGER_HEAD_MISSING', bytes: (records) => void records.splice(-3), witnessed: (b) => [seen(b, -1)] },
  {
    name: 'rewritten',
    what: 'the second message was left out and everything after it chained anew; a neighbour has seen the history as it was',
    code: 'LEDGER_HEAD_DIFFERS',
    alter: { 'newer agreement': () => [{ messageRetrieved: { origin: PEER, envelopeId: '019531a0-0000-7000-8000-000000000011', by: 'officer-3' } }] },
    witnessed: async () => [seen(await tellHistory(), -1)],
  },
  {
    name: 'founded-anew',
    what: 'the office began another ledger; a neighbour has seen the one before',
    code: 'LEDGER_CHAIN_DIFFERS',
    witnessed: (b) => [{ ...seen(b, -1), chain: toHex(digest('the ledger before')).slice(0, 32) }],
  },
];
