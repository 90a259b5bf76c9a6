import { describe, expect, it } from 'vitest';
import type { DecidedCrossing, SignedMessage, VerifiedCrossing } from '../../../services/core/envelope/index.ts';
import type { EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import { utf8 } from '../../../services/core/foundation/index.ts';
import { loadBundle } from '../../../services/core/policy/bundle.ts';
import { writeForm } from '../../../services/core/policy/bundle-form.ts';
import { createGates } from '../../../services/core/policy/gates.ts';
import { GATE_REASONS } from '../../../services/core/policy/reasons.ts';
import type { ExportQuestion, GateAgreement, GateMessage, Gates } from '../../../services/core/policy/types.ts';
import {
  CrimeArea,
  DataCategory,
  type Decision,
  HandlingCode,
  type MessageKind,
  Outcome,
  Purpose,
  SubjectRole,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import {
  agreement,
  arrived,
  article,
  bundleOf,
  categoriesOf,
  exportQuestion,
  LA,
  message,
  NOW,
  PERSON,
  permitAll,
  TH,
  VEHICLE,
} from './fixtures.ts';

const NEVER =
  '@id("baseline.never") @reason("Never true.") forbid (principal, action == Action::"release", resource) when { context.message.handling > 7 };';
const baseline = bundleOf('baseline', 1, NEVER);
const open = createGates({ baseline, nation: bundleOf('th', 1, permitAll('th')) });

function gatesWith(...policies: string[]): Gates {
  return createGates({ baseline, nation: bundleOf('th', 1, ...policies) });
}

function forbid(name: string, action: string, condition: string): string {
  return `@id("th.${name}") @reason("Forbidden.") forbid (principal, action == Action::"${action}", resource) when { ${condition} };`;
}

function signed(question: ExportQuestion<GateMessage>): ExportQuestion {
  return { ...question, message: question.message as unknown as SignedMessage };
}

function verified(sent: GateMessage, disclosed: readonly number[], from: OfficeId, to: OfficeId): VerifiedCrossing {
  return { ...arrived(sent, disclosed), from, to } as unknown as VerifiedCrossing;
}

const reasonOf = (init: Partial<ExportQuestion<GateMessage>>, gates: Gates = open): string => {
  const verdict = gates.previewExport(exportQuestion(init));
  expect(verdict.outcome === 'refused').toBe(verdict.decision.outcome === Outcome.REFUSED);
  if (verdict.outcome === 'refused') expect([verdict.disclosed, verdict.decision.withheld]).toEqual([[], []]);
  return verdict.decision.reason;
};

describe('createGates', () => {
  it.each([
    ["a nation's bundle as baseline", bundleOf('la', 1, permitAll('la')), bundleOf('th', 1, permitAll('th'))],
    ["the baseline as a nation's bundle", baseline, baseline],
  ])('refuses %s', (_, first, nation) => {
    expect(() => createGates({ baseline: first, nation })).toThrow(
      expect.objectContaining({ code: 'POLICY_BUNDLE_FOREIGN' }),
    );
  });
});

describe('decideExport', () => {
  it('answers as previewExport, with what the crossing is to be made of', () => {
    const question = signed(exportQuestion());
    const decided = open.decideExport(question);
    const { decision, disclosed, agreement: ref } = open.previewExport(question);
    expect(decided).toEqual({
      message: question.message,
      from: TH,
      to: LA,
      scope: 'la-houayxay--th-chiang-khong',
      agreement: ref,
      decision,
      disclosed,
    } as unknown as DecidedCrossing);
    expect(ref).toEqual({ id: 'la-th-2026', version: 1, digest: new Uint8Array(32), article: '3' });
    expect(decision).toMatchObject({
      outcome: Outcome.RELEASED,
      policies: ['th.permit-all'],
      decidedMs: NOW,
      releasedBy: '',
      reason: '',
    });
    expect(decision.bundles.map(({ name, version, digest }) => [name, version, digest.length])).toEqual([
      ['baseline', 1, 32],
      ['th', 1, 32],
    ]);
  });
});

describe('previewExport', () => {
  it.each([
    ["another nation's office hands over", { from: LA, to: TH }, 'POLICY_NO_BUNDLE'],
    ['there is no agreement', { agreement: { refused: 'AGREEMENT_EXPIRED' } }, 'AGREEMENT_EXPIRED'],
    [
      'an agreement does not say that it is in force',
      { agreement: { ...agreement(), inForce: false } as unknown as GateAgreement },
      'POLICY_NO_AGREEMENT',
    ],
    ['the kind of message is unknown', { message: { ...message(), kind: 77 as MessageKind } }, 'POLICY_KIND_UNKNOWN'],
    ['the core is missing', { message: arrived(message(), [1]) }, 'POLICY_CORE_WITHHELD'],
    ['a code of the body is unknown', { message: message({ urgency: 99 as never }) }, 'POLICY_CODE_UNKNOWN'],
    [
      'a role is unknown',
      { message: message({ subjects: [{ ...VEHICLE, role: 99 as SubjectRole }] }) },
      'POLICY_CODE_UNKNOWN',
    ],
    ['the purpose is not stated', { message: message({}, { purpose: Purpose.UNSPECIFIED }) }, 'POLICY_CODE_UNKNOWN'],
    [
      'the trust level is not stated',
      { agreement: agreement({ trustLevel: TrustLevel.UNSPECIFIED }) },
      'POLICY_TRUST_LEVEL_UNKNOWN',
    ],
    [
      'the trust level is unknown',
      { agreement: agreement({ trustLevel: 6 as TrustLevel }) },
      'POLICY_TRUST_LEVEL_UNKNOWN',
    ],
    [
      'the article does not cover the kind',
      { agreement: agreement({ article: article({ kinds: [] }) }) },
      'POLICY_ARTICLE_DOES_NOT_COVER',
    ],
    [
      'the article does not cover the crime area',
      { agreement: agreement({ article: article({ crimeAreas: [CrimeArea.DRUGS] }) }) },
      'POLICY_ARTICLE_DOES_NOT_COVER',
    ],
    [
      'the article does not cover the purpose',
      { agreement: agreement({ article: article({ purposes: [Purpose.LIFE_SAFETY] }) }) },
      'POLICY_ARTICLE_DOES_NOT_COVER',
    ],
    [
      'the article has no exercises',
      { message: message({}, { drill: true }), agreement: agreement({ article: article({ drills: false }) }) },
      'POLICY_ARTICLE_DOES_NOT_COVER',
    ],
    [
      'the handling code is above the ceiling',
      {
        message: message({}, { handling: HandlingCode.H2 }),
        agreement: agreement({ article: article({ handlingCeiling: HandlingCode.H1 }) }),
      },
      'POLICY_HANDLING_ABOVE_CEILING',
    ],
    [
      'the handling code is not stated',
      { message: message({}, { handling: HandlingCode.UNSPECIFIED }) },
      'POLICY_HANDLING_ABOVE_CEILING',
    ],
    [
      'the article states no ceiling',
      { agreement: agreement({ article: article({ handlingCeiling: HandlingCode.UNSPECIFIED }) }) },
      'POLICY_HANDLING_ABOVE_CEILING',
    ],
    [
      'the article does not name the core',
      { agreement: agreement({ article: article({ dataCategories: [DataCategory.FREE_TEXT] }) }) },
      'POLICY_CORE_WITHHELD',
    ],
  ] as const)('refuses when %s, whatever the policies permit', (_, init, reason) => {
    expect(reasonOf(init as Partial<ExportQuestion<GateMessage>>)).toBe(reason);
  });

  it('lets the handling code at the ceiling pass', () => {
    expect(
      reasonOf({
        message: message({}, { handling: HandlingCode.H1 }),
        agreement: agreement({ article: article({ handlingCeiling: HandlingCode.H1 }) }),
      }),
    ).toBe('');
  });

  it('refuses a category that the contract does not have, also where its bit is that of another', () => {
    const sent = message();
    const parts = [...sent.parts, { category: (DataCategory.CORE + 32) as DataCategory, path: [20, 0] }];
    expect(reasonOf({ message: { ...sent, parts } })).toBe('POLICY_CODE_UNKNOWN');
  });

  it('refuses a message about more different people and things than can be asked about', () => {
    const nation = (index: number): string => String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26));
    const subjects = Array.from({ length: 90 }, (_, index) => ({
      role: SubjectRole.SUSPECT,
      person: { familyName: 'Doe', address: 'x', nationalities: [nation(index)], healthNeeds: 'x' },
    }));
    const gates = gatesWith(
      permitAll('th'),
      forbid('own', 'disclose', 'context.part.nationalities.contains(Nation::"ZZ")'),
    );
    expect(reasonOf({ message: message({ subjects }) }, gates)).toBe('POLICY_TOO_MANY_QUESTIONS');
    expect(reasonOf({ message: message({ subjects }) })).toBe('');
  });

  it("is bound by the dates of the nation's bundle, to the millisecond", () => {
    const validFrom = NOW as EpochMs;
    const validUntil = (NOW + 1000) as EpochMs;
    const nation = loadBundle(
      utf8(
        writeForm({ name: 'th', version: 1, schema: 1, validFrom, validUntil }, [
          { path: 'a.cedar', text: permitAll('th') },
        ]),
      ),
    );
    const dated = createGates({ baseline, nation });
    const at = (now: number): string => reasonOf({ now: now as EpochMs }, dated);
    expect([at(NOW - 1), at(NOW), at(NOW + 999), at(NOW + 1000)]).toEqual([
      'POLICY_BUNDLE_NOT_IN_FORCE',
      '',
      '',
      'POLICY_BUNDLE_NOT_IN_FORCE',
    ]);
  });

  it('refuses where the core is forbidden, and names who forbids it', () => {
    const verdict = gatesWith(
      permitAll('th'),
      forbid('no-core', 'disclose', 'context.part.category == DataCategory::"core"'),
    ).previewExport(exportQuestion());
    expect([verdict.outcome, verdict.decision.reason, verdict.decision.policies]).toEqual([
      'refused',
      'POLICY_CORE_WITHHELD',
      ['th.no-core'],
    ]);
  });

  it('goes without the core of a subject, where only that is forbidden', () => {
    const verdict = gatesWith(
      permitAll('th'),
      forbid('no-subject', 'disclose', 'context.part.ofSubject'),
    ).previewExport(exportQuestion());
    expect([verdict.outcome, categoriesOf(verdict.decision.withheld)]).toEqual(['released', ['core', 'transport']]);
  });

  it('tells a category withheld by two rules apart, with the parts of each', () => {
    const sent = message({ subjects: [PERSON, { role: SubjectRole.WITNESS, person: { familyName: 'Roe' } }] });
    const gates = gatesWith(
      permitAll('th'),
      forbid(
        'witness',
        'disclose',
        'context.part.role == SubjectRole::"witness" && context.part.category == DataCategory::"identity"',
      ),
      forbid(
        'suspect',
        'disclose',
        'context.part.role == SubjectRole::"suspect" && context.part.category == DataCategory::"identity"',
      ),
    );
    const { withheld } = gates.previewExport(exportQuestion({ message: sent })).decision;
    const place = (index: number): readonly number[] => sent.parts[index]?.path ?? [];
    expect(withheld.map(({ category, policies, parts }) => [category, policies, parts.map(place)])).toEqual([
      [DataCategory.IDENTITY, ['th.suspect'], [[20, 0, 10]]],
      [DataCategory.IDENTITY, ['th.witness'], [[20, 1, 10]]],
    ]);
  });

  it.each([
    ['opening', { opening: true }, {}],
    ['emergency', {}, { emergency: true }],
  ])('tells policies of %s, and remembers neither answer for the other', (fact, given, init) => {
    const gates = gatesWith(
      permitAll('th'),
      forbid(fact, 'disclose', `context.part.category == DataCategory::"free_text" && !context.message.${fact}`),
    );
    const withheld = (...[circumstances, headers]: readonly object[]): string[] =>
      categoriesOf(
        gates.previewExport(exportQuestion({ message: message(undefined, headers), ...circumstances })).decision
          .withheld,
      );
    expect([withheld({}, {}), withheld(given, init), withheld({}, {})]).toEqual([['free_text'], [], ['free_text']]);
  });

  it('gives every reason of its own a sentence', () => {
    for (const sentence of Object.values(GATE_REASONS)) expect(sentence.endsWith('.')).toBe(true);
  });
});

describe('releaseExport', () => {
  const review = forbid('review', 'releaseUnattended', 'true');
  const body = { subjects: [PERSON, VEHICLE], headline: 'Two of them' };
  const question = signed(exportQuestion({ message: message(body) }));
  const shown = gatesWith(permitAll('th'), review).decideExport(question).decision;

  it('releases under the name what was held', () => {
    const gates = gatesWith(permitAll('th'), review);
    expect(shown).toMatchObject({ outcome: Outcome.HELD, reason: 'POLICY_REVIEW_REQUIRED', policies: ['th.review'] });
    const { decision, disclosed } = gates.releaseExport(question, { by: 'supervisor-1', shown });
    expect(decision).toMatchObject({
      outcome: Outcome.RELEASED,
      reason: '',
      policies: ['th.permit-all'],
      releasedBy: 'supervisor-1',
      withheld: [],
    });
    expect(disclosed).toEqual(question.message.parts.map((_, index) => index));
  });

  it.each(['', '  '])('does not release for nobody (%j)', (by) => {
    expect(() => open.releaseExport(question, { by, shown })).toThrow(
      expect.objectContaining({ code: 'POLICY_RELEASE_UNNAMED' }),
    );
    expect(() =>
      open.releaseImport(
        { crossing: verified(message(), [0], LA, TH), agreement: agreement(), now: NOW },
        { by, shown },
      ),
    ).toThrow(expect.objectContaining({ code: 'POLICY_RELEASE_UNNAMED' }));
  });

  it('asks again: what is forbidden by now is refused, and nobody released it', () => {
    const stricter = gatesWith(permitAll('th'), review, forbid('late', 'release', 'true'));
    expect(stricter.releaseExport(question, { by: 'supervisor-1', shown }).decision).toMatchObject({
      outcome: Outcome.REFUSED,
      policies: ['th.late'],
      releasedBy: '',
    });
    expect(
      open.releaseExport({ ...question, agreement: { refused: 'AGREEMENT_EXPIRED' } }, { by: 'supervisor-1', shown })
        .decision,
    ).toMatchObject({ outcome: Outcome.REFUSED, reason: 'AGREEMENT_EXPIRED', releasedBy: '' });
  });

  it('withholds what is withheld by now', () => {
    const stricter = gatesWith(
      permitAll('th'),
      review,
      forbid('late', 'disclose', 'context.part.category == DataCategory::"contact"'),
    );
    expect(categoriesOf(stricter.releaseExport(question, { by: 'supervisor-1', shown }).decision.withheld)).toEqual([
      'contact',
    ]);
  });

  it('never lets more pass than was shown', () => {
    const strict = gatesWith(
      permitAll('th'),
      review,
      forbid('early', 'disclose', 'context.part.category == DataCategory::"biometric"'),
    );
    const shownLess = strict.decideExport(question).decision;
    const { decision, disclosed } = open.releaseExport(question, { by: 'supervisor-1', shown: shownLess });
    expect(decision.withheld).toEqual([
      { category: DataCategory.BIOMETRIC, policies: ['hold:not-shown'], parts: shownLess.withheld[0]?.parts },
    ]);
    expect(disclosed).not.toContain(shownLess.withheld[0]?.parts[0]);
  });

  it('is not remembered as an answer for those who come without a name', () => {
    const gates = gatesWith(permitAll('th'), review);
    gates.releaseExport(question, { by: 'supervisor-1', shown });
    expect(gates.decideExport(question).decision.outcome).toBe(Outcome.HELD);
  });

  it('refuses where whether it may go unattended cannot be asked by now', () => {
    const failing = forbid('fails', 'releaseUnattended', 'context.agreement.retentionDays * 9223372036854775807 < 0');
    expect(
      gatesWith(permitAll('th'), failing).releaseExport(question, { by: 'supervisor-1', shown }).decision,
    ).toMatchObject({
      outcome: Outcome.REFUSED,
      reason: 'POLICY_EVALUATION_ERROR',
      policies: ['th.fails'],
      releasedBy: '',
    });
  });

  it('refuses where the core was not shown', () => {
    const all = { withheld: [{ parts: question.message.parts.map((_, index) => index) }] };
    expect(open.releaseExport(question, { by: 'supervisor-1', shown: all }).decision).toMatchObject({
      outcome: Outcome.REFUSED,
      reason: 'POLICY_CORE_WITHHELD',
    });
  });
});

describe('a policy that wants two persons', () => {
  const one = forbid('one', 'releaseUnattended', 'true');
  const two = (condition: string, action = 'releaseUnattended'): string =>
    `@persons("2") ${forbid('two', action, condition)}`;
  const question = signed(exportQuestion({ message: message({ subjects: [PERSON] }) }));
  const held = (...policies: string[]): Decision =>
    gatesWith(permitAll('th'), ...policies).decideExport(question).decision;

  it('counts where it holds the crossing, and only there', () => {
    expect(held(one)).toMatchObject({ outcome: Outcome.HELD, policies: ['th.one'], releasesNeeded: 1 });
    expect(held(one, two('context.message.persons'))).toMatchObject({
      outcome: Outcome.HELD,
      policies: ['th.one', 'th.two'],
      releasesNeeded: 2,
    });
    expect(held(one, two('context.message.drill'))).toMatchObject({ policies: ['th.one'], releasesNeeded: 1 });
    expect(held(two('context.message.drill'))).toMatchObject({ outcome: Outcome.RELEASED, releasesNeeded: 0 });
    expect(held(`@persons("1") ${one}`)).toMatchObject({ releasesNeeded: 1 });
  });

  it('counts also where its name is one of too many for a decision', () => {
    const many = Array.from({ length: 300 }, (_, index) => forbid(`a${index}`, 'releaseUnattended', 'true'));
    const { policies, releasesNeeded } = held(...many, two('true'));
    expect([policies.length, policies.includes('th.two'), releasesNeeded]).toEqual([256, false, 2]);
  });

  it('needs nobody where the crossing is refused, and one person where nothing permits it unattended', () => {
    expect(held(two('true'), forbid('no', 'release', 'true'))).toMatchObject({
      outcome: Outcome.REFUSED,
      releasesNeeded: 0,
    });
    const silent = gatesWith(
      permitAll('th').replace('action,', 'action in [Action::"release", Action::"disclose"],'),
    ).decideExport(question);
    expect(silent.decision).toMatchObject({ outcome: Outcome.HELD, policies: [], releasesNeeded: 1 });
  });

  it('is answered from the cache as it was at first', () => {
    const gates = gatesWith(permitAll('th'), two('true'));
    const ask = (): number => gates.decideExport(question).decision.releasesNeeded;
    expect([ask(), ask()]).toEqual([2, 2]);
  });

  it.each([
    ['nobody approved', {}],
    ['nobody is named', { approvedBy: ' ' }],
    ['the same person approved', { approvedBy: 'supervisor-1' }],
  ])('is not satisfied where %s: the crossing stays held', (_, approval) => {
    const gates = gatesWith(permitAll('th'), two('true'));
    const { decision: shown } = gates.decideExport(question);
    expect(gates.releaseExport(question, { by: 'supervisor-1', shown, ...approval }).decision).toMatchObject({
      outcome: Outcome.HELD,
      reason: 'POLICY_REVIEW_REQUIRED',
      releasesNeeded: 2,
      releasedBy: '',
      approvedBy: '',
    });
  });

  it('is satisfied by two, at either gate', () => {
    const gates = gatesWith(permitAll('th'), two('true'));
    const { decision: shown } = gates.decideExport(question);
    const both = { by: 'supervisor-1', approvedBy: 'officer-2', shown };
    const released = {
      outcome: Outcome.RELEASED,
      releasedBy: 'supervisor-1',
      approvedBy: 'officer-2',
      releasesNeeded: 0,
    };
    expect(gates.releaseExport(question, both).decision).toMatchObject(released);
    const inward = gatesWith(permitAll('th'), two('true', 'admitUnattended'));
    const crossing = verified(message({}, { origin: LA }), [0], LA, TH);
    const asked = { crossing, agreement: agreement(), now: NOW };
    expect(inward.releaseImport(asked, { by: 'supervisor-1', shown }).admitted).toBeNull();
    expect(inward.releaseImport(asked, both).decision).toMatchObject(released);
  });

  it("lets one person send past the hold in an emergency of the office's own, and in no other", () => {
    const gates = gatesWith(permitAll('th'), two('true'), two('true', 'admitUnattended').replaceAll('th.two', 'th.in'));
    const outcome = (origin: OfficeId): Outcome => {
      const sent = message({ subjects: [PERSON] }, { emergency: true, origin });
      const asked = signed(exportQuestion({ message: sent }));
      const { decision: shown } = gates.decideExport(asked);
      expect(shown.releasesNeeded).toBe(2);
      return gates.releaseExport(asked, { by: 'officer-1', shown }).decision.outcome;
    };
    expect([outcome(TH), outcome(LA)]).toEqual([Outcome.RELEASED, Outcome.HELD]);
    const crossing = verified(message({}, { emergency: true, origin: LA }), [0], LA, TH);
    const asked = { crossing, agreement: agreement(), now: NOW };
    const { decision: shown } = gates.decideImport(asked);
    expect(gates.releaseImport(asked, { by: 'officer-1', shown }).outcome).toBe('held');
  });
});

describe('decideImport', () => {
  const sent = message({ subjects: [PERSON, VEHICLE], headline: 'Two of them' }, { origin: LA });
  const without = (category: DataCategory): number[] =>
    sent.parts.flatMap((part, index) => (part.category === category ? [] : [index]));
  const crossing = verified(sent, without(DataCategory.IDENTITY), LA, TH);

  it('admits what is permitted, in the numbering of the envelope', () => {
    const gates = gatesWith(
      permitAll('th'),
      forbid('no-contact', 'accept', 'context.part.category == DataCategory::"contact"'),
    );
    const { outcome, decision, admitted } = gates.decideImport({ crossing, agreement: agreement(), now: NOW });
    const contact = sent.parts.findIndex((part) => part.category === DataCategory.CONTACT);
    expect(outcome).toBe('released');
    expect(decision.withheld).toEqual([
      { category: DataCategory.CONTACT, policies: ['th.no-contact'], parts: [contact] },
    ]);
    expect(admitted?.accepted).toEqual(without(DataCategory.IDENTITY).filter((index) => index !== contact));
    expect(admitted?.crossing).toBe(crossing);
  });

  it.each([
    ['held', forbid('review', 'admitUnattended', 'true')],
    ['refused', forbid('no', 'admit', 'true')],
  ])('admits nothing that is %s', (outcome, policy) => {
    const verdict = gatesWith(permitAll('th'), policy).decideImport({ crossing, agreement: agreement(), now: NOW });
    expect([verdict.outcome, verdict.admitted]).toEqual([outcome, null]);
  });

  it('admits under a name what was held', () => {
    const gates = gatesWith(permitAll('th'), forbid('review', 'admitUnattended', 'true'));
    const { decision: shown } = gates.decideImport({ crossing, agreement: agreement(), now: NOW });
    const verdict = gates.releaseImport({ crossing, agreement: agreement(), now: NOW }, { by: 'supervisor-1', shown });
    expect(verdict.admitted?.decision.releasedBy).toBe('supervisor-1');
  });

  it('is under the law of the nation that receives', () => {
    const verdict = open.decideImport({ crossing: verified(sent, [0], TH, LA), agreement: agreement(), now: NOW });
    expect(verdict.decision.reason).toBe('POLICY_NO_BUNDLE');
  });
});
