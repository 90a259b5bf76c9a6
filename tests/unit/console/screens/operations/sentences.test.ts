import { describe, expect, it } from 'vitest';
import { readSoFar } from '../../../../../services/console/src/screens/operations/read-state.ts';
import { sentencesOf } from '../../../../../services/console/src/screens/operations/sentences.ts';
import { entry, LA, MM, reader, TH } from './fixtures.ts';

describe('sentencesOf', () => {
  it('says nothing of a post that is here and that everybody has', () => {
    expect(sentencesOf(entry(TH, 1, { readers: [reader(LA)] }), TH)).toEqual([]);
  });

  it('says whose post this office did not get, why, and by whose rule', () => {
    const keptBack = { reason: 'GAP_REASON_REFUSED', policies: ['no-names'] } as const;
    expect(sentencesOf(entry(TH, 4, { state: 'withheld', id: null, keptBack }), LA)).toEqual([
      {
        key: 'operations.gap.keptBackByRule',
        values: { self: LA, office: TH, number: 4 },
        policies: ['no-names'],
        reason: ['GapReason', 'GAP_REASON_REFUSED'],
        look: 'lock',
      },
    ]);
    const gone = { reason: 'GAP_REASON_GONE', policies: [] } as const;
    expect(sentencesOf(entry(TH, 4, { state: 'withheld', id: null, keptBack: gone }), LA)[0]?.key).toBe(
      'operations.gap.keptBack',
    );
  });

  it('names one post, or a range, that has not come', () => {
    const one = entry(TH, 4, { state: 'awaited', id: null });
    expect(sentencesOf(one, LA)[0]?.key).toBe('operations.gap.awaited');
    expect(sentencesOf({ ...one, last: 6 }, LA)[0]).toMatchObject({
      key: 'operations.gap.awaitedMany',
      values: { number: 4, last: 6 },
    });
  });

  it('names what this office itself holds, refuses or does not count', () => {
    const keyOf = (state: 'held' | 'refused' | 'void') => sentencesOf(entry(TH, 1, { state, void: 'X' }), LA)[0]?.key;
    expect([keyOf('held'), keyOf('refused'), keyOf('void')]).toEqual([
      'operations.gap.held',
      'operations.gap.refusedHere',
      'operations.gap.void',
    ]);
  });

  it('says which member did not get an own post and by which rule, one sentence each', () => {
    const readers = [
      reader(LA, { state: 'refused', policies: ['th/p1'], receivedAt: null, openedAt: null }),
      reader(MM, { state: 'held' }),
    ];
    expect(sentencesOf(entry(TH, 4, { readers }), TH)).toMatchObject([
      { key: 'operations.gap.memberRefused', values: { member: LA, office: TH, number: 4 }, policies: ['th/p1'] },
      { key: 'operations.gap.memberHeld', values: { member: MM } },
    ]);
  });

  it('says without which kind of data a member got it', () => {
    const readers = [reader(LA, { withheld: ['DATA_CATEGORY_BIOMETRIC'], policies: ['th/p2'] })];
    expect(sentencesOf(entry(TH, 4, { readers }), TH)).toMatchObject([
      { key: 'operations.gap.memberWithout', reason: ['DataCategory', 'DATA_CATEGORY_BIOMETRIC'], policies: ['th/p2'] },
    ]);
  });
});

describe('readSoFar', () => {
  const unopened = { openedAt: null };
  it('counts up to the first own post that is on its way or not opened', () => {
    const entries = [
      entry(TH, 1, { readers: [reader(LA)] }),
      entry(LA, 1, { readers: [reader(MM)] }),
      entry(TH, 2, { readers: [reader(LA, unopened)] }),
      entry(TH, 3, { readers: [reader(LA, { ...unopened, receivedAt: null, state: 'sent' })] }),
    ];
    expect(readSoFar(entries, TH)).toEqual([{ office: LA, opened: 1, received: 2, seen: 0 }]);
  });

  it('goes past a post that the member does not get, and says what it has seen by its own word', () => {
    const refused = reader(LA, { state: 'refused', receivedAt: null, openedAt: null });
    const entries = [
      entry(TH, 1, { readers: [reader(LA, { seen: true })] }),
      entry(TH, 2, { readers: [refused] }),
      entry(TH, 3, { readers: [reader(LA)] }),
    ];
    expect(readSoFar(entries, TH)).toEqual([{ office: LA, opened: 3, received: 3, seen: 1 }]);
  });
});
