import { describe, expect, it } from 'vitest';
import type { AnyMessage, InboundMessageView } from '../../../services/core/ledger/index.ts';
import type { Relay } from '../../../services/core/relay/index.ts';
import { MessageKind, Outcome, TriageAction } from '../../../services/core/wire/index.ts';
import { boardCounts } from '../../../services/office/views/board-counts.ts';
import { copyTo, decision, fakeOffice, idOf, inbound, NOW, OTHER, outbound, PEER } from './fake-office.ts';

const request = (number: number): AnyMessage => inbound(number, { kind: MessageKind.REQUEST });
const own = (number: number): AnyMessage =>
  outbound(number, [copyTo(PEER, Outcome.RELEASED)], { kind: MessageKind.REQUEST });
type Life = {
  readonly state: string;
  readonly open?: boolean;
  readonly overdue?: boolean;
  readonly delivered?: boolean;
};

function countsOf({
  lives = new Map<string, Life>(),
  recalls = [] as readonly object[],
  reviews = [] as readonly object[],
  messages = [] as readonly AnyMessage[],
  inbox = [] as readonly InboundMessageView[],
  closed = '',
}) {
  const { door, put } = fakeOffice();
  for (const message of messages) put(message);
  const { projection } = door.relay;
  const triage = { of: (key: string) => (key === closed ? { closed: { action: TriageAction.CLOSE } } : undefined) };
  const relay = {
    projection: { ...projection, triage },
    requests: {
      listed: (message: AnyMessage) => ({
        side: message.direction === 'outbound' ? 'asking' : 'asked',
        message,
        lives: [{ open: true, overdue: false, delivered: true, ...lives.get(message.id) }],
      }),
    },
    recalls: { list: () => recalls },
    reviews: { list: () => reviews },
  } as unknown as Relay;
  return boardCounts(relay, inbox, NOW);
}

describe('boardCounts', () => {
  it('counts nothing where nothing waits', () => {
    expect(Object.values(countsOf({})).every((count) => count === 0)).toBe(true);
  });

  it('counts what nobody has opened or closed', () => {
    const inbox = [inbound(1), inbound(2, { retrievals: [{ by: 'border-desk', atMs: NOW }] as never }), inbound(3)];
    expect(countsOf({ inbox }).unread).toBe(2);
    expect(countsOf({ inbox, closed: `${PEER}/${idOf(3)}` }).unread).toBe(1);
  });

  it('counts each held copy', () => {
    const messages = [
      outbound(1, [copyTo(PEER, Outcome.HELD), copyTo(OTHER, Outcome.HELD)]),
      inbound(2, { decision: decision(Outcome.HELD) }),
      outbound(3, [copyTo(PEER, Outcome.RELEASED)]),
    ];
    expect(countsOf({ messages }).held).toBe(3);
  });

  it('counts requests in which this office has the next word, and its overdue ones', () => {
    const lives = new Map<string, Life>([
      [idOf(1), { state: 'acknowledged', overdue: true }],
      [idOf(2), { state: 'clarification-asked' }],
      [idOf(3), { state: 'answered', open: false, overdue: true }],
      [idOf(4), { state: 'clarification-asked' }],
      [idOf(5), { state: 'delivered', overdue: true }],
      [idOf(6), { state: 'submitted', delivered: false }],
    ]);
    const counts = countsOf({ lives, messages: [request(1), request(2), request(3), own(4), own(5), own(6)] });
    expect(counts).toMatchObject({ requests: 2, requestsOverdue: 1 });
  });

  it('counts no request that was not let in', () => {
    const held = inbound(1, { kind: MessageKind.REQUEST, decision: decision(Outcome.HELD), deliveredMs: null });
    const lives = new Map<string, Life>([[idOf(1), { state: 'delivered', overdue: true }]]);
    expect(countsOf({ lives, messages: [held] })).toMatchObject({ requests: 0, requestsOverdue: 0 });
  });

  it('counts recalls of others without the answer of this office', () => {
    const recalls = [
      { direction: 'inbound', holders: [{ state: 'waiting' }] },
      { direction: 'inbound', holders: [{ state: 'overdue' }] },
      { direction: 'inbound', holders: [{ state: 'done' }, { state: 'waiting' }] },
      { direction: 'outbound', holders: [{ state: 'waiting' }] },
    ];
    expect(countsOf({ recalls }).recalls).toBe(2);
  });

  it('counts own reviews until they are closed', () => {
    expect(countsOf({ reviews: [{ state: 'open' }, { state: 'overdue' }, { state: 'closed' }] }).reviews).toBe(2);
  });
});
