import { describe, expect, it } from 'vitest';
import { SCHEMA_TEXT } from '../../../services/core/policy/__generated__/shipped.ts';
import { baselineBundle } from '../../../services/core/policy/bundle.ts';
import { type Action, type PolicyAnswer, prepareEngine } from '../../../services/core/policy/cedar.ts';
import { NOBODY } from '../../../services/core/policy/concerns.ts';
import type { AgreementFacts, MessageFacts, PartFacts } from '../../../services/core/policy/facts.ts';
import { CONCERNS } from '../../../services/core/policy/vocabulary.ts';
import { LA, permitAll, TH } from './fixtures.ts';

const message: MessageFacts = {
  kind: 'alert',
  messageType: 'alert',
  crimeArea: 'drugs',
  urgency: 'past',
  severity: 'minor',
  certainty: 'likely',
  purpose: 'investigation',
  handling: 0,
  precedence: 'routine',
  drill: false,
  onward: false,
  originatorConsents: false,
  opening: false,
  emergency: false,
  persons: false,
  personal: false,
  categories: ['core'],
  concerned: NOBODY,
};
const agreement: AgreementFacts = {
  id: 'a',
  article: '1',
  inForce: true,
  trustLevel: 4,
  handlingCeiling: 3,
  retentionDays: 30,
  drills: true,
  coversMessage: true,
};
const part: PartFacts = {
  category: 'core',
  personal: false,
  ofSubject: false,
  role: 'unspecified',
  covered: true,
  concerned: NOBODY,
};
const engine = prepareEngine(SCHEMA_TEXT, {
  // Its engine alone: that a permit has to name the region's actions, the gates see to.
  'th.permit-all': permitAll('th'),
  ...Object.fromEntries(baselineBundle().policies.map(({ name, text }) => [name, text])),
});

interface Changes {
  readonly message?: Partial<MessageFacts>;
  readonly agreement?: Partial<AgreementFacts>;
  readonly part?: Partial<PartFacts>;
}

function ask(action: Action, changes: Changes = {}): PolicyAnswer {
  const ofPart = [...PARTS, ...REGION_PARTS].includes(action);
  return engine.ask({
    action,
    parties: { from: TH, to: action.endsWith('ToRegion') ? 'region' : LA },
    message: { ...message, ...changes.message },
    agreement: { ...agreement, ...changes.agreement },
    ...(ofPart ? { part: { ...part, ...changes.part } } : {}),
  });
}

const WHOLE: readonly Action[] = ['release', 'admit'];
const UNATTENDED: readonly Action[] = ['releaseUnattended', 'admitUnattended'];
const PARTS: readonly Action[] = ['disclose', 'accept'];
const REGION: readonly Action[] = ['releaseToRegion', 'admitFromRegion'];
const REGION_PARTS: readonly Action[] = ['discloseToRegion', 'acceptFromRegion'];
const refugee = { ...NOBODY, concerns: ['protected'] as const, protectedFrom: ['LA'] };
const unknownOrigin = { ...NOBODY, concerns: ['protected', 'protected_from_unknown'] as const };

/** What the gates refuse by themselves, the baseline forbids as well: for each of its rules a case that only this rule stops. */
const RULES: readonly (readonly [string, readonly Action[], Changes])[] = [
  [
    'baseline.agreement-in-force',
    [...WHOLE, ...UNATTENDED, ...PARTS, ...REGION, ...REGION_PARTS],
    { agreement: { inForce: false } },
  ],
  ['baseline.article-covers-message', [...WHOLE, ...UNATTENDED, ...REGION], { agreement: { coversMessage: false } }],
  ['baseline.article-covers-category', [...PARTS, ...REGION_PARTS], { part: { covered: false } }],
  ['baseline.handling-ceiling', [...WHOLE, ...REGION], { message: { handling: 1 }, agreement: { handlingCeiling: 0 } }],
  ['baseline.drill-needs-article', [...WHOLE, ...REGION], { message: { drill: true }, agreement: { drills: false } }],
  ['baseline.no-onward-without-consent', WHOLE, { message: { onward: true, handling: 3 } }],
  ['baseline.caveat-is-read-by-a-person', UNATTENDED, { message: { handling: 3 } }],
  ['baseline.trust-0-exercises-only', [...WHOLE, ...REGION], { agreement: { trustLevel: 0 } }],
  ['baseline.trust-1-nothing-personal', PARTS, { agreement: { trustLevel: 1 }, part: { category: 'source' } }],
  [
    'baseline.trust-2-no-persons',
    PARTS,
    { agreement: { trustLevel: 2 }, part: { category: 'contact', personal: true } },
  ],
  [
    'baseline.trust-4-witnesses-and-sources',
    PARTS,
    {
      agreement: { trustLevel: 3 },
      part: { category: 'contact', personal: true, ofSubject: true, concerned: { ...NOBODY, concerns: ['source'] } },
    },
  ],
  ['baseline.not-to-the-state-of-persecution', WHOLE, { message: { concerned: refugee } }],
  ['baseline.state-of-persecution-unknown', ['release'], { message: { concerned: unknownOrigin } }],
  ['baseline.no-part-to-the-state-of-persecution', PARTS, { part: { concerned: refugee } }],
  [
    'baseline.no-part-while-state-is-unknown',
    PARTS,
    { part: { category: 'identity', personal: true, concerned: unknownOrigin } },
  ],
  [
    'baseline.protected-person-needs-a-person',
    UNATTENDED,
    { message: { concerned: { ...refugee, protectedFrom: ['MM'] } } },
  ],
  [
    'baseline.minimise-minors',
    PARTS,
    { part: { category: 'minor', personal: true, concerned: { ...NOBODY, concerns: ['minor'] } } },
  ],
  [
    'baseline.minimise-victims',
    PARTS,
    { part: { category: 'identity', personal: true, concerned: { ...NOBODY, concerns: ['victim'] } } },
  ],
  ['baseline.health-only-to-help', PARTS, { part: { category: 'health' } }],
  ['baseline.lookouts-stay', WHOLE, { message: { kind: 'lookout' } }],
  ['baseline.region-alerts-and-bulletins', REGION, { message: { kind: 'request' } }],
  ['baseline.region-own-only', REGION, { message: { onward: true } }],
  ['baseline.region-not-restricted', REGION, { message: { handling: 2 } }],
  ['baseline.region-not-past-a-hold', REGION, { message: { emergency: true } }],
  ...CONCERNS.map(
    (concern) =>
      [
        'baseline.region-nobody-in-need-of-care',
        REGION,
        { message: { concerned: { ...NOBODY, concerns: [concern] } } },
      ] as const,
  ),
  ['baseline.region-nothing-personal', REGION_PARTS, { part: { category: 'free_text', personal: true } }],
  ...['transport', 'consignment', 'organisation'].map(
    (category) =>
      ['baseline.region-nothing-of-persons', REGION_PARTS, { message: { persons: true }, part: { category } }] as const,
  ),
  ['baseline.region-no-sources', REGION_PARTS, { part: { category: 'source' } }],
];

describe('the baseline', () => {
  it.each([...WHOLE, ...UNATTENDED, ...PARTS, ...REGION, ...REGION_PARTS])(
    'forbids nothing by itself: %s',
    (action) => {
      expect(ask(action)).toEqual({ allowed: true, policies: ['th.permit-all'], failed: false });
    },
  );

  it.each(RULES)('%s alone stops its case', (name, actions, changes) => {
    for (const action of actions)
      expect([action, ask(action, changes)]).toEqual([action, { allowed: false, policies: [name], failed: false }]);
  });

  it.each(['recall', 'recall_answer', 'consent', 'review'])('lets no %s wait for a person', (kind) => {
    for (const action of UNATTENDED) expect(ask(action, { message: { kind, handling: 3 } }).allowed).toBe(true);
  });

  it('has no rule without a case here', () => {
    expect([...new Set(RULES.map(([name]) => name))].sort()).toEqual(
      baselineBundle()
        .policies.map(({ name }) => name)
        .sort(),
    );
  });
});

describe('prepareEngine', () => {
  it('fails on a code that the schema does not have, and then allows nothing', () => {
    expect(ask('release', { message: { crimeArea: 'no_such_code' } })).toEqual({
      allowed: false,
      policies: [],
      failed: true,
    });
  });

  it('fails on a question about a part that has none', () => {
    expect(engine.ask({ action: 'disclose', parties: { from: TH, to: LA }, message, agreement })).toEqual({
      allowed: false,
      policies: [],
      failed: true,
    });
  });

  it('fails on facts that are not of the kind that the schema says, and does not throw', () => {
    expect(ask('release', { message: { handling: 1.5 } }).failed).toBe(true);
    expect(ask('release', { message: { drill: 'yes' as never } }).failed).toBe(true);
    expect(ask('release', { message: { concerned: undefined as never } }).failed).toBe(true);
  });

  it('does not take what was not checked', () => {
    expect(() => prepareEngine(SCHEMA_TEXT, { x: 'permit (' })).toThrow(
      expect.objectContaining({ code: 'POLICY_ENGINE_FAILED' }),
    );
    expect(() => prepareEngine('entity (', {})).toThrow(expect.objectContaining({ code: 'POLICY_ENGINE_FAILED' }));
  });
});
