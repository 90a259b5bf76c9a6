import { describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import { triageRecords } from '../../../services/core/ledger/projections/triage-records.ts';
import { RelayError } from '../../../services/core/relay/index.ts';
import {
  CrimeArea,
  MessageKind,
  Outcome,
  Precedence,
  TriageAction,
  TriageOutcome,
} from '../../../services/core/wire/index.ts';
import { inboxCounts } from '../../../services/office/views/line-counts.ts';
import { listMessages } from '../../../services/office/views/list-messages.ts';
import { messageFacts } from '../../../services/office/views/message-facts.ts';
import { copyTo, type FakeOffice, fakeOffice, idOf, inbound, NOW, OTHER, outbound, PEER, SELF } from './fake-office.ts';

const idsOf = (answer: { json: { items: { id: string }[] } }): number[] =>
  answer.json.items.map(({ id }) => Number(id.slice(-12)));

let steps = 0;
function triaged(office: FakeOffice, origin: OfficeId, number: number, facts: object): void {
  const event = { origin, envelopeId: idOf(number), officer: 'officer-1', step: 1, agencies: [], note: null, ...facts };
  office.messages.triage.add(event as never, { atMs: NOW + ++steps, number: steps } as never);
}

describe('GET /v1/inbox, as work', () => {
  const office = fakeOffice();
  office.put(inbound(1, { precedence: Precedence.ROUTINE, retrievals: [{ by: 'officer-2', atMs: NOW }] }));
  office.put(inbound(2, { precedence: Precedence.FLASH, crimeArea: CrimeArea.DRUGS }));
  office.put(inbound(3, { precedence: Precedence.ROUTINE, from: OTHER }));
  office.put(inbound(4, { precedence: Precedence.FLASH, drill: true }));
  office.put(
    inbound(5, { precedence: Precedence.PRIORITY, kind: MessageKind.REQUEST, answerByMs: (NOW + 9) as EpochMs }),
  );
  triaged(office, PEER, 1, { action: TriageAction.CLOSE, outcome: TriageOutcome.SEIZURE });
  triaged(office, PEER, 2, { action: TriageAction.ASSIGN, assignee: 'officer-1' });
  triaged(office, PEER, 2, { action: TriageAction.CASE, caseReference: 'NK-7', step: 2 });
  triaged(office, PEER, 5, { action: TriageAction.ASSIGN, assignee: 'officer-2' });

  it('lists what is due first: the most urgent, each the one that waits longest, on every page', async () => {
    expect(idsOf(await office.ask('GET', '/v1/inbox?order=due'))).toEqual([2, 4, 5, 1, 3]);
    for (const limit of [1, 2, 3, 5]) {
      const ids: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const url: string = `/v1/inbox?order=due&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const answer = await office.ask('GET', url);
        ids.push(...idsOf(answer));
        cursor = answer.json.next;
      }
      expect(ids).toEqual([2, 4, 5, 1, 3]);
    }
  });

  it('takes no cursor of another order', async () => {
    const { json } = await office.ask('GET', '/v1/inbox?order=due&limit=1');
    expect((await office.ask('GET', `/v1/inbox?order=due&cursor=${json.next}`)).status).toBe(200);
    for (const order of ['urgent', 'newest']) {
      const refused = await office.ask('GET', `/v1/inbox?order=${order}&cursor=${json.next}`);
      expect([refused.status, refused.json.faults[0].field]).toEqual([422, 'cursor']);
    }
  });

  it.each([
    ['unread=true', [5, 4, 3, 2]],
    ['unread=false', [1]],
    ['assignee=officer-1', [2]],
    ['assignee=nobody', [4, 3, 1]],
    ['caseReference=NK-7', [2]],
    ['status=closed', [1]],
    ['status=open&order=due', [2, 4, 5, 3]],
    ['crimeArea=CRIME_AREA_DRUGS', [2]],
    ['kind=MESSAGE_KIND_REQUEST,MESSAGE_KIND_ANSWER', [5]],
    ['drill=true', [4]],
    ['drill=false&status=open', [5, 3, 2]],
    [`id=${idOf(3)}`, [3]],
    [`order=due&since=2026-03-01T08:00:00.003Z`, [4, 5, 3]],
    [`from=${OTHER}`, [3]],
  ])('filters by %s', async (query, ids) => {
    expect(idsOf(await office.ask('GET', `/v1/inbox?${query}`))).toEqual(ids);
  });

  it.each(['kind=MESSAGE_KIND_NOTHING', 'assignee=Officer%201', 'status=done'])('refuses %s', async (query) => {
    expect((await office.ask('GET', `/v1/inbox?${query}`)).status).toBe(422);
  });

  it('has everything that a line needs', async () => {
    const { json } = await office.ask('GET', `/v1/inbox?id=${idOf(2)}`);
    expect(json.items[0]).toMatchObject({
      id: idOf(2),
      kind: 'MESSAGE_KIND_ALERT',
      unread: true,
      crimeArea: 'CRIME_AREA_DRUGS',
      contentState: 'present',
      headline: 'Fast boat',
      handling: 'HANDLING_CODE_H0',
      caseReference: 'CASE-1',
      answerByAt: null,
      triage: { step: 2, assignee: 'officer-1', caseReference: 'NK-7', closedAt: null },
    });
    expect(json.counts).toBeUndefined();
  });

  it('counts the whole list, whatever is filtered', async () => {
    const { json } = await office.ask('GET', '/v1/inbox?counts=true&unread=false');
    expect(json.counts).toMatchObject({ total: 5, open: 4, closed: 1, mine: 1, unassigned: 2, unread: 4 });
    expect(json.counts.byPrecedence).toMatchObject({ PRECEDENCE_FLASH: 2, PRECEDENCE_ROUTINE: 1 });
    expect(json.counts.unreadByPrecedence).toMatchObject({ PRECEDENCE_FLASH: 2 });
    expect(json.counts.byNeighbour).toEqual([
      { office: PEER, count: 3 },
      { office: OTHER, count: 1 },
    ]);
    expect(json.counts.byAssignee).toEqual([
      { assignee: 'officer-1', count: 1 },
      { assignee: 'officer-2', count: 1 },
    ]);
  });
});

describe('listMessages', () => {
  it('takes little work for ten thousand messages, counts included', () => {
    const inbox = Array.from({ length: 10_000 }, (_, number) =>
      inbound(number, { precedence: ((number % 4) + 1) as Precedence }),
    );
    const before = process.cpuUsage();
    const page = listMessages(inbox, {
      order: 'due',
      limit: 50,
      matches: () => true,
      timeOf: (message) => message.receivedMs,
      since: undefined,
      after: undefined,
    });
    const counts = inboxCounts(inbox, { triage: triageRecords() }, 'officer-1');
    expect([page.items.length, counts['total'], counts['unread']]).toEqual([50, 10_000, 10_000]);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
  });
});

describe('GET /v1/outbox, as work', () => {
  const office = fakeOffice();
  office.put(outbound(1, [copyTo(PEER, Outcome.HELD), copyTo(OTHER, Outcome.RELEASED)], { submittedBy: 'officer-1' }));
  office.put(
    outbound(2, [copyTo(PEER, Outcome.REFUSED)], { submittedBy: 'border-control', crimeArea: CrimeArea.DRUGS }),
  );
  triaged(office, SELF, 2, { action: TriageAction.CLOSE, outcome: TriageOutcome.DUPLICATE });

  it('has lines, filters and counts of its own', async () => {
    const { json } = await office.ask('GET', '/v1/outbox?counts=true');
    expect(json.items[0]).toMatchObject({ headline: 'Fast boat', triage: { outcome: 'TRIAGE_OUTCOME_DUPLICATE' } });
    expect(json.counts).toMatchObject({ total: 2, open: 1, closed: 1, own: 1 });
    expect(json.counts.byState).toEqual([
      { state: 'held', count: 1 },
      { state: 'queued', count: 1 },
      { state: 'refused', count: 1 },
    ]);
    expect(idsOf(await office.ask('GET', '/v1/outbox?submittedBy=border-control'))).toEqual([2]);
    expect(idsOf(await office.ask('GET', '/v1/outbox?status=open'))).toEqual([1]);
  });

  it('counts for a system what it submitted itself', async () => {
    const { json } = await office.ask('GET', '/v1/outbox?counts=true', { role: 'system' });
    expect(json.counts).toMatchObject({ total: 1, own: 1 });
  });

  it('says why a line has no words', async () => {
    const failing = fakeOffice();
    failing.put(outbound(1, []));
    failing.put(outbound(2, [], { erased: { contents: [] } as never }));
    failing.failWith(new RelayError('RELAY_CONTENT_GONE'));
    const { json } = await failing.ask('GET', '/v1/outbox');
    const states = json.items.map((item: { contentState: string; headline: null }) => [
      item.contentState,
      item.headline,
    ]);
    expect(states).toEqual([
      ['erased', null],
      ['gone', null],
    ]);
  });
});

describe('messageFacts', () => {
  const content = (headline: string) =>
    ({ kind: 1, header: { purpose: 1, handling: 1, caseReference: '' }, body: { headline } }) as never;
  const ref = (day: string) => ({ day, batch: '', index: 0, digest: new Uint8Array(32), size: 0 });

  it('reads a message once, until more of it is opened, it is erased or its retention is over', async () => {
    const erasures: object[] = [];
    let now = NOW as number;
    let read = 0;
    const facts = messageFacts({ erasures } as never, () => now);
    const message = inbound(1, { content: ref('20260302') });
    const look = () =>
      facts.of(message, async () => {
        read++;
        return content(`read ${read}`);
      });
    expect((await look())?.headline).toBe('read 1');
    expect((await look())?.headline).toBe('read 1');
    message.supplements.push({} as never);
    expect((await look())?.headline).toBe('read 2');
    erasures.push({ origin: message.origin, id: message.id });
    expect((await look())?.headline).toBe('read 3');
    now = Date.UTC(2026, 2, 3);
    expect((await look())?.headline).toBe('read 4');
  });

  it('keeps no more than its bound', async () => {
    const facts = messageFacts({ erasures: [] }, () => NOW, 2);
    let read = 0;
    const look = (number: number) =>
      facts.of(inbound(number), async () => {
        read++;
        return content('x');
      });
    for (const number of [1, 2, 3, 3, 2, 1]) await look(number);
    expect(read).toBe(4);
  });

  it('cuts long words between what people see as characters', async () => {
    const facts = messageFacts({ erasures: [] }, () => NOW);
    const said = await facts.of(inbound(1), async () => content('👩‍👩‍👧‍👦'.repeat(100)));
    expect(said?.headline?.length).toBeLessThanOrEqual(200);
    expect(said?.headline).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
  });

  it('takes the first words where there is no headline', async () => {
    const facts = messageFacts({ erasures: [] }, () => NOW);
    const body = { text: 'Please clarify', textLanguage: 'en' };
    const said = await facts.of(inbound(1), async () => ({ ...(content('') as object), body }) as never);
    expect(said).toMatchObject({ headline: 'Please clarify', language: 'en' });
    expect(
      (await facts.of(inbound(2), async () => ({ ...(content('') as object), body: null }) as never))?.headline,
    ).toBeNull();
  });
});
