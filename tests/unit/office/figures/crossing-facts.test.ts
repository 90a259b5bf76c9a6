import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import type { AddedCopy, ReceiptView, TriageView } from '../../../../services/core/ledger/index.ts';
import {
  CrimeArea,
  CrossingOccasion,
  DataCategory,
  HoldResolution,
  MessageKind,
  Outcome,
  ReceiptKind,
  TriageOutcome,
} from '../../../../services/core/wire/index.ts';
import { type CountedProjection, crossingFacts } from '../../../../services/office/figures/crossing-facts.ts';
import type { CrossingFact } from '../../../../services/office/figures/types.ts';
import { copyTo, decision, inbound, NOW, OTHER, outbound, PEER } from '../fake-office.ts';

const at = (ms: number): EpochMs => (NOW + ms) as EpochMs;

function receipt(kind: ReceiptKind, ms: number): ReceiptView {
  return { kind, issuer: PEER, atMs: at(ms + 5_000), relayedMs: 0, reason: '', recordedMs: at(ms), record: 9 };
}

type Message = ReturnType<typeof outbound> | ReturnType<typeof inbound>;

function factsOf(
  message: Message,
  more: { readonly added?: readonly AddedCopy[]; readonly triage?: TriageView; readonly asOf?: EpochMs } = {},
): readonly CrossingFact[] {
  const key = `${message.origin}/${message.id}`;
  const projection = {
    outbound: new Map(message.direction === 'outbound' ? [[key, message]] : []),
    inbound: new Map(message.direction === 'inbound' ? [[key, message]] : []),
    added: { of: () => more.added ?? [] },
    triage: { of: () => more.triage },
  } as unknown as CountedProjection;
  return [...crossingFacts(projection, more.asOf === undefined ? undefined : () => more.asOf)].flat();
}

const HELD = decision(Outcome.HELD, { policies: ['th.person', 'th.minor'] });
const waited = (resolution: HoldResolution, ms: number) => ({
  decision: HELD,
  resolution,
  by: 'supervisor-1',
  role: 'supervisor',
  reason: '',
  atMs: at(ms),
});

describe('crossingFacts', () => {
  it('has one fact for each office that a message was for, by codes and times of the ledger', () => {
    const copies = [copyTo(PEER, Outcome.RELEASED), copyTo(OTHER, Outcome.REFUSED)];
    const facts = factsOf(outbound(1, copies, { crimeArea: CrimeArea.DRUGS, emergency: 'Boat sinks' }));
    expect(facts.map(({ peer, outcome }) => [peer, outcome])).toEqual([
      [PEER, 'under-way'],
      [OTHER, 'refused'],
    ]);
    expect(facts[0]).toMatchObject({
      direction: 'outbound',
      kind: 'MESSAGE_KIND_ALERT',
      precedence: 'PRECEDENCE_ROUTINE',
      crimeArea: 'CRIME_AREA_DRUGS',
      emergency: true,
      atMs: at(1),
      triage: null,
    });
  });

  it('says that no crime area is on record', () => {
    expect(factsOf(inbound(1, { crimeArea: CrimeArea.UNSPECIFIED }))[0]?.crimeArea).toBeNull();
  });

  it("measures from the release until the receipt was on record here, whatever the neighbour's clock says", () => {
    const receipts = [receipt(ReceiptKind.DELIVERY, 2_000), receipt(ReceiptKind.RETRIEVAL, 60_000)];
    const [fact] = factsOf(outbound(1, [copyTo(PEER, Outcome.RELEASED, { receipts })]));
    expect(fact).toMatchObject({ outcome: 'opened', toDeliverMs: 2_000, toOpenMs: 60_000 });
  });

  it('names the policies that withheld a part, and those that refused all of it', () => {
    const withheld = [{ category: DataCategory.BIOMETRIC, policies: ['th.a', 'th.b'], parts: [1] }];
    const part = decision(Outcome.RELEASED, { withheld });
    const whole = decision(Outcome.REFUSED, { policies: ['la.no'], withheld });
    expect(factsOf(outbound(1, [copyTo(PEER, Outcome.RELEASED, { decision: part })]))[0]).toMatchObject({
      withheld: true,
      withheldBy: ['th.a', 'th.b'],
      refusedBy: [],
    });
    expect(factsOf(inbound(1, { decision: whole, deliveredMs: null }))[0]).toMatchObject({
      outcome: 'refused',
      withheld: false,
      withheldBy: [],
      refusedBy: ['la.no'],
    });
  });

  it('names the code where no policy was asked', () => {
    const none = decision(Outcome.REFUSED, { policies: [], reason: 'AGREEMENT_EXPIRED' });
    expect(factsOf(outbound(1, [copyTo(PEER, Outcome.REFUSED, { decision: none })]))[0]?.refusedBy).toEqual([
      'AGREEMENT_EXPIRED',
    ]);
  });

  it.each([
    [HoldResolution.RELEASED, 'released', 'under-way', { releasedMs: at(9_000), decision: decision(Outcome.RELEASED) }],
    [HoldResolution.REJECTED, 'rejected', 'rejected', {}],
    [HoldResolution.EXPIRED, 'expired', 'expired', {}],
  ] as const)('says how a hold ended and how long it took: %s', (resolution, state, outcome, more) => {
    const copy = copyTo(PEER, Outcome.HELD, { decision: HELD, hold: waited(resolution, 9_000), ...more });
    const [fact] = factsOf(outbound(1, [copy]));
    expect(fact).toMatchObject({ outcome, hold: { state, policies: ['th.person', 'th.minor'], waitedMs: 9_000 } });
  });

  it('says that it waits', () => {
    const [fact] = factsOf(inbound(1, { decision: HELD, deliveredMs: null }));
    expect(fact).toMatchObject({ outcome: 'held', hold: { state: 'waiting', waitedMs: null } });
  });

  it('counts what was passed on, and not what was opened later', () => {
    const copy = (occasion: CrossingOccasion): AddedCopy =>
      ({ ...copyTo(OTHER, Outcome.RELEASED), occasion, addedMs: at(50) }) as AddedCopy;
    const added = [copy(CrossingOccasion.ONWARD), copy(CrossingOccasion.SUPPLEMENT), copy(CrossingOccasion.HISTORY)];
    const facts = factsOf(inbound(1), { added });
    expect(facts.map(({ direction, peer, atMs }) => [direction, peer, atMs])).toEqual([
      ['inbound', PEER, at(1)],
      ['outbound', OTHER, at(50)],
    ]);
  });

  it('leaves out what nodes say to serve what people said', () => {
    expect(factsOf(inbound(1, { kind: MessageKind.ATTACHMENT_CHUNK }))).toEqual([]);
    expect(factsOf(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { kind: MessageKind.OPERATION_GAP }))).toEqual([]);
  });

  it('says how the message stands with the officers, once it was delivered', () => {
    const closed: TriageView = {
      steps: [],
      assignee: '',
      caseReference: '',
      closed: { by: 'officer-1', atMs: at(7_001), outcome: TriageOutcome.SEIZURE },
      restrictedTo: [],
      notes: 0,
    };
    const facts = [undefined, { ...closed, closed: null }, closed].map(
      (triage) => factsOf(inbound(1), triage === undefined ? {} : { triage })[0]?.triage,
    );
    expect(facts).toEqual([
      { state: 'untouched', outcome: null, toCloseMs: null },
      { state: 'in-work', outcome: null, toCloseMs: null },
      { state: 'closed', outcome: 'TRIAGE_OUTCOME_SEIZURE', toCloseMs: 7_000 },
    ]);
    expect(factsOf(inbound(1, { decision: HELD, deliveredMs: null }))[0]?.triage).toBeNull();
  });

  it('tells how it stood at a moment, by what was on record then', () => {
    const receipts = [receipt(ReceiptKind.DELIVERY, 2_000), receipt(ReceiptKind.RETRIEVAL, 60_000)];
    const sent = outbound(1, [copyTo(PEER, Outcome.RELEASED, { receipts })]);
    expect(factsOf(sent, { asOf: at(59_999) })[0]).toMatchObject({ outcome: 'delivered', toOpenMs: null });
    expect(factsOf(sent, { asOf: at(1_999) })[0]).toMatchObject({ outcome: 'under-way', toDeliverMs: null });
    const read = inbound(1, { retrievals: [{ by: 'officer-1', atMs: at(10) }] });
    expect(factsOf(read, { asOf: at(9) })[0]).toMatchObject({ outcome: 'delivered', toOpenMs: null });
    expect(factsOf(read, { asOf: at(10) })[0]).toMatchObject({ outcome: 'opened', toOpenMs: 9 });
  });

  it('tells of a hold that was resolved later that it waited', () => {
    const hold = waited(HoldResolution.RELEASED, 9_000);
    const released = inbound(1, { decision: decision(Outcome.RELEASED), hold, deliveredMs: at(9_000) });
    expect(factsOf(released, { asOf: at(8_999) })[0]).toMatchObject({ outcome: 'held', hold: { state: 'waiting' } });
    expect(factsOf(released, { asOf: at(9_000) })[0]).toMatchObject({
      outcome: 'delivered',
      hold: { state: 'released' },
    });
    const copy = copyTo(PEER, Outcome.RELEASED, { hold, releasedMs: at(9_000) });
    expect(factsOf(outbound(1, [copy]), { asOf: at(8_999) })[0]?.outcome).toBe('held');
  });
});
