import { describe, expect, it } from 'vitest';
import { HoldError, RelayError } from '../../../services/core/relay/index.ts';
import { Outcome, Precedence } from '../../../services/core/wire/index.ts';
import { formatHeldId, parseHeldId } from '../../../services/office/http/held-id.ts';
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
  SHOWN,
} from './fake-office.ts';

const outboundId = (number: number, peer = PEER): string => `outbound.${SELF}.${idOf(number)}.${peer}`;
const inboundId = (number: number): string => `inbound.${PEER}.${idOf(number)}.${PEER}`;
const REASON = 'checked with the duty officer';
const supervisor = (body: unknown) => ({ role: 'supervisor' as const, body });
const said = (verb: 'release' | 'reject', reason: unknown = REASON) =>
  supervisor(verb === 'release' ? { reason, shown: SHOWN } : { reason });

function officeWithHeld() {
  const office = fakeOffice();
  office.put(outbound(1, [copyTo(PEER, Outcome.HELD), copyTo(OTHER, Outcome.HELD)]));
  office.put(outbound(2, [copyTo(PEER, Outcome.RELEASED)]));
  office.put(
    outbound(3, [copyTo(PEER, Outcome.HELD)], { precedence: Precedence.FLASH, submittedBy: NAMES.supervisor }),
  );
  office.put(inbound(4, { decision: decision(Outcome.HELD), precedence: Precedence.FLASH }));
  office.put(outbound(5, [copyTo(PEER, Outcome.RELEASED, { hold: RELEASED_HOLD })]));
  return office;
}

describe('parseHeldId', () => {
  it('reads what formatHeldId wrote', () => {
    const key = { direction: 'outbound', origin: SELF, id: idOf(1), peer: PEER } as const;
    expect(parseHeldId(formatHeldId(key))).toEqual(key);
  });

  it.each([
    '',
    'outbound',
    `sideways.${SELF}.${idOf(1)}.${PEER}`,
    `outbound.${SELF}.x.${PEER}`,
    `outbound.X.${idOf(1)}.${PEER}`,
    `${outboundId(1)}.x`,
  ])('takes %j for none', (text) => {
    expect(parseHeldId(text)).toBeUndefined();
  });
});

describe('GET /v1/held', () => {
  it('lists what waits, the most urgent first and among equals the oldest', async () => {
    const { json } = await officeWithHeld().ask('GET', '/v1/held');
    expect(json.items.map((item: { id: string }) => item.id)).toEqual([
      outboundId(3),
      inboundId(4),
      outboundId(1),
      outboundId(1, OTHER),
    ]);
    expect(json.items[2]).toMatchObject({
      messageId: idOf(1),
      peer: PEER,
      submittedBy: 'officer-1',
      outcome: 'held',
      withheld: ['DATA_CATEGORY_BIOMETRIC'],
    });
    expect(json.items[1].submittedBy).toBeNull();
  });

  it('gives what ends first, page by page, with how many wait in all', async () => {
    const office = officeWithHeld();
    office.put(outbound(6, [copyTo(PEER, Outcome.HELD)], { expiresMs: (NOW + 60_000) as never }));
    const { json } = await office.ask('GET', '/v1/held?order=deadline&limit=2');
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual([outboundId(6), outboundId(3)]);
    expect(json.total).toBe(5);
    const rest = await office.ask('GET', `/v1/held?order=deadline&limit=2&cursor=${json.next}`);
    // Both copies of a message are in one page, though it holds one more for it.
    expect(rest.json).toMatchObject({ next: null, total: 5 });
    expect(rest.json.items.map(({ id }: { id: string }) => id)).toEqual([
      inboundId(4),
      outboundId(1),
      outboundId(1, OTHER),
    ]);
    expect((await office.ask('GET', `/v1/held?cursor=${json.next}`)).json.code).toBe('OFFICE_REQUEST_INVALID');
  });

  it('gives the copies of one message alone', async () => {
    const { json } = await officeWithHeld().ask('GET', `/v1/held?message=${idOf(1)}`);
    expect(json.items.map((item: { id: string }) => item.id)).toEqual([outboundId(1), outboundId(1, OTHER)]);
  });

  it('says what an own message is about, and nothing of one that was not let in', async () => {
    const { json } = await officeWithHeld().ask('GET', '/v1/held');
    const said = json.items.map(({ headline }: { headline: string | null }) => headline);
    expect(said).toEqual(['Fast boat', null, 'Fast boat', 'Fast boat']);
    expect(json.items.map(({ emergency }: { emergency: boolean }) => emergency)).toEqual([false, false, false, false]);
  });

  it('marks what its author wanted past the hold', async () => {
    const office = fakeOffice();
    office.put(outbound(1, [copyTo(PEER, Outcome.HELD)], { emergency: 'a boat is sinking' }));
    office.put(inbound(2, { decision: decision(Outcome.HELD), emergency: true }));
    const { json } = await office.ask('GET', '/v1/held');
    expect(json.items.map(({ emergency }: { emergency: boolean }) => emergency)).toEqual([true, true]);
  });

  it('says why it is held, for how long, what a release takes and what becomes of it by itself', async () => {
    const office = officeWithHeld();
    const approval = { by: 'supervisor-1', role: 'supervisor', reason: 'seen', shown: SHOWN, atMs: NOW };
    const policies = ['baseline.release', 'th.gone-meanwhile'];
    const two = decision(Outcome.HELD, { policies, releasesNeeded: 2 });
    office.put(outbound(6, [copyTo(PEER, Outcome.HELD, { decision: two, approvals: [approval] })]));
    office.clock.nowMs = NOW + 90_500;
    const { json } = await office.ask('GET', '/v1/held');
    expect(json.items.find((item: { id: string }) => item.id === outboundId(6))).toMatchObject({
      why: [
        { policy: 'baseline.release', reason: 'Offices may hand over.' },
        { policy: 'th.gone-meanwhile', reason: null },
      ],
      ageSeconds: 90,
      deadline: { at: '2026-03-02T08:00:00.000Z', outcome: 'expires-without-release' },
      releasesNeeded: 2,
      approvals: [{ by: 'supervisor-1', role: 'supervisor', reason: 'seen', shown: SHOWN }],
    });
  });

  it.each([
    ['outbound', 3],
    ['inbound', 1],
  ])('lists only %s ones where asked', async (direction, count) => {
    expect((await officeWithHeld().ask('GET', `/v1/held?direction=${direction}`)).json.items).toHaveLength(count);
  });
});

describe('GET /v1/held/{id}', () => {
  it('shows what a release would let pass', async () => {
    const { status, json } = await officeWithHeld().ask('GET', `/v1/held/${inboundId(4)}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: inboundId(4),
      contentState: 'present',
      content: { alert: { headline: 'Fast boat' } },
      shown: SHOWN,
      now: { outcome: 'released' },
    });
  });

  it('says where the content is gone', async () => {
    const office = officeWithHeld();
    office.failWith(new RelayError('RELAY_CONTENT_GONE'));
    expect((await office.ask('GET', `/v1/held/${outboundId(1)}`)).json).toMatchObject({
      contentState: 'gone',
      content: null,
    });
  });
});

describe.each(['release', 'reject'] as const)('POST /v1/held/{id}/%s', (verb) => {
  it.each([
    ['takes a reason in Khmer, whose words are parted by what is not seen', 'បាន\u200bពិនិត្យ', 200],
    ['refuses one that hides something', 'seen\u200ehere', 422],
  ])('%s', async (_, reason, status) => {
    const answer = await officeWithHeld().ask('POST', `/v1/held/${outboundId(1)}/${verb}`, said(verb, reason));
    expect(answer.status).toBe(status);
  });

  it('is done in the name of the token, with the reason', async () => {
    const office = officeWithHeld();
    const answer = await office.ask('POST', `/v1/held/${outboundId(1)}/${verb}`, said(verb));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: outboundId(1),
      messageId: idOf(1),
      resolution: verb === 'release' ? 'released' : 'rejected',
    });
    const done = { id: idOf(1), by: NAMES.supervisor, reason: REASON };
    if (verb === 'release') expect(office.asked.released).toEqual([{ ...done, role: 'supervisor', shown: SHOWN }]);
    else expect(office.asked.rejected).toEqual([done]);
  });

  it('takes one that was received', async () => {
    expect((await officeWithHeld().ask('POST', `/v1/held/${inboundId(4)}/${verb}`, said(verb))).status).toBe(200);
  });

  it.each([
    ['one that was never held', outboundId(2), 409, 'RELAY_NOT_HELD'],
    ['one that was released before', outboundId(5), 409, 'RELAY_NOT_HELD'],
    ['one that does not exist', outboundId(99), 404, 'RELAY_MESSAGE_UNKNOWN'],
    ['another recipient', outboundId(3, OTHER), 404, 'RELAY_MESSAGE_UNKNOWN'],
    ['the other direction', `inbound.${SELF}.${idOf(1)}.${PEER}`, 404, 'RELAY_MESSAGE_UNKNOWN'],
    ['an id that is none', 'x', 404, 'RELAY_MESSAGE_UNKNOWN'],
  ])('refuses %s', async (_, id, status, code) => {
    const office = officeWithHeld();
    const answer = await office.ask('POST', `/v1/held/${id}/${verb}`, said(verb));
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect([...office.asked.released, ...office.asked.rejected]).toEqual([]);
  });

  it.each([
    ['no body', '', 400, ''],
    ['half a body', '{', 400, ''],
    ['a list', '[]', 422, ''],
    ['no reason', '{}', 422, 'reason'],
    ['an empty reason', '{"reason":""}', 422, 'reason'],
    ['two lines', '{"reason":"a\\nb"}', 422, 'reason'],
    ['501 characters', JSON.stringify({ reason: 'a'.repeat(501) }), 422, 'reason'],
    ['a number', '{"reason":7}', 422, 'reason'],
    ['more than a reason', '{"reason":"a","by":"somebody-else"}', 422, 'by'],
  ])('refuses %s', async (_, body, status, field) => {
    const office = officeWithHeld();
    const answer = await office.ask('POST', `/v1/held/${outboundId(1)}/${verb}`, supervisor(body));
    expect([answer.status, answer.json.faults[0].field]).toEqual([status, field]);
    expect([...office.asked.released, ...office.asked.rejected]).toEqual([]);
  });

  it('takes a reason in any script', async () => {
    const office = officeWithHeld();
    expect((await office.ask('POST', `/v1/held/${outboundId(1)}/${verb}`, said(verb, 'ตรวจสอบแล้ว'))).status).toBe(200);
  });

  it('passes on that the relay refuses', async () => {
    const office = officeWithHeld();
    office.failWith(new RelayError('RELAY_NOT_HELD'));
    expect((await office.ask('POST', `/v1/held/${outboundId(1)}/${verb}`, said(verb))).status).toBe(409);
  });
});

describe('POST /v1/held/{id}/release', () => {
  it.each([
    ['without what was shown', { reason: REASON }],
    ['with less than a digest', { reason: REASON, shown: 'ab' }],
    ['with something else', { reason: REASON, shown: 7 }],
  ])('is refused %s', async (_, body) => {
    const office = officeWithHeld();
    const answer = await office.ask('POST', `/v1/held/${outboundId(1)}/release`, supervisor(body));
    expect([answer.status, answer.json.faults.map(({ field }: { field: string }) => field)]).toEqual([422, ['shown']]);
    expect(office.asked.released).toEqual([]);
  });

  it.each([
    ['HOLD_OWN_MESSAGE', 403],
    ['HOLD_CHANGED_SINCE_SHOWN', 409],
    ['HOLD_SAME_PERSON', 409],
    ['HOLD_SAME_ROLE', 409],
    ['HOLD_RECALLED', 409],
  ] as const)('passes %s on as %i', async (code, status) => {
    const office = officeWithHeld();
    office.failWith(new HoldError(code));
    const answer = await office.ask('POST', `/v1/held/${outboundId(1)}/release`, said('release'));
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('is done by oversight too, in that role', async () => {
    const office = officeWithHeld();
    const body = { reason: REASON, shown: SHOWN };
    expect((await office.ask('POST', `/v1/held/${outboundId(1)}/release`, { role: 'oversight', body })).status).toBe(
      200,
    );
    expect(office.asked.released).toMatchObject([{ by: NAMES.oversight, role: 'oversight' }]);
  });

  it('names the policies that refuse it now', async () => {
    const office = officeWithHeld();
    office.failWith(new RelayError('RELAY_RELEASE_REFUSED', { context: { policies: 'th.no-minors' } }));
    const answer = await office.ask('POST', `/v1/held/${outboundId(1)}/release`, said('release'));
    expect([answer.status, answer.json.code]).toEqual([409, 'RELAY_RELEASE_REFUSED']);
    expect(answer.json.detail).toContain('th.no-minors');
  });
});
