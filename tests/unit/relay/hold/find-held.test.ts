import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import type { AnyMessage, OfficeProjection } from '../../../../services/core/ledger/index.ts';
import { findHeld, findReleasable } from '../../../../services/core/relay/hold/find-held.ts';
import type { HeldKey } from '../../../../services/core/relay/index.ts';
import { MessageKind, type MessageTerms, Outcome } from '../../../../services/core/wire/index.ts';
import {
  copyTo,
  decision,
  idOf,
  inbound,
  NOW,
  OTHER,
  outbound,
  PEER,
  RELEASED_HOLD,
  SELF,
} from '../../office/fake-office.ts';

const out = outbound(1, [copyTo(PEER, Outcome.HELD), copyTo(OTHER, Outcome.RELEASED, { hold: RELEASED_HOLD })]);
const come = inbound(2, { decision: decision(Outcome.HELD) });
const outKey: HeldKey = { direction: 'outbound', origin: SELF, id: idOf(1), peer: PEER };
const inKey: HeldKey = { direction: 'inbound', origin: PEER, id: idOf(2), peer: PEER };

function projectionWith(...about: readonly AnyMessage[]): OfficeProjection {
  return {
    outbound: new Map([[`${SELF}/${idOf(1)}`, out]]),
    inbound: new Map([[`${PEER}/${idOf(2)}`, come]]),
    about: () => about,
  } as unknown as OfficeProjection;
}

const codeThrown = (work: () => unknown): unknown => {
  try {
    work();
    return 'found';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('findHeld', () => {
  it('finds what is held, either way, and nothing else', () => {
    const projection = projectionWith();
    expect(findHeld(projection, outKey)).toMatchObject({ way: 'outbound', message: out });
    expect(findHeld(projection, inKey)).toMatchObject({ way: 'inbound', message: come });
    for (const key of [
      { ...outKey, peer: OTHER },
      { ...inKey, peer: OTHER },
      { ...outKey, id: idOf(9) },
    ])
      expect(codeThrown(() => findHeld(projection, key))).toBe('RELAY_NOT_HELD');
  });
});

describe('findReleasable', () => {
  const recallOf = (origin: string, id: string) =>
    ({ recall: { target: { origin, id, digest: new Uint8Array(32) } } }) as unknown as MessageTerms;
  const own = outbound(3, [], { kind: MessageKind.RECALL, terms: recallOf(SELF, idOf(1)) });
  const theirs = inbound(4, { kind: MessageKind.RECALL, terms: recallOf(PEER, idOf(2)) });
  const notLetIn = { kind: MessageKind.RECALL, terms: recallOf(PEER, idOf(2)), decision: decision(Outcome.HELD) };
  const anothers = inbound(4, { kind: MessageKind.RECALL, terms: recallOf(SELF, idOf(1)) });

  it('ends a millisecond after the message expired', () => {
    expect(codeThrown(() => findReleasable(projectionWith(), outKey, out.expiresMs))).toBe('found');
    expect(codeThrown(() => findReleasable(projectionWith(), outKey, (out.expiresMs + 1) as EpochMs))).toBe(
      'RELAY_NOT_HELD',
    );
  });

  it('ends with a recall by its originator, before anybody has ended the hold', () => {
    expect(codeThrown(() => findReleasable(projectionWith(own), outKey, NOW))).toBe('HOLD_RECALLED');
    expect(codeThrown(() => findReleasable(projectionWith(theirs), inKey, NOW))).toBe('HOLD_RECALLED');
  });

  it.each([
    ['was not let in', inbound(4, notLetIn), inKey],
    ["is another office's", anothers, outKey],
    ['is no recall', inbound(4, { kind: MessageKind.REVIEW }), inKey],
  ])('goes on where what is about it %s', (_, about, key) => {
    expect(codeThrown(() => findReleasable(projectionWith(about), key, NOW))).toBe('found');
  });
});
