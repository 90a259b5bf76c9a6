import { randomInt } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { isLiaisonError } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import { Precedence, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { rebuilt, snapshot } from './projection-snapshot.ts';
import type { LineFault } from './test-line.ts';
import {
  codesOf,
  copyAt,
  ledgerFindings,
  submission,
  type TestRelay,
  type TwoOffices,
  twoOffices,
} from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FAULTS: readonly LineFault[] = [
  'pass',
  'pass',
  'pass',
  'pass',
  'lose',
  'lose-ack',
  'refuse',
  'twice',
  'late',
  'corrupt',
];
const PRECEDENCES = [Precedence.FLASH, Precedence.IMMEDIATE, Precedence.PRIORITY, Precedence.ROUTINE];
const ROUNDS = 12;
const PER_ROUND = 8;

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Load both ways over bad lines, while either office is killed at random moments; ids of what was answered. */
async function storm(at: TwoOffices, random: () => number): Promise<{ readonly th: string[]; readonly la: string[] }> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  at.thToLa.decide = () => pick(FAULTS);
  at.laToTh.decide = () => pick(FAULTS);
  const answered = { th: [] as string[], la: [] as string[] };
  const submit = (test: TestRelay, to: typeof LA, ids: string[]): void => {
    test.relay.submit(submission({ recipients: [to], precedence: pick(PRECEDENCES) })).then(
      (sent) => ids.push(sent.id),
      (refusal) => {
        if (!isLiaisonError(refusal)) test.bugs.push(refusal);
      },
    );
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (let count = 0; count < PER_ROUND; count++) {
      submit(at.th, LA, answered.th);
      if (count % 4 === 0) submit(at.la, TH, answered.la);
      await turns(Math.floor(random() * 4));
    }
    await turns(Math.floor(random() * 40));
    await at.kill(pick([at.th, at.la]));
    const opened = [...at.la.projection.inbound.values()].filter(
      (message) => message.deliveredMs !== null && random() < 0.2,
    );
    for (const { origin, id } of opened) at.la.relay.retrieve(origin, id as never, 'officer').catch(() => undefined);
  }
  at.thToLa.decide = () => 'pass';
  at.laToTh.decide = () => 'pass';
  return answered;
}

describe('two offices of which one or the other is killed again and again', () => {
  it.each([1, 2, 3, randomInt(2 ** 31)])(
    'lose nothing and deliver nothing twice (seed %i)',
    async (seed) => {
      offices = await twoOffices();
      const at = offices;
      const answered = await storm(at, seeded(seed));

      const ends = (test: TestRelay, to: typeof LA): unknown[] =>
        [...test.projection.outbound.values()].map(
          (message) =>
            message.copies.get(to)?.receipts.filter((receipt) => receipt.kind === ReceiptKind.DELIVERY).length,
        );
      await eventually(() => expect(ends(at.th, LA)).toEqual([...at.th.projection.outbound].map(() => 1)), {
        withinMs: 60_000,
      });
      await eventually(() => expect(ends(at.la, TH)).toEqual([...at.la.projection.outbound].map(() => 1)), {
        withinMs: 60_000,
      });

      const sent = [...at.th.projection.outbound.keys()].sort();
      expect(answered.th.map((id) => messageKey(TH, id)).filter((key) => !sent.includes(key))).toEqual([]);
      expect([...at.la.projection.inbound.keys()].sort()).toEqual(sent);
      expect(answered.la.map((id) => messageKey(LA, id)).filter((key) => !at.th.projection.inbound.has(key))).toEqual(
        [],
      );
      for (const id of answered.th) expect(['delivered', 'retrieved']).toContain(stateOfCopy(copyAt(at, id)));

      for (const test of [at.th, at.la]) {
        await eventually(
          () =>
            expect(test.projection.lanes.all().flatMap((lane) => [...lane.items.keys(), ...lane.frames])).toEqual([]),
          { withinMs: 30_000 },
        );
      }
      await at.close();
      for (const test of [at.th, at.la]) {
        expect(test.bugs).toEqual([]);
        expect(codesOf(test, 'alarm')).toEqual([]);
        expect(codesOf(test, 'quarantined').filter((code) => !/^(ENVELOPE_|TRUST_PROOF)/.test(String(code)))).toEqual(
          [],
        );
        expect(await ledgerFindings(test)).toEqual([]);
        expect(snapshot(await rebuilt(test))).toEqual(snapshot(test.projection));
      }
    },
    180_000,
  );
});
