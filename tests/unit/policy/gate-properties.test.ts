import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, utf8 } from '../../../services/core/foundation/index.ts';
import { SCHEMA_TEXT } from '../../../services/core/policy/__generated__/shipped.ts';
import { EXPORT_ACTIONS, type GateRules } from '../../../services/core/policy/ask-policies.ts';
import { type PolicyEngine, prepareEngine } from '../../../services/core/policy/cedar.ts';
import type { Concerned } from '../../../services/core/policy/concerns.ts';
import { decisionCache } from '../../../services/core/policy/decision-cache.ts';
import { evaluate } from '../../../services/core/policy/evaluate.ts';
import { createGateRules, createGates } from '../../../services/core/policy/gates.ts';
import { CrossingQuestion } from '../../../services/core/policy/question.ts';
import type { ExportQuestion, GateMessage, PartPlace, PolicyBundle } from '../../../services/core/policy/types.ts';
import { type UsedFacts, usedFacts } from '../../../services/core/policy/used-facts.ts';
import { type Alert, CrimeArea, DataCategory, type Init, Outcome, Purpose } from '../../../services/core/wire/index.ts';
import {
  ALL_CATEGORIES,
  agreement,
  arrived,
  article,
  bundleOf,
  exportQuestion,
  message,
  permitAll,
} from './fixtures.ts';

const NEVER =
  '@id("baseline.never") @reason("Never true.") forbid (principal, action == Action::"release", resource) when { context.message.handling > 7 };';

// --- any message -----------------------------------------------------------------------------------------------------

const nations = fc.subarray(['TH', 'LA', 'MM', 'KH']);
const labels = fc.constantFrom('S0', 'S1', 'S2', 'S3');
const marker = fc.uuid();
const optional = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.oneof(fc.constant(otherwise), arbitrary);

const person = fc.record({
  familyName: optional(marker, ''),
  nationalities: nations,
  description: optional(marker, ''),
  telephoneNumbers: fc.array(marker, { maxLength: 1 }),
  healthNeeds: optional(marker, ''),
  protectionStatus: fc.constantFrom(0, 0, 0, 1, 2, 4),
  protectionSoughtFrom: fc.oneof(fc.constant([]), nations),
  victimStatus: fc.constantFrom(0, 0, 1),
  ageGroup: fc.constantFrom(0, 0, 1, 2, 3),
  guardian: optional(marker, ''),
  bankAccounts: fc.array(fc.record({ number: marker }), { maxLength: 1 }),
  documents: fc.array(fc.record({ documentType: fc.constant(1), number: marker, irregularity: optional(marker, '') }), {
    maxLength: 1,
  }),
});

const subject = fc
  .tuple(
    fc.record({ role: fc.constantFrom(1, 2, 3, 4, 7), relatedTo: fc.array(labels, { maxLength: 2 }) }),
    fc.oneof(
      person.map((value) => ({ person: value })),
      fc.record({ registration: marker, keeperName: optional(marker, '') }).map((vehicle) => ({ vehicle })),
      fc
        .record({ documentType: fc.constant(1), number: marker, holderName: optional(marker, '') })
        .map((travelDocument) => ({ travelDocument })),
      fc.record({ name: marker, modusOperandi: optional(marker, '') }).map((route) => ({ route })),
    ),
  )
  .map(([common, kind]) => ({ ...common, ...kind }));

const body = fc
  .record({
    crimeArea: fc.constantFrom(CrimeArea.DRUGS, CrimeArea.TERRORISM),
    urgency: fc.constantFrom(1, 2),
    severity: fc.constantFrom(1, 2),
    headline: optional(marker, ''),
    sourceDescription: optional(marker, ''),
    place: fc.oneof(
      fc.constant(null),
      marker.map((name) => ({ name })),
    ),
    subjects: fc.array(subject, { maxLength: 4 }),
  })
  .map(
    (value) =>
      ({
        ...value,
        subjects: value.subjects.map((one, index) => ({ ...one, label: `S${index}` })),
      }) as unknown as Init<Alert>,
  );

const sent = fc
  .tuple(
    body,
    fc.record({
      handling: fc.constantFrom(1, 2, 4),
      purpose: fc.constantFrom(Purpose.INVESTIGATION, Purpose.VICTIM_PROTECTION),
      precedence: fc.constantFrom(1, 4),
      drill: fc.boolean(),
    }),
  )
  .map(([value, header]) => message(value, header as never));

const question = fc
  .tuple(
    sent,
    fc.constantFrom(2, 3, 4, 5),
    fc.subarray(ALL_CATEGORIES, { minLength: 12 }),
    fc.constantFrom('la-houayxay', 'mm-tachileik'),
  )
  .map(([made, trustLevel, categories, to]) =>
    exportQuestion({
      message: made,
      to: to as never,
      agreement: agreement({
        trustLevel: trustLevel as never,
        article: article({ dataCategories: [...new Set([DataCategory.CORE, ...categories])] }),
      }),
    }),
  );

// --- any policies ----------------------------------------------------------------------------------------------------

const messageAtom = fc.constantFrom(
  'context.message.crimeArea == CrimeArea::"drugs"',
  'context.message.urgency == Urgency::"immediate"',
  'context.message.purpose == Purpose::"victim_protection"',
  'context.message.precedence == Precedence::"flash"',
  'context.message.handling > 1',
  'context.message.drill',
  'context.message.persons',
  'context.message.personal',
  'context.message.concerns.contains(Concern::"minor")',
  'context.message.nationalities.contains(Nation::"TH")',
  'resource in context.message.protectedFrom',
  'context.message.categories.contains(DataCategory::"contact")',
  'context.agreement.trustLevel > 2',
  'context.agreement.retentionDays * 9223372036854775807 < 0',
);
const partAtom = fc.oneof(
  messageAtom,
  fc.constantFrom(
    'context.part.category == DataCategory::"identity"',
    '[DataCategory::"core", DataCategory::"free_text"].contains(context.part.category)',
    'context.part.personal',
    'context.part.ofSubject',
    'context.part.covered',
    'context.part.role == SubjectRole::"suspect"',
    'context.part.concerns.containsAny([Concern::"victim", Concern::"source"])',
    'context.part.nationalities.contains(Nation::"LA")',
    'resource in context.part.protectedFrom',
  ),
);
const condition = (atom: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('true'),
    atom,
    fc.tuple(atom, fc.constantFrom('&&', '||'), atom).map((tokens) => `(${tokens.join(' ')})`),
    atom.map((one) => `!(${one})`),
  );

const policies = fc
  .array(
    fc.oneof(
      fc.tuple(
        fc.constantFrom('permit', 'permit', 'forbid'),
        fc.constantFrom('release', 'releaseUnattended'),
        condition(messageAtom),
      ),
      fc.tuple(fc.constantFrom('permit', 'permit', 'forbid'), fc.constant('disclose'), condition(partAtom)),
    ),
    { maxLength: 8 },
  )
  .map(
    (list) =>
      [
        ['permit', 'release', 'true'],
        ['permit', 'disclose', 'context.part.category == DataCategory::"core"'],
        ...list,
      ] as const,
  )
  .map((list) =>
    list.map(
      ([effect, action, when], index) =>
        `@id("th.p${index}") @reason("Any.") ${effect} (principal, action == Action::"${action}", resource) when { ${when} };`,
    ),
  );

const baseline = bundleOf('baseline', 1, NEVER);
const bundle = policies.map((texts): PolicyBundle => bundleOf('th', 1, ...texts));

// The policy engine is real here, and slow where nothing is remembered.
const RUNS = { numRuns: 12 };
const PATIENCE_MS = 120_000;

/** What the policies say of each part of the message, asked one by one and without any cache. */
function askedOneByOne(nation: PolicyBundle, asked: ExportQuestion<GateMessage>): readonly boolean[] {
  const texts = Object.fromEntries([...baseline.policies, ...nation.policies].map(({ name, text }) => [name, text]));
  const engine = prepareEngine(SCHEMA_TEXT, texts);
  const all = new CrossingQuestion(asked.message, asked, asked.agreement as never, {}, usedFacts([undefined]));
  return asked.message.parts.map((_, index) => {
    const group = all.groups.find(({ parts }) => parts.includes(index));
    if (group === undefined) throw new Error('a part is in no group');
    return engine.ask({
      action: 'disclose',
      parties: all.parties,
      message: all.message,
      agreement: all.agreement,
      part: group.facts,
    }).allowed;
  });
}

function markersIn(value: unknown): Set<string> {
  return new Set(JSON.stringify(value).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g));
}

describe('the export gate, over any policies and messages', () => {
  it(
    'lets no part pass that is not explicitly permitted, and withholds none that is',
    () => {
      fc.assert(
        fc.property(bundle, question, (nation, asked) => {
          const { outcome, disclosed, decision } = createGates({ baseline, nation }).previewExport(asked);
          if (outcome === 'refused') {
            expect(disclosed).toEqual([]);
            return;
          }
          const permitted = askedOneByOne(nation, asked);
          const categories = 'article' in asked.agreement ? asked.agreement.article.dataCategories : [];
          const expected = asked.message.parts.flatMap(({ category }, index) =>
            permitted[index] === true && categories.includes(category) ? [index] : [],
          );
          expect(disclosed).toEqual(expected);
          expect(decision.withheld.flatMap(({ parts }) => parts).sort((a, b) => a - b)).toEqual(
            asked.message.parts.flatMap((_, index) => (expected.includes(index) ? [] : [index])),
          );
        }),
        RUNS,
      );
    },
    PATIENCE_MS,
  );

  it(
    'leaves no withheld value in what the recipient can read',
    () => {
      fc.assert(
        fc.property(bundle, question, (nation, asked) => {
          const { disclosed } = createGates({ baseline, nation }).previewExport(asked);
          const readable = markersIn(arrived(asked.message, disclosed).body);
          const hidden = asked.message.parts.flatMap((_, index) =>
            disclosed.includes(index) ? [] : [...markersIn(arrived(asked.message, [index]).body)],
          );
          for (const value of hidden) expect(readable.has(value)).toBe(false);
        }),
        RUNS,
      );
    },
    PATIENCE_MS,
  );

  it(
    'refuses when a policy that was asked cannot be evaluated',
    () => {
      const failing =
        '@id("th.fails") @reason("Fails.") permit (principal, action == Action::"disclose", resource) when { context.agreement.retentionDays * 9223372036854775807 < 0 };';
      fc.assert(
        fc.property(policies, question, (texts, asked) => {
          const { decision } = createGates({ baseline, nation: bundleOf('th', 1, ...texts, failing) }).previewExport(
            asked,
          );
          expect(decision.outcome).toBe(Outcome.REFUSED);
        }),
        RUNS,
      );
    },
    PATIENCE_MS,
  );

  it(
    'lets a forbid win over every permit',
    () => {
      const forbidden =
        '@id("th.forbids") @reason("Forbids.") forbid (principal, action == Action::"disclose", resource) when { context.part.category == DataCategory::"identity" };';
      fc.assert(
        fc.property(policies, question, (texts, asked) => {
          const { disclosed } = createGates({ baseline, nation: bundleOf('th', 1, ...texts, forbidden) }).previewExport(
            asked,
          );
          for (const index of disclosed) expect(asked.message.parts[index]?.category).not.toBe(DataCategory.IDENTITY);
        }),
        RUNS,
      );
    },
    PATIENCE_MS,
  );

  it(
    'answers the same with the cache as without it, in whatever order it is asked',
    () => {
      fc.assert(
        fc.property(bundle, question, question, (nation, one, other) => {
          const cached = createGates({ baseline, nation });
          const without = createGates({ baseline, nation, maxKeptAnswers: 0 });
          const expected = [one, other].map((asked) => without.previewExport(asked));
          expect([one, other].map((asked) => cached.previewExport(asked))).toEqual(expected);
          expect([one, other].map((asked) => cached.previewExport(asked))).toEqual(expected);
        }),
        { numRuns: 4 },
      );
    },
    PATIENCE_MS,
  );
});

describe('the cache, over any policies that look at some facts', () => {
  /** Answers as any policies might that look at these facts: alike for equal facts, otherwise without any pattern. */
  const engineThatSees = (used: UsedFacts, salt: string): PolicyEngine => ({
    ask: ({ action, parties, message: whole, agreement: under, part }) => {
      const seen = (facts: object, names: Readonly<Record<string, boolean>>): unknown[] =>
        Object.entries(facts).filter(([name]) => names[name] === true);
      const people = ({ concerns, protectedFrom, nationalities }: Concerned, all: boolean): unknown[] => [
        concerns,
        protectedFrom,
        all ? nationalities : [],
      ];
      const digest = digestOf(
        utf8(
          JSON.stringify([
            salt,
            action,
            parties,
            under,
            seen(whole, used.message),
            people(whole.concerned, used.message.nationalities),
            part === undefined ? [] : [seen(part, used.part), people(part.concerned, used.part.nationalities)],
          ]),
        ),
      );
      const chance = Number.parseInt(digest.slice(0, 2), 16);
      return { allowed: chance > 60, policies: [`th.p${chance % 4}`], failed: chance < 4 };
    },
  });

  const everything = usedFacts([undefined]);
  const flags = <Facts extends object>(all: Facts): fc.Arbitrary<Facts> =>
    fc
      .subarray(Object.keys(all))
      .map((names) => Object.fromEntries(Object.keys(all).map((name) => [name, names.includes(name)])) as Facts);
  const used: fc.Arbitrary<UsedFacts> = fc.record({ message: flags(everything.message), part: flags(everything.part) });

  /** Two values of everything that a gate is told. */
  const CHOICES = {
    urgency: [1, 2],
    severity: [1, 2],
    certainty: [1, 2],
    messageType: [1, 2],
    crimeArea: [CrimeArea.DRUGS, CrimeArea.TERRORISM],
    role: [1, 2],
    nationalities: [['TH'], ['LA']],
    ageGroup: [0, 2],
    protectionSoughtFrom: [['MM'], ['KH']],
    telephoneNumbers: [[], ['1']],
    place: [null, { name: 'x' }],
    keeperName: ['', 'Doe'],
    withPerson: [true, false],
    drill: [false, true],
    precedence: [1, 4],
    purpose: [3, 5],
    handling: [1, 2],
    origin: ['th-chiang-khong', 'mm-tachileik'],
    originatorConsents: [false, true],
    opening: [false, true],
    emergency: [false, true],
    trustLevel: [4, 5],
    retentionDays: [30, 90],
    to: ['la-houayxay', 'mm-tachileik'],
  } as const;
  type Choice = Record<keyof typeof CHOICES, 0 | 1>;

  const questionOf = (choice: Choice): ExportQuestion<GateMessage> => {
    const pick = <Name extends keyof typeof CHOICES>(name: Name): (typeof CHOICES)[Name][number] =>
      CHOICES[name][choice[name]] as (typeof CHOICES)[Name][number];
    const person = {
      familyName: 'Doe',
      nationalities: pick('nationalities'),
      ageGroup: pick('ageGroup'),
      protectionSoughtFrom: pick('protectionSoughtFrom'),
      telephoneNumbers: pick('telephoneNumbers'),
    };
    const vehicle = { registration: '1', keeperName: pick('keeperName') };
    const content = {
      messageType: pick('messageType'),
      urgency: pick('urgency'),
      severity: pick('severity'),
      certainty: pick('certainty'),
      crimeArea: pick('crimeArea'),
      headline: 'x',
      place: pick('place'),
      subjects: [
        { label: 'V', role: 7, vehicle },
        ...(pick('withPerson') ? [{ label: 'P', role: pick('role'), person }] : []),
      ],
    };
    const header = {
      drill: pick('drill'),
      precedence: pick('precedence'),
      purpose: pick('purpose'),
      handling: pick('handling'),
      origin: pick('origin'),
      emergency: pick('emergency'),
    };
    return exportQuestion({
      to: pick('to') as never,
      message: message(content as unknown as Init<Alert>, header as never),
      agreement: agreement({
        trustLevel: pick('trustLevel') as never,
        article: article({ retentionDays: pick('retentionDays') }),
      }),
      originatorConsents: pick('originatorConsents'),
      opening: pick('opening'),
    });
  };

  /** A question, and all those that differ from it in one thing. */
  const alike = fc
    .record(
      Object.fromEntries(Object.keys(CHOICES).map((name) => [name, fc.constantFrom(0, 1)])) as unknown as Record<
        keyof typeof CHOICES,
        fc.Arbitrary<0 | 1>
      >,
    )
    .map((choice) => [
      questionOf(choice),
      ...(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) =>
        questionOf({ ...choice, [name]: choice[name] === 0 ? 1 : 0 }),
      ),
    ]);

  it(
    'never changes an answer',
    () => {
      const shipped = createGateRules({ baseline, nation: bundleOf('th', 1, permitAll('th')) });
      fc.assert(
        fc.property(fc.oneof(fc.constant(everything), used), fc.string(), alike, (facts, salt, questions) => {
          const rules = (maxSize: number): GateRules => ({
            ...shipped,
            used: facts,
            engine: engineThatSees(facts, salt),
            answers: decisionCache(maxSize, (answer) => !answer.failed),
            outcomes: decisionCache(maxSize, ({ grounds }) => grounds.reason !== 'POLICY_EVALUATION_ERROR'),
          });
          const answersOf = (under: GateRules): unknown[] =>
            questions.map((asked) =>
              evaluate(under, EXPORT_ACTIONS, { from: asked.from, to: asked.to }, asked.message, asked),
            );
          const expected = answersOf(rules(0));
          const [large, small] = [rules(10_000), rules(5)];
          for (const cached of [large, large, small, small]) expect(answersOf(cached)).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    },
    PATIENCE_MS,
  );
});

describe('CrossingQuestion', () => {
  it(
    'has one key for two crossings only when they have the same facts',
    () => {
      const used = usedFacts([undefined]);
      const facts = (asked: CrossingQuestion): string =>
        JSON.stringify([asked.parties, asked.message, asked.agreement]);
      fc.assert(
        fc.property(question, question, (one, other) => {
          const [a, b] = [one, other].map(
            (asked) =>
              new CrossingQuestion(
                asked.message,
                { from: asked.from, to: asked.to },
                asked.agreement as never,
                {},
                used,
              ),
          ) as [CrossingQuestion, CrossingQuestion];
          if (a.key === b.key) expect(facts(a)).toBe(facts(b));
          for (const group of a.groups) {
            const same = b.groups.find(({ key }) => key === group.key);
            if (a.key === b.key && same !== undefined)
              expect(JSON.stringify(same.facts)).toBe(JSON.stringify(group.facts));
          }
        }),
        { numRuns: 200 },
      );
    },
    PATIENCE_MS,
  );

  it('groups parts only when they have the same facts', () => {
    const used = usedFacts([undefined]);
    fc.assert(
      fc.property(question, ({ message: whole, from, to, agreement: under }) => {
        const ask = (parts: GateMessage['parts']): CrossingQuestion =>
          new CrossingQuestion({ ...whole, parts }, { from, to }, under as never, {}, used);
        for (const group of ask(whole.parts).groups) {
          for (const index of group.parts) {
            const alone = ask([{ ...(whole.parts[index] as PartPlace), index }]).groups[0];
            expect([alone?.facts, alone?.parts]).toEqual([group.facts, [index]]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is told apart by every fact that a policy may look at', () => {
    const rules = createGateRules({
      baseline,
      nation: bundleOf(
        'th',
        1,
        '@id("th.a") @reason("Looks at all.") permit (principal, action == Action::"release", resource) when { context.message == context.message };',
        '@id("th.b") @reason("Looks at all.") permit (principal, action == Action::"disclose", resource) when { context.part == context.part };',
      ),
    });
    expect([...Object.values(rules.used.message), ...Object.values(rules.used.part)]).not.toContain(false);
  });
});
