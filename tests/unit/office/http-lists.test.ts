import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../services/core/foundation/index.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import { HoldResolution, Outcome, Precedence, type ReceiptKind } from '../../../services/core/wire/index.ts';
import {
  copyTo,
  decision,
  type FakeOffice,
  fakeOffice,
  idOf,
  inbound,
  NAMES,
  NOW,
  OTHER,
  outbound,
  PEER,
  RELEASED_HOLD,
} from './fake-office.ts';

const idsOf = (answer: { json: { items: { id: string }[] } }): number[] =>
  answer.json.items.map(({ id }) => Number(id.slice(-12)));

/** Reads a list page by page. */
async function allPages(office: FakeOffice, url: string, limit: number): Promise<number[]> {
  const ids: number[] = [];
  let cursor = '';
  do {
    const answer = await office.ask('GET', `${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
    expect(answer.json.items.length).toBeLessThanOrEqual(limit);
    ids.push(...idsOf(answer));
    cursor = answer.json.next === null ? '' : `&cursor=${answer.json.next}`;
  } while (cursor !== '');
  return ids;
}

describe('GET /v1/inbox', () => {
  const office = fakeOffice();
  const precedences = [
    Precedence.ROUTINE,
    Precedence.FLASH,
    Precedence.ROUTINE,
    Precedence.PRIORITY,
    Precedence.IMMEDIATE,
    Precedence.FLASH,
    Precedence.ROUTINE,
  ];
  precedences.forEach((precedence, index) => {
    office.put(
      inbound(index + 1, {
        precedence,
        ...(index === 3 ? { from: OTHER } : {}),
        ...(index === 0 ? { retrievals: [{ by: 'officer-1', atMs: NOW }] } : {}),
      }),
    );
  });
  office.put(inbound(8, { decision: decision(Outcome.HELD) }));
  office.put(inbound(9, { decision: decision(Outcome.REFUSED) }));

  it('lists what was delivered, the newest first, and nothing that is held or refused', async () => {
    expect(idsOf(await office.ask('GET', '/v1/inbox'))).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('lists the most urgent first where asked, each the newest first', async () => {
    expect(idsOf(await office.ask('GET', '/v1/inbox?order=urgent'))).toEqual([6, 2, 5, 4, 7, 3, 1]);
  });

  it.each([1, 2, 3, 7, 8])('gives each message once over pages of %i', async (limit) => {
    expect(await allPages(office, '/v1/inbox', limit)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await allPages(office, '/v1/inbox?order=urgent', limit)).toEqual([6, 2, 5, 4, 7, 3, 1]);
  });

  it('says that there is no next page where the last one is full', async () => {
    const answer = await office.ask('GET', '/v1/inbox?limit=7');
    expect([answer.json.items.length, answer.json.next]).toEqual([7, null]);
  });

  it.each([
    ['precedence=PRECEDENCE_FLASH', [6, 2]],
    [`from=${OTHER}`, [4]],
    ['state=retrieved', [1]],
    ['state=delivered', [7, 6, 5, 4, 3, 2]],
    ['since=2026-03-01T08:00:00.006Z', [7, 6]],
    ['since=2026-03-01T15:00:00.007%2B07:00', [7]],
    ['precedence=PRECEDENCE_ROUTINE&since=2026-03-01T08:00:00.003Z&order=urgent', [7, 3]],
  ])('filters by %s', async (query, ids) => {
    expect(idsOf(await office.ask('GET', `/v1/inbox?${query}`))).toEqual(ids);
  });

  it('goes on where a page ended though new messages came in between', async () => {
    const growing = fakeOffice();
    for (const number of [1, 2, 3, 4]) growing.put(inbound(number));
    const first = await growing.ask('GET', '/v1/inbox?limit=2');
    growing.put(inbound(5));
    const second = await growing.ask('GET', `/v1/inbox?limit=2&cursor=${first.json.next}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual([4, 3, 2, 1]);
  });

  it('refuses the cursor of another order', async () => {
    const { json } = await office.ask('GET', '/v1/inbox?limit=2');
    expect((await office.ask('GET', `/v1/inbox?order=urgent&cursor=${json.next}`)).json.faults[0].reason).toBe(
      'cursor-invalid',
    );
  });

  it('shows what was released from the hold queue among what came when it was released', async () => {
    const late = fakeOffice();
    const held = inbound(1, { decision: decision(Outcome.HELD) });
    late.put(held);
    late.put(inbound(2));
    expect(idsOf(await late.ask('GET', '/v1/inbox'))).toEqual([2]);
    held.hold = RELEASED_HOLD;
    held.decision = decision(Outcome.RELEASED);
    held.deliveredMs = (NOW + 500) as EpochMs;
    late.put(inbound(3));
    expect(idsOf(await late.ask('GET', '/v1/inbox'))).toEqual([1, 3, 2]);
    expect(idsOf(await late.ask('GET', '/v1/inbox'))).toEqual([1, 3, 2]);
  });

  it('sorts at once what was delivered in another order than it came', async () => {
    const late = fakeOffice();
    late.put(inbound(1, { deliveredMs: (NOW + 900) as EpochMs }));
    late.put(inbound(2));
    late.put(inbound(3));
    expect(idsOf(await late.ask('GET', '/v1/inbox'))).toEqual([1, 3, 2]);
  });

  it('never shows what was rejected', async () => {
    const other = fakeOffice();
    const held = inbound(1, { decision: decision(Outcome.HELD) });
    other.put(held);
    await other.ask('GET', '/v1/inbox');
    held.hold = { ...RELEASED_HOLD, resolution: HoldResolution.REJECTED };
    expect(idsOf(await other.ask('GET', '/v1/inbox'))).toEqual([]);
  });

  it('shows what messages say where asked', async () => {
    const [item] = (await office.ask('GET', '/v1/inbox?limit=1&include=content')).json.items;
    expect(item).toMatchObject({
      contentState: 'present',
      content: { officer: 'officer-1', alert: { headline: 'Fast boat' } },
    });
    expect((await office.ask('GET', '/v1/inbox?limit=1')).json.items[0].content).toBeUndefined();
  });

  it('says of each message where the content is, and lists the others', async () => {
    const gone = fakeOffice();
    gone.put(inbound(1));
    gone.failWith(new RelayError('RELAY_CONTENT_GONE'));
    expect((await gone.ask('GET', '/v1/inbox?include=content')).json.items[0]).toMatchObject({
      contentState: 'gone',
      content: null,
    });
  });
});

describe('GET /v1/outbox', () => {
  const office = fakeOffice();
  const receipt = (kind: ReceiptKind) => ({
    kind,
    issuer: PEER,
    atMs: NOW,
    relayedMs: 0,
    reason: '',
    recordedMs: NOW,
    record: 9,
  });
  office.put(outbound(1, [copyTo(PEER, Outcome.RELEASED, { receipts: [receipt(5)] })]));
  office.put(outbound(2, [copyTo(PEER, Outcome.HELD), copyTo(OTHER, Outcome.RELEASED)], { submittedBy: NAMES.system }));
  office.put(outbound(3, [copyTo(OTHER, Outcome.REFUSED)], { precedence: Precedence.FLASH }));

  it('lists each message with the state of each copy', async () => {
    const { json } = await office.ask('GET', '/v1/outbox');
    expect(
      json.items.map((item: { id: string; recipients: { office: string; state: string }[] }) => [
        item.id,
        item.recipients.map(({ office: to, state }) => `${to} ${state}`),
      ]),
    ).toEqual([
      [idOf(3), [`${OTHER} refused`]],
      [idOf(2), [`${PEER} held`, `${OTHER} queued`]],
      [idOf(1), [`${PEER} delivered`]],
    ]);
  });

  it.each([
    [`to=${PEER}`, [2, 1]],
    ['state=held', [2]],
    [`state=held&to=${OTHER}`, []],
    [`state=queued&to=${OTHER}`, [2]],
    ['precedence=PRECEDENCE_FLASH', [3]],
    ['order=urgent', [3, 2, 1]],
    ['since=2026-03-01T08:00:00.003Z', [3]],
  ])('filters by %s', async (query, ids) => {
    expect(idsOf(await office.ask('GET', `/v1/outbox?${query}`))).toEqual(ids);
  });

  it('shows a system only what it submitted itself', async () => {
    expect(idsOf(await office.ask('GET', '/v1/outbox', { role: 'system' }))).toEqual([2]);
  });
});
