import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Digest,
  digestOf,
  type EnvelopeId,
  type EpochMs,
  type OfficeId,
  utf8,
} from '../../../../services/core/foundation/index.ts';
import {
  type ActFact,
  foldOperation,
  wasLiveAfter,
} from '../../../../services/core/relay/operations/fold-operation.ts';
import { mayPost, presentMembers } from '../../../../services/core/relay/operations/members.ts';
import type { OperationView } from '../../../../services/core/relay/operations/types.ts';
import { type InstalledCharter, signDocument, writeCharterText } from '../../../../services/core/trust/index.ts';
import {
  OperationAction as Act,
  type ActTerms,
  type Charter,
  OperationRole,
  PostType,
} from '../../../../services/core/wire/index.ts';
import { charter } from '../../../vectors/charters/generator/generate.ts';
import { LA, laoStore, MM, NOON, signerOf, TH } from '../../../vectors/envelopes/generator/actors.ts';

const DAY = 86_400_000;
const VN = 'vn-lao-bao' as OfficeId;
const four: Charter = {
  ...charter(),
  members: [
    ...charter().members,
    { office: MM, role: OperationRole.OBSERVER, dataCategories: [], dutyContact: '' },
    { office: VN, role: OperationRole.LIMITED, dataCategories: [1], dutyContact: '' },
  ],
};
const figures = { withheld: [], posts: [], outcomes: [], deliveries: [], facts: [] } as unknown as NonNullable<
  ActTerms['figures']
>;
let installed: InstalledCharter;

beforeAll(async () => {
  const bytes = await signDocument('charter', writeCharterText(four), [signerOf('th-current')]);
  installed = (await laoStore()).installCharter(bytes, NOON).charters.get(four.id) as InstalledCharter;
});

let count = 0;

function fact(
  origin: OfficeId,
  number: number,
  action: Act,
  init: Partial<ActTerms> & { readonly at?: number } = {},
): ActFact {
  const { at = NOON + number * 1000, ...more } = init;
  const digest = digestOf(utf8(`${count++}`)) as Digest;
  const terms: ActTerms = {
    operation: null,
    action,
    number,
    member: '',
    signatures: [],
    lastPost: 0,
    figures: null,
    report: new Uint8Array(0),
    ...more,
  };
  return { origin, id: `id-${count}` as EnvelopeId, digest, createdMs: at as EpochMs, by: '', terms };
}

const signature = (office: OfficeId) => ({ office, protected: 'p', signature: 's' });
const sign = (office: OfficeId, number = 1) => fact(office, number, Act.SIGN, { signatures: [signature(office)] });
const open = (...offices: OfficeId[]) => fact(TH, 1, Act.OPEN, { signatures: [TH, ...offices].map(signature) });
const view = (facts: readonly ActFact[], now: number = NOON + DAY): OperationView =>
  foldOperation(installed, facts, NOON, now as EpochMs);
const stateOf = (facts: readonly ActFact[], now?: number): string => view(facts, now).state;

describe('foldOperation', () => {
  it('is proposed until it is opened, and has ended when its time has', () => {
    expect(stateOf([sign(LA)])).toBe('proposed');
    expect(stateOf([sign(LA)], NOON + 30 * DAY - 1)).toBe('proposed');
    expect(stateOf([sign(LA)], NOON + 30 * DAY)).toBe('ended');
  });

  it('has ended when too few are left to sign, and when the lead takes it back', () => {
    const declines = [LA, MM, VN].map((office) => fact(office, 1, Act.DECLINE));
    expect(stateOf(declines.slice(1))).toBe('proposed');
    expect(stateOf(declines)).toBe('ended');
    expect(stateOf([sign(LA), fact(TH, 1, Act.CLOSE)])).toBe('ended');
  });

  it('takes a member that had declined and signs after all', () => {
    expect(view([fact(LA, 1, Act.DECLINE), sign(LA, 2)]).members.get(LA)?.state).toBe('joined');
    expect(view([sign(LA), fact(LA, 2, Act.DECLINE)]).members.get(LA)?.state).toBe('joined');
  });

  it('is live from the opening on, also by the word of a member alone', () => {
    expect(stateOf([open(LA)])).toBe('live');
    const repeated = fact(LA, 1, Act.OPEN, { signatures: [signature(TH), signature(LA)] });
    expect(view([repeated]).members.get(LA)).toMatchObject({ state: 'joined', joinedLate: false, act: null });
  });

  it('knows who joined late: whose signature was not there when it was opened', () => {
    const { members } = view([sign(LA), open(LA), sign(MM)]);
    expect([members.get(LA)?.joinedLate, members.get(MM)?.joinedLate]).toEqual([false, true]);
    expect(members.get(VN)).toMatchObject({ state: 'invited', joinedLate: false });
  });

  it('is suspended and resumed by the newest word of the lead, in the order of its numbers', () => {
    const [suspend, resume] = [
      fact(TH, 2, Act.SUSPEND, { at: NOON + 9000 }),
      fact(TH, 3, Act.RESUME, { at: NOON + 5000 }),
    ];
    expect(stateOf([open(LA), suspend])).toBe('suspended');
    expect(stateOf([open(LA), resume])).toBe('live');
    expect(stateOf([open(LA), resume, suspend])).toBe('live');
  });

  it('keeps who left or was removed out for ever', () => {
    const leave = fact(LA, 2, Act.LEAVE, { lastPost: 7 });
    const remove = fact(TH, 2, Act.REMOVE, { member: LA });
    expect(view([sign(LA), open(LA), leave, sign(LA, 3)]).members.get(LA)).toMatchObject({
      state: 'left',
      lastPost: 7,
    });
    expect(view([sign(LA), open(LA), remove, sign(LA, 2)]).members.get(LA)?.state).toBe('removed');
    expect(view([sign(LA), open(LA), remove, leave]).members.get(LA)?.state).toBe('left');
  });

  it('is closed when all who are there have contributed, or after a week', () => {
    const close = fact(TH, 2, Act.CLOSE);
    const contributions = [TH, LA].map((office, index) =>
      fact(office, 3 - index, Act.CONTRIBUTE, { figures, lastPost: 4, at: NOON + 60_000 + index }),
    );
    const said = [sign(LA), open(LA), close];
    expect(stateOf(said, NOON + 7 * DAY)).toBe('closing');
    expect(stateOf(said, close.createdMs + 7 * DAY)).toBe('closed');
    expect(view([...said, ...contributions])).toMatchObject({ state: 'closed', sinceMs: NOON + 60_001 });
    expect(view([...said, ...contributions]).members.get(LA)?.lastPost).toBe(4);
    expect(view([...said, ...contributions]).contributions.size).toBe(2);
  });

  it('does not wait for a member that left', () => {
    const said = [sign(LA), sign(MM), open(LA, MM), fact(TH, 2, Act.CLOSE), fact(MM, 2, Act.LEAVE)];
    const contributions = [TH, LA].map((office) => fact(office, 3, Act.CONTRIBUTE, { figures }));
    expect(stateOf([...said, ...contributions])).toBe('closed');
  });

  it('takes no figures and no signature of the report from who never joined, and none of these from who left', () => {
    const said = [sign(LA), open(LA), fact(VN, 1, Act.DECLINE), fact(TH, 2, Act.CLOSE)];
    const report = new Uint8Array(32);
    const stated = [MM, VN].flatMap((office) => [
      fact(office, 2, Act.CONTRIBUTE, { figures }),
      fact(office, 3, Act.SIGN_REPORT, { report }),
    ]);
    const left = [
      fact(LA, 2, Act.LEAVE, { figures, lastPost: 1 }),
      fact(LA, 3, Act.SIGN_REPORT, { report }),
      fact(TH, 3, Act.SIGN_REPORT, { report }),
    ];
    const seen = view([...said, ...stated, ...left]);
    expect([...seen.contributions.keys()]).toEqual([LA]);
    expect([...seen.reportSignatures.keys()]).toEqual([TH]);
  });

  it('lets the lead remove nobody from what it has closed', () => {
    const said = [sign(LA), open(LA), fact(TH, 2, Act.CLOSE)];
    expect(view([...said, fact(TH, 3, Act.REMOVE, { member: LA })]).members.get(LA)?.state).toBe('joined');
    expect(view([...said, fact(TH, 1, Act.REMOVE, { member: LA })]).members.get(LA)?.state).toBe('removed');
  });

  it('closes by itself when its time has ended', () => {
    expect(view([sign(LA), open(LA)], NOON + 30 * DAY)).toMatchObject({ state: 'closing', closedMs: NOON + 30 * DAY });
  });

  it('counts the acts of the lead up to the first that is missing', () => {
    expect(view([open(LA), fact(TH, 2, Act.SUSPEND), fact(TH, 4, Act.SUSPEND)]).leadActs).toBe(2);
  });

  it('is the same whatever the order in which acts came', () => {
    const said = [
      sign(LA),
      sign(MM),
      fact(VN, 1, Act.DECLINE),
      sign(VN, 2),
      open(LA, MM),
      fact(LA, 2, Act.OPEN, { signatures: [TH, LA, MM].map(signature) }),
      fact(TH, 2, Act.SUSPEND),
      fact(TH, 3, Act.RESUME),
      fact(TH, 4, Act.REMOVE, { member: VN }),
      fact(MM, 2, Act.LEAVE, { lastPost: 3, figures }),
      fact(TH, 5, Act.CLOSE),
      fact(LA, 3, Act.CONTRIBUTE, { figures, lastPost: 2 }),
      fact(TH, 6, Act.CONTRIBUTE, { figures, lastPost: 9 }),
      fact(LA, 4, Act.SIGN_REPORT, { report: new Uint8Array(32).fill(1) }),
    ];
    fc.assert(
      fc.property(fc.subarray(said), fc.infiniteStream(fc.nat()), fc.nat({ max: 40 }), (some, keys, days) => {
        const now = NOON + days * DAY;
        const shuffled = some
          .map((one) => ({ one, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(view(shuffled, now)).toEqual(view(some, now));
      }),
      { numRuns: 300 },
    );
  });
});

describe('presentMembers and mayPost', () => {
  it('lets an observer say nothing, and only the lead decide and task', () => {
    const now = view([sign(LA), sign(MM), open(LA, MM)]);
    expect(presentMembers(now).map(({ office }) => office)).toEqual([TH, LA, MM]);
    expect([TH, LA, MM].map((office) => mayPost(now, office, PostType.SITREP))).toEqual([true, true, false]);
    expect([TH, LA].map((office) => mayPost(now, office, PostType.DECISION))).toEqual([true, false]);
    expect([TH, LA].map((office) => mayPost(now, office, PostType.TASKING))).toEqual([true, false]);
    expect(mayPost(now, 'mm-tamu' as OfficeId, PostType.SITREP)).toBe(false);
  });
});

describe('wasLiveAfter', () => {
  it('holds a sender to the acts of the lead that it knew', () => {
    const now = view([open(LA), fact(TH, 2, Act.SUSPEND), fact(TH, 3, Act.RESUME), fact(TH, 4, Act.CLOSE)]);
    expect([1, 2, 3, 4].map((acts) => wasLiveAfter(now, acts))).toEqual([true, false, true, false]);
  });
});
