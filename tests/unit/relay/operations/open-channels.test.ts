import { describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId, Scope } from '../../../../services/core/foundation/index.ts';
import type { OfficeProjection } from '../../../../services/core/ledger/index.ts';
import { inboundScopes, openChannels } from '../../../../services/core/relay/operations/open-channels.ts';
import type {
  MemberState,
  OperationState,
  OperationView,
  OperationViews,
} from '../../../../services/core/relay/operations/types.ts';
import { MessageKind, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { LA, TH } from '../../trust/fixtures.ts';

const NAGA = 'op-naga' as Scope;
const HOUR = 3_600_000;
const SINCE = 1_000_000;

function views(state: OperationState, self: MemberState, peer: MemberState): OperationViews {
  const member = (at: MemberState) => ({ state: at, joinedMs: 1, endedMs: at === 'joined' ? null : SINCE });
  const members = new Map([
    [TH, member(self)],
    [LA, member(peer)],
  ]);
  const view = { scope: NAGA, state, sinceMs: SINCE, members } as unknown as OperationView;
  return { get: () => view, all: () => [view], byScope: (scope: Scope) => (scope === NAGA ? view : undefined) };
}

function posts(...receipts: ReceiptKind[]): Pick<OfficeProjection, 'ofKind'> {
  const copy = { scope: NAGA, releasedMs: 1, receipts: receipts.map((kind) => ({ kind })) };
  const message = { direction: 'outbound', copies: new Map<OfficeId, unknown>([[LA, copy]]) };
  return { ofKind: (kind: MessageKind) => (kind === MessageKind.OPERATION_POST ? [message] : []) as never };
}

const isOpen = (operations: OperationViews, projection = posts(), now = SINCE): boolean =>
  openChannels(TH, operations, projection, () => now as EpochMs).isOpen(NAGA, LA);

describe('openChannels', () => {
  it.each(['live', 'suspended', 'closing'] as const)('is open between members while it is %s', (state) => {
    expect(isOpen(views(state, 'joined', 'joined'), posts(ReceiptKind.DELIVERY))).toBe(true);
  });

  it.each(['proposed', 'ended'] as const)('is not open while it is %s', (state) => {
    expect(isOpen(views(state, 'joined', 'joined'))).toBe(false);
  });

  it.each(['invited', 'declined', 'left', 'removed'] as const)('is not open to who has %s', (state) => {
    expect(isOpen(views('live', 'joined', state))).toBe(false);
  });

  it.each([
    ['closed', views('closed', 'joined', 'joined')],
    ['left', views('live', 'left', 'joined')],
    ['removed', views('live', 'removed', 'joined')],
  ] as const)('is open for an hour after it %s, for what is still under way', (_, operations) => {
    expect(isOpen(operations, posts(), SINCE + HOUR - 1)).toBe(true);
    expect(isOpen(operations, posts(), SINCE + HOUR)).toBe(false);
    expect(isOpen(operations, posts(ReceiptKind.DELIVERY))).toBe(false);
    expect(isOpen(operations, posts(ReceiptKind.NON_DELIVERY))).toBe(false);
  });

  it('knows no other scope', () => {
    const port = openChannels(TH, views('live', 'joined', 'joined'), posts(), () => SINCE as EpochMs);
    expect(port.isOpen('op-other' as Scope, LA)).toBe(false);
  });
});

describe('inboundScopes', () => {
  const scopes = (operations: OperationViews, now = SINCE): readonly Scope[] =>
    inboundScopes(TH, operations, LA, now as EpochMs);

  it.each(['proposed', 'live', 'suspended', 'closing'] as const)('takes what comes while it is %s', (state) => {
    expect(scopes(views(state, 'joined', 'joined'))).toEqual([NAGA]);
  });

  it('takes what comes for an hour after it was closed, and after its sender has left', () => {
    for (const operations of [views('closed', 'joined', 'joined'), views('live', 'joined', 'left')]) {
      expect(scopes(operations, SINCE + HOUR - 1)).toEqual([NAGA]);
      expect(scopes(operations, SINCE + HOUR)).toEqual([]);
    }
  });

  it.each(['invited', 'declined', 'left', 'removed'] as const)('takes nothing where this office has %s', (state) => {
    expect(scopes(views('live', state, 'joined'))).toEqual([]);
  });
});
