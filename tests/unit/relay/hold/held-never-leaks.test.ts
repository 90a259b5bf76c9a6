import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFrame, receiveTransit } from '../../../../services/core/envelope/index.ts';
import { type Digest, digestOf, sha256, toHex } from '../../../../services/core/foundation/index.ts';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { baselineBundle, createGates, type Gates } from '../../../../services/core/policy/index.ts';
import { shownDigest } from '../../../../services/core/relay/hold/shown-digest.ts';
import type { HeldKey, Person } from '../../../../services/core/relay/index.ts';
import { headCache } from '../../../../services/core/trust/index.ts';
import {
  type Alert,
  crossingCodec,
  HoldResolution,
  type LedgerRecord,
  ledgerBatchCodec,
  ledgerRecordCodec,
  Outcome,
  Purpose,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { bundleOf, permitAll, VEHICLE } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { exercises, twoPersons, withholding } from '../test-bundles.ts';
import { ledgerFindings, submission, type TwoOffices, twoOffices } from '../two-offices.ts';

// --- what may happen --------------------------------------------------------------------------------------------------

const LAWS: Readonly<Record<string, Gates>> = Object.fromEntries(
  Object.entries({
    one: exercises('th', 'releaseUnattended'),
    two: twoPersons('th', 'releaseUnattended'),
    less: withholding('th', 'disclose', 'free_text'),
    never: exercises('th', 'release'),
    free: bundleOf('th', 1, permitAll('th')),
  }).map(([name, nation]) => [name, createGates({ baseline: baselineBundle(), nation })]),
);

const PEOPLE: readonly Person[] = [
  { name: 'officer-1', role: 'supervisor' },
  { name: 'supervisor-1', role: 'supervisor' },
  { name: 'supervisor-2', role: 'supervisor' },
  { name: 'oversight-1', role: 'oversight' },
  { name: 'supervisor-1', role: 'oversight' },
];

const which = fc.nat(5);
const who = fc.nat(PEOPLE.length - 1);
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), emergency: fc.nat(7).map((n) => n === 0) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const), which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('release' as const),
      which,
      people: fc.array(who, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reject' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recall' as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('law' as const), law: fc.constantFrom(...Object.keys(LAWS)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), th: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time' as const), hours: fc.constantFrom(1, 12, 25) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(60) }) },
);
type Step = typeof action extends fc.Arbitrary<infer T> ? T : never;

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** What is asked of an office that dies may never be answered. */
const within = (work: Promise<unknown>): Promise<unknown> => Promise.race([work.catch(() => undefined), turns(200)]);

// --- what left, and what the ledger said when it did -------------------------------------------------------------------

interface Left {
  readonly bytes: Uint8Array;
  /** How much of the ledger was on disk. */
  readonly entries: number;
}

function tap({ th, thToLa }: TwoOffices): Left[] {
  const left: Left[] = [];
  thToLa.decide = (_, bytes) => {
    left.push({ bytes: new Uint8Array(bytes), entries: th.log.entries.length });
    return 'pass';
  };
  return left;
}

interface Crossed {
  readonly envelope: Digest;
  readonly shown: Digest;
  readonly all: Buffer;
  readonly entries: number;
}

/** Every crossing that was ever put on the line, opened with the key of the office that it is sealed to. */
async function crossed({ la }: TwoOffices, left: readonly Left[]): Promise<readonly Crossed[]> {
  const found: Crossed[] = [];
  const keyOf = la.trust.store().keysForArrival(la.clock.now());
  for (const { bytes, entries } of left) {
    const received = receiveTransit(bytes);
    if (received.transit !== 'frame') continue;
    const { unsealer, drillUnsealer } = la.keys;
    const now = la.clock.now();
    const frame = await openFrame(received, { self: LA, unsealer, drillUnsealer, keyOf, heads: headCache(), now });
    if (frame.carries !== 'crossings') continue;
    for (const item of frame.crossings) {
      const envelope = digestOf(crossingCodec.decode(item.bytes).envelope?.envelope ?? new Uint8Array());
      const all = Buffer.concat([item.bytes, ...item.parts]);
      found.push({
        envelope,
        shown: shownDigest(
          envelope,
          LA,
          item.parts.map((part) => sha256(part)),
        ),
        all,
        entries,
      });
    }
  }
  return found;
}

/** The records of a ledger, each with the place of the append that wrote it. */
function recordsOf({ th }: TwoOffices): readonly { readonly entry: number; readonly record: LedgerRecord }[] {
  return th.log.entries.flatMap(({ bytes }, entry) =>
    ledgerBatchCodec.decode(bytes).records.map((record) => ({ entry, record: ledgerRecordCodec.decode(record) })),
  );
}

interface Release {
  readonly entry: number;
  readonly atMs: number;
  /** What was shown; null where nobody held it. */
  readonly shown: Digest | null;
}

interface Told {
  readonly key: string;
  readonly envelope: Digest;
  readonly expiresMs: number;
  readonly releases: Release[];
  ends: number;
}

/** What the ledger says of each message: when it was let go, and how often it left the hold queue. */
function tellingOf(at: TwoOffices): readonly Told[] {
  const messages = new Map<string, Told>();
  for (const { entry, record } of recordsOf(at)) {
    const { messageAccepted, holdResolved, atMs } = record;
    if (messageAccepted !== null) {
      const { envelopeId, envelopeDigest, expiresMs, crossings } = messageAccepted;
      const isOut = crossings.some(({ decision }) => decision?.outcome === Outcome.RELEASED);
      messages.set(envelopeId, {
        key: envelopeId,
        envelope: toHex(envelopeDigest) as Digest,
        expiresMs,
        releases: isOut ? [{ entry, atMs, shown: null }] : [],
        ends: 0,
      });
    }
    const held = messages.get(holdResolved?.envelopeId ?? '');
    if (holdResolved === null || held === undefined) continue;
    held.ends++;
    if (holdResolved.resolution === HoldResolution.RELEASED)
      held.releases.push({ entry, atMs, shown: toHex(holdResolved.shown) as Digest });
  }
  return [...messages.values()];
}

// --- one schedule -----------------------------------------------------------------------------------------------------

let planted = 0;

/** Plays a schedule out; what was planted in each message, by its id. */
async function play(at: TwoOffices, steps: readonly Step[]): Promise<ReadonlyMap<string, string>> {
  const marks = new Map<string, string>();
  const ids: HeldKey['id'][] = [];
  const looked = new Map<string, Digest>();
  const keyOf = (nth: number): HeldKey | undefined => {
    const id = ids[nth % Math.max(1, ids.length)];
    return id === undefined ? undefined : { direction: 'outbound', origin: TH, id, peer: LA };
  };
  const look = async (key: HeldKey): Promise<void> => {
    const { shown } = await at.th.relay.readHeld(key);
    if (shown !== null) looked.set(key.id, shown);
  };
  const perform = async (step: Step): Promise<void> => {
    if (step.do === 'submit') {
      const mark = `plan${String(++planted).padStart(8, '0')}ted`;
      const alert = { subjects: [VEHICLE as Alert['subjects'][number]], headline: mark, narrative: mark };
      const more = step.emergency ? { purpose: Purpose.LIFE_SAFETY, emergency: 'Life in danger' } : {};
      const sent = await at.th.relay.submit(submission({ drill: true, alert, ...more }));
      ids.push(sent.id);
      marks.set(sent.id, mark);
    } else if (step.do === 'law') at.th.gates = LAWS[step.law] as Gates;
    else if (step.do === 'kill') await at.kill(step.th ? at.th : at.la);
    else if (step.do === 'restart') await at.restart(at.th);
    else if (step.do === 'time') at.skip(step.hours * 3_600_000);
    else if (step.do === 'wait') await turns(step.turns);
    else {
      const key = keyOf(step.which);
      if (key === undefined) return;
      if (step.do === 'look') await look(key);
      else if (step.do === 'reject') await at.th.relay.reject(key, 'supervisor-2', 'no');
      else if (step.do === 'recall')
        await at.th.relay.recalls.recall({
          id: key.id,
          action: 1,
          ground: 1,
          answerByMs: null,
          text: '',
          textLanguage: '',
          submittedBy: 'officer-1',
          idempotencyKey: '',
          submissionDigest: '0'.repeat(64) as Digest,
        });
      else {
        // By what they looked at, perhaps under another law; whoever never looked makes something up.
        const shown = looked.get(key.id) ?? ('0'.repeat(64) as Digest);
        await Promise.all(
          step.people.map((nth) =>
            at.th.relay.release(key, PEOPLE[nth] as Person, { reason: 'r', shown }).catch(() => undefined),
          ),
        );
      }
    }
  };
  for (const step of steps) {
    const work = perform(step);
    // Every other step runs into the next one.
    if (step.do === 'kill' || step.do === 'restart' || step.do === 'wait') await work;
    else await within(work);
  }
  return marks;
}

describe('what is held', () => {
  it('leaves only after its release, as it was shown, once, whatever is killed, reloaded, expires or races', async () => {
    let [released, held, gone] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 15, maxLength: 40, size: 'max' }), async (steps) => {
        const at = await twoOffices({ th: exercises('th', 'releaseUnattended') });
        try {
          const left = tap(at);
          const marks = await play(at, steps);
          // Whatever was going to leave has left once this has.
          at.th.gates = LAWS['free'] as Gates;
          const { id } = await at.th.relay.submit(submission());
          await eventually(() =>
            expect(at.la.projection.inbound.get(messageKey(TH, id))?.deliveredMs).toBeTypeOf('number'),
          );
          await eventually(() => {
            for (const lane of at.th.projection.lanes.all()) expect(lane.confirmedThrough).toBe(lane.nextNumber - 1);
          });

          const told = tellingOf(at);
          const all = await crossed(at, left);
          for (const { envelope, shown, entries } of all) {
            const message = told.find((one) => one.envelope === envelope);
            const [release] = message?.releases ?? [];
            // On disk before it was put on the line, and not a part more or less than somebody was shown.
            expect(release?.entry ?? Number.POSITIVE_INFINITY).toBeLessThan(entries);
            if (release?.shown != null) expect(shown).toBe(release.shown);
          }
          const line = Buffer.concat(all.map((one) => one.all));
          for (const { key, expiresMs, releases, ends } of told) {
            expect(releases.length).toBeLessThanOrEqual(1);
            expect(ends).toBeLessThanOrEqual(1);
            for (const { atMs, shown } of releases)
              if (shown !== null) expect(atMs).toBeLessThanOrEqual(expiresMs + 1000);
            const mark = marks.get(key);
            if (mark === undefined) continue;
            if (releases.length === 0) expect(line.includes(mark)).toBe(false);
            if (releases.length > 0) released++;
            else if (ends === 0) held++;
            else gone++;
          }
          expect(await ledgerFindings(at.th)).toEqual([]);
          expect([...at.th.bugs, ...at.la.bugs]).toEqual([]);
        } finally {
          await at.close();
        }
      }),
      { numRuns: 25 },
    );
    expect(
      [released, held, gone].filter((count) => count < 3),
      `${released}, ${held}, ${gone}`,
    ).toEqual([]);
  }, 120_000);
});
