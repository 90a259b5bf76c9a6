import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { LedgerError, type ReceiptView } from '../../../services/core/ledger/index.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import { HoldResolution, Lane, Outcome, ReceiptKind } from '../../../services/core/wire/index.ts';
import {
  copyTo,
  decision,
  fakeOffice,
  idOf,
  inbound,
  NAMES,
  NOW,
  OTHER,
  outbound,
  PEER,
  RELEASED_HOLD,
  SELF,
} from './fake-office.ts';

const at = (ms: number): EpochMs => (NOW + ms) as EpochMs;
const receipt = (
  kind: ReceiptKind,
  atMs: number,
  recordedMs: number,
  more: Partial<ReceiptView> = {},
): ReceiptView => ({
  kind,
  issuer: PEER,
  atMs: at(atMs),
  relayedMs: 0,
  reason: '',
  recordedMs: at(recordedMs),
  record: 9,
  ...more,
});
type Entry = { at: string; event: string; office: string; detail: string };
const stepsOf = (answer: { json: { timeline: Entry[] } }): string[] =>
  answer.json.timeline.map(
    ({ event, office, at: time, detail }) =>
      `${event} ${office === SELF ? 'here' : 'there'} ${Date.parse(time) - NOW}${detail === '' ? '' : ` ${detail}`}`,
  );

describe('GET /v1/messages/{id} of this office', () => {
  it('shows what was said, what each recipient gets of it, and by which rules', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)]));
    const { status, json } = await office.ask('GET', `/v1/messages/${idOf(1)}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      direction: 'outbound',
      kind: 'MESSAGE_KIND_ALERT',
      submittedBy: 'officer-1',
      contentState: 'present',
      content: { purpose: 'PURPOSE_INVESTIGATION', alert: { crimeArea: 'CRIME_AREA_DRUGS' } },
      recipients: [
        {
          office: PEER,
          state: 'queued',
          withheld: ['DATA_CATEGORY_BIOMETRIC'],
          lane: 'LANE_FLASH',
          number: 1,
          agreement: { id: 'th-la-2026', version: 1, article: '3' },
          decision: {
            withheldParts: [{ category: 'DATA_CATEGORY_BIOMETRIC', policies: ['th.no-biometrics'], parts: 2 }],
          },
        },
      ],
    });
  });

  it('tells its custody in the order in which it went, each step by the clock of the office that took it', async () => {
    const office = fakeOffice();
    // The neighbour's clock is 40 ms behind.
    const copy = copyTo(PEER, Outcome.RELEASED, {
      framedMs: at(5),
      relayedMs: at(9),
      receipts: [
        receipt(ReceiptKind.DELIVERY, -28, 16, { relayedMs: at(-30) }),
        receipt(ReceiptKind.RETRIEVAL, 900, 950),
      ],
    });
    office.put(outbound(0, [copy]));
    expect(stepsOf(await office.ask('GET', `/v1/messages/${idOf(0)}`))).toEqual([
      'accepted here 0 officer-1',
      'decided here 0 released',
      'framed here 5 number 1',
      'relayed here 9',
      'relay-accepted there -30',
      'delivered there -28',
      'retrieved there 900',
    ]);
  });

  it('tells a relay acceptance once, where it has a receipt of its own', async () => {
    const office = fakeOffice();
    const copy = copyTo(PEER, Outcome.RELEASED, {
      receipts: [
        receipt(ReceiptKind.RELAY_ACCEPTANCE, 3, 4),
        receipt(ReceiptKind.DELIVERY, 8, 9, { relayedMs: at(3) }),
      ],
    });
    office.put(outbound(0, [copy]));
    expect(stepsOf(await office.ask('GET', `/v1/messages/${idOf(0)}`)).slice(2)).toEqual([
      'relay-accepted there 3',
      'delivered there 8',
    ]);
  });

  it('tells that it was held, who released it, and what came of it', async () => {
    const office = fakeOffice();
    const released = decision(Outcome.RELEASED, { releasedBy: 'supervisor-1', decidedMs: at(499) });
    const copy = copyTo(PEER, Outcome.HELD, {
      decision: released,
      hold: { ...RELEASED_HOLD, decision: decision(Outcome.HELD, { policies: ['la.review-persons'] }) },
      releasedMs: at(500),
      lane: Lane.FLASH,
      number: 4,
      framedMs: at(503),
    });
    const refused = copyTo(OTHER, Outcome.REFUSED, {
      decision: decision(Outcome.REFUSED, { reason: 'NO_AGREEMENT', policies: [] }),
    });
    office.put(outbound(0, [copy, refused]));
    const answer = await office.ask('GET', `/v1/messages/${idOf(0)}`);
    expect(stepsOf(answer)).toEqual([
      'accepted here 0 officer-1',
      'decided here 0 held',
      'decided here 0 refused NO_AGREEMENT',
      'held here 0 la.review-persons',
      'released here 500 supervisor-1',
      'framed here 503 number 4',
    ]);
    expect(answer.json.recipients[0].hold).toMatchObject({
      resolution: 'HOLD_RESOLUTION_RELEASED',
      by: 'supervisor-1',
      role: 'supervisor',
      decision: { outcome: 'held', policies: ['la.review-persons'] },
    });
  });

  it.each([
    [HoldResolution.REJECTED, 'rejected here 500 supervisor-1'],
    [HoldResolution.EXPIRED, 'expired here 500 supervisor-1'],
  ])('tells that a hold ended with %s', async (resolution, step) => {
    const office = fakeOffice();
    office.put(outbound(0, [copyTo(PEER, Outcome.HELD, { hold: { ...RELEASED_HOLD, resolution } })]));
    expect(stepsOf(await office.ask('GET', `/v1/messages/${idOf(0)}`)).at(-1)).toBe(step);
  });

  it.each([
    [ReceiptKind.NON_DELIVERY, 'not-delivered there 8 EXPIRED'],
    [ReceiptKind.RELAY_FAILURE, 'relay-failed there 8 EXPIRED'],
    [ReceiptKind.NON_RETRIEVAL, 'not-retrieved there 8 EXPIRED'],
  ])('tells a negative receipt with its reason: %s', async (kind, step) => {
    const office = fakeOffice();
    office.put(
      outbound(0, [copyTo(PEER, Outcome.RELEASED, { receipts: [receipt(kind, 8, 9, { reason: 'EXPIRED' })] })]),
    );
    expect(stepsOf(await office.ask('GET', `/v1/messages/${idOf(0)}`)).at(-1)).toBe(step);
  });
});

describe('GET /v1/messages/{id} of another office', () => {
  it('tells its custody here', async () => {
    const office = fakeOffice();
    const own = receipt(ReceiptKind.DELIVERY, 1, 1, { issuer: SELF });
    office.put(inbound(0, { number: 7, retrievals: [{ by: 'officer-2', atMs: at(60) }], receipts: [own] }));
    const answer = await office.ask('GET', `/v1/messages/${idOf(0)}`);
    expect(answer.json).toMatchObject({
      direction: 'inbound',
      origin: PEER,
      from: PEER,
      state: 'retrieved',
      number: 7,
      contentState: 'present',
    });
    expect(stepsOf(answer)).toEqual([
      'received here 0 number 7',
      'decided here 0 released',
      'delivered here 0',
      'retrieved here 60 officer-2',
    ]);
  });

  it.each([
    ['held', decision(Outcome.HELD)],
    ['refused', decision(Outcome.REFUSED)],
  ])('shows nothing of what a %s one says', async (state, decided) => {
    const office = fakeOffice();
    office.put(inbound(1, { decision: decided }));
    const { json } = await office.ask('GET', `/v1/messages/${idOf(1)}`);
    expect(json).toMatchObject({ state, contentState: 'not-admitted', content: null });
  });

  it.each([
    [new RelayError('RELAY_CONTENT_GONE'), 'gone'],
    [new LedgerError('LEDGER_CONTENT_DAMAGED'), 'unreadable'],
  ])('shows the rest where the content cannot be shown: %s', async (error, state) => {
    const office = fakeOffice();
    office.put(inbound(1));
    office.failWith(error);
    const { status, json } = await office.ask('GET', `/v1/messages/${idOf(1)}`);
    expect([status, json.contentState, json.content, json.state]).toEqual([200, state, null, 'delivered']);
  });

  it('tells a bug as a bug', async () => {
    const office = fakeOffice();
    office.put(inbound(1));
    office.failWith(new TypeError('x'));
    expect((await office.ask('GET', `/v1/messages/${idOf(1)}`)).status).toBe(500);
  });
});

describe('which message is meant', () => {
  it('is unknown where there is none', async () => {
    const answer = await fakeOffice().ask('GET', `/v1/messages/${idOf(1)}`);
    expect([answer.status, answer.json.code]).toEqual([404, 'RELAY_MESSAGE_UNKNOWN']);
  });

  it('must be said where two offices used one id', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)]));
    office.put(inbound(1));
    const answer = await office.ask('GET', `/v1/messages/${idOf(1)}`);
    expect([answer.status, answer.json.code]).toEqual([409, 'OFFICE_MESSAGE_AMBIGUOUS']);
    expect((await office.ask('GET', `/v1/messages/${idOf(1)}?origin=${PEER}`)).json.direction).toBe('inbound');
    expect((await office.ask('GET', `/v1/messages/${idOf(1)}?origin=${SELF}`)).json.direction).toBe('outbound');
  });

  it('is only what a system submitted itself, for a system', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED)], { submittedBy: NAMES.system }));
    office.put(outbound(2, [copyTo(PEER, Outcome.RELEASED)]));
    office.put(inbound(3));
    const statuses = [];
    for (const number of [1, 2, 3])
      statuses.push((await office.ask('GET', `/v1/messages/${idOf(number)}`, { role: 'system' })).status);
    expect(statuses).toEqual([200, 404, 404]);
  });
});

describe('POST /v1/messages/{id}/retrieved', () => {
  it('says who opened it', async () => {
    const office = fakeOffice();
    office.put(inbound(1));
    const answer = await office.ask('POST', `/v1/messages/${idOf(1)}/retrieved`);
    expect([answer.status, answer.json]).toEqual([200, { id: idOf(1), origin: PEER, state: 'retrieved' }]);
    expect(office.asked.retrieved).toEqual([{ id: idOf(1), by: NAMES.officer }]);
  });

  it('is refused for what is not delivered here', async () => {
    const office = fakeOffice();
    office.put(inbound(1));
    office.failWith(new RelayError('RELAY_MESSAGE_UNKNOWN'));
    expect((await office.ask('POST', `/v1/messages/${idOf(1)}/retrieved`)).status).toBe(404);
  });
});

describe('GET /v1/messages/{id}/evidence', () => {
  it('gives files by name', async () => {
    const office = fakeOffice();
    office.put(inbound(1));
    const { json } = await office.ask('GET', `/v1/messages/${idOf(1)}/evidence`, { role: 'auditor' });
    expect(json).toEqual({
      id: idOf(1),
      origin: PEER,
      office: SELF,
      files: [{ name: 'envelope/signed-envelope.bin', bytes: 'AQID' }],
    });
  });

  it('says that the content is gone', async () => {
    const office = fakeOffice({ evidence: async () => Promise.reject(new RelayError('RELAY_CONTENT_GONE')) });
    office.put(inbound(1));
    expect((await office.ask('GET', `/v1/messages/${idOf(1)}/evidence`, { role: 'auditor' })).status).toBe(410);
  });
});
