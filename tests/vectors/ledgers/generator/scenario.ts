import type { OfficeId } from '../../../../services/core/foundation/index.ts';
import { Direction, DocumentKind, HoldResolution, Lane, MessageKind, Outcome, Precedence, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { type AnyEvent, contentRef, digest, envelopeId, LedgerBuilder, NOON } from './builder.ts';
import { OTHER, OWN, PEER } from './keys.ts';

/** The steps of the history that every vector tells, by name; a defect changes, replaces or leaves out one of them. */
export type StepName =
  | 'founded'
  | 'agreement'
  | 'first message'
  | 'first submission receipt'
  | 'first frame'
  | 'first relayed'
  | 'receipts frame arrived'
  | 'delivery receipt arrived'
  | 'second message'
  | 'release'
  | 'expiry'
  | 'second frame'
  | 'third message'
  | 'third expired'
  | 'fourth message'
  | 'frame after the gap'
  | 'head witnessed'
  | 'frame arrived'
  | 'crossing arrived'
  | 'delivery receipt'
  | 'held crossing arrived'
  | 'inbound release'
  | 'delivery receipt after release'
  | 'failed crossing arrived'
  | 'failure receipt'
  | 'own receipts frame'
  | 'retrieved'
  | 'newer agreement';

export type Alter = (event: AnyEvent, builder: LedgerBuilder) => Promise<readonly AnyEvent[]> | readonly AnyEvent[];
export type Alterations = Partial<Record<StepName, Alter>>;

export const decided = (to: OfficeId, number: number, label: string, releasedBy = '') => ({
  to,
  scope: 'la-houayxay--th-chiang-khong',
  agreement: { id: 'mou-la-th-2026', version: 1, digest: digest('agreement'), article: '4' },
  decision: { outcome: Outcome.RELEASED, policies: ['baseline.release'], decidedMs: NOON, releasedBy },
  crossing: contentRef(label),
  lane: Lane.PRIORITY,
  number,
});
export const notReleased = (to: OfficeId, outcome: Outcome) => ({
  to,
  scope: to === PEER ? 'la-houayxay--th-chiang-khong' : 'mm-tachileik--th-chiang-khong',
  decision: { outcome, policies: ['th.persons-for-review'], decidedMs: NOON },
});
export const accepted = (n: number, crossings: readonly object[]): AnyEvent =>
  ({
    messageAccepted: {
      envelopeId: envelopeId(n),
      envelopeDigest: digest(`envelope ${n}`),
      kind: MessageKind.ALERT,
      precedence: Precedence.PRIORITY,
      createdMs: NOON,
      expiresMs: NOON + 86_400_000,
      submittedBy: 'officer-1',
      content: contentRef(`own ${n}`),
      crossings,
    },
  }) as AnyEvent;
/** One more crossing: passed on to a third office, or with parts that are opened later. */
export const added = (by: string, crossing: object): AnyEvent =>
  ({
    crossingAdded: {
      origin: PEER,
      envelopeId: envelopeId(9),
      envelopeDigest: digest('envelope 9'),
      kind: MessageKind.ALERT,
      precedence: Precedence.PRIORITY,
      createdMs: NOON,
      expiresMs: NOON + 86_400_000,
      occasion: 1,
      by,
      reason: 'same gang',
      crossing,
    },
  }) as AnyEvent;
/** Sent past the hold. */
export const emergency = (n: number, releasedBy: string, reason: string): AnyEvent => {
  const sent = accepted(n, [decided(PEER, n, `crossing ${n}`, releasedBy)]) as { readonly messageAccepted: object };
  return { messageAccepted: { ...sent.messageAccepted, emergency: reason } } as AnyEvent;
};
/** Held until two persons release it. */
export const heldForTwo = (to: OfficeId) => {
  const held = notReleased(to, Outcome.HELD);
  return { ...held, decision: { ...held.decision, releasesNeeded: 2 } };
};
export const approvedBy = (n: number, peer: OfficeId, by: string, role: string, shown: string): AnyEvent =>
  ({ holdApproved: { direction: Direction.OUTBOUND, origin: OWN, envelopeId: envelopeId(n), peer, by, role, reason: 'seen', shown: digest(shown) } }) as AnyEvent;
/** The second of two persons lets it go. */
export const releasedByTwo = (n: number, peer: OfficeId, number: number, by: string, role: string, shown: string, first: string): AnyEvent => {
  const crossing = decided(peer, number, `crossing ${n}`, by);
  const both = { ...crossing, decision: { ...crossing.decision, approvedBy: first } };
  return holdResolved(n, peer, HoldResolution.RELEASED, by, { role, shown: digest(shown), crossing: both });
};
export const holdResolved = (n: number, peer: OfficeId, resolution: HoldResolution, by: string, more: object = {}): AnyEvent =>
  ({ holdResolved: { direction: Direction.OUTBOUND, origin: OWN, envelopeId: envelopeId(n), peer, resolution, by, ...more } }) as AnyEvent;
const arrived = (frameDigest: Uint8Array, number: number, n: number, more: object): AnyEvent =>
  ({
    crossingReceived: {
      from: PEER,
      scope: 'la-houayxay--th-chiang-khong',
      lane: Lane.FLASH,
      number,
      crossingDigest: digest(`arrived ${n}`),
      origin: PEER,
      envelopeId: envelopeId(n),
      envelopeDigest: digest(`envelope ${n}`),
      kind: MessageKind.ALERT,
      precedence: Precedence.FLASH,
      createdMs: NOON,
      expiresMs: NOON + 86_400_000,
      frameDigest,
      chain: digest('chain of another').slice(0, 16),
      ...more,
    },
  }) as AnyEvent;
const chainOfPeer = digest('chain of another').slice(0, 16);
const gate = (outcome: Outcome, releasedBy = '') => ({ outcome, policies: ['baseline.admit'], decidedMs: NOON, releasedBy });

/** One office's history with something of everything, altered where a defect says so. */
export async function tellHistory(alterations: Alterations = {}): Promise<LedgerBuilder> {
  const b = new LedgerBuilder();
  const step = async (name: StepName, event: AnyEvent): Promise<void> => {
    for (const altered of (await alterations[name]?.(event, b)) ?? [event]) b.add(altered);
  };
  const sealed = async (name: StepName, lane: Lane, first: number, last: number): Promise<void> => {
    const { header, proof } = await b.frame(PEER, lane, first, last);
    await step(name, { frameSealed: { header, proof } });
  };
  const issued = async (name: StepName, kind: ReceiptKind, to: OfficeId, origin: OfficeId, n: number, about: string, number: number): Promise<void> =>
    step(name, { receiptIssued: { receipt: await b.receipt(OWN, to, kind, origin, n, about), number } });

  await step('founded', { founded: { office: OWN, nonce: digest('nonce').slice(0, 16) } });
  await step('agreement', { documentInstalled: { kind: DocumentKind.AGREEMENT, id: 'mou-la-th-2026', version: 1, digest: digest('agreement') } });

  await step('first message', accepted(1, [decided(PEER, 1, 'crossing 1'), notReleased(OTHER, Outcome.REFUSED)]));
  await issued('first submission receipt', ReceiptKind.SUBMISSION_ACCEPTANCE, OWN, OWN, 1, '', 0);
  await sealed('first frame', Lane.PRIORITY, 1, 1);
  await step('first relayed', { frameRelayed: { to: PEER, lane: Lane.PRIORITY, last: 1 } });
  const theirReceipts = await b.frame(OWN, Lane.RECEIPTS, 1, 1, { from: PEER });
  await step('receipts frame arrived', { frameReceived: { header: theirReceipts.header, proof: theirReceipts.proof } });
  const delivered = await b.receipt(PEER, OWN, ReceiptKind.DELIVERY, OWN, 1, 'crossing 1');
  await step('delivery receipt arrived', { receiptReceived: { receipt: delivered, from: PEER, number: 1, chain: chainOfPeer } });

  await step('second message', accepted(2, [notReleased(PEER, Outcome.HELD), notReleased(OTHER, Outcome.HELD)]));
  await step('release', holdResolved(2, PEER, HoldResolution.RELEASED, 'supervisor-1', { crossing: decided(PEER, 2, 'crossing 2', 'supervisor-1') }));
  await step('expiry', holdResolved(2, OTHER, HoldResolution.EXPIRED, ''));
  await sealed('second frame', Lane.PRIORITY, 2, 2);

  await step('third message', accepted(3, [decided(PEER, 3, 'crossing 3')]));
  await issued('third expired', ReceiptKind.NON_DELIVERY, PEER, OWN, 3, 'crossing 3', 0);
  await step('fourth message', accepted(4, [decided(PEER, 4, 'crossing 4')]));
  await sealed('frame after the gap', Lane.PRIORITY, 4, 4);
  await step('head witnessed', { headWitnessed: { office: PEER, chain: chainOfPeer, head: { number: 77, digest: digest('head 77') } } });

  const theirs = await b.frame(OWN, Lane.FLASH, 1, 3, { from: PEER });
  await step('frame arrived', { frameReceived: { header: theirs.header, proof: theirs.proof } });
  await step('crossing arrived', arrived(theirs.digest, 1, 11, { decision: gate(Outcome.RELEASED) }));
  await issued('delivery receipt', ReceiptKind.DELIVERY, PEER, PEER, 11, 'arrived 11', 1);
  await step('held crossing arrived', arrived(theirs.digest, 2, 12, { decision: gate(Outcome.HELD) }));
  const inbound = { direction: Direction.INBOUND, origin: PEER, decision: gate(Outcome.RELEASED, 'supervisor-2') };
  await step('inbound release', holdResolved(12, PEER, HoldResolution.RELEASED, 'supervisor-2', inbound));
  await issued('delivery receipt after release', ReceiptKind.DELIVERY, PEER, PEER, 12, 'arrived 12', 2);
  await step('failed crossing arrived', arrived(theirs.digest, 3, 13, { failure: 'ENVELOPE_SIGNATURE_INVALID' }));
  await issued('failure receipt', ReceiptKind.RELAY_FAILURE, PEER, PEER, 13, 'arrived 13', 3);
  await sealed('own receipts frame', Lane.RECEIPTS, 1, 3);
  await step('retrieved', { messageRetrieved: { origin: PEER, envelopeId: envelopeId(11), by: 'officer-2' } });
  await step('newer agreement', { documentInstalled: { kind: DocumentKind.AGREEMENT, id: 'mou-la-th-2026', version: 2, digest: digest('agreement 2') } });
  return b;
}
