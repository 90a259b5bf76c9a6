import type { EpochMs, NationCode } from '../foundation/index.ts';
import type { BundleRef, Withheld } from '../wire/index.ts';
import type { Action, PolicyAnswer, PolicyEngine } from './cedar.ts';
import type { DecisionCache } from './decision-cache.ts';
import type { CrossingQuestion } from './question.ts';
import type { GateReason } from './reasons.ts';
import type { GateOutcome, NamedRelease } from './types.ts';
import type { UsedFacts } from './used-facts.ts';
import { boundedNames, withheldList } from './withheld-list.ts';

/** The questions of a gate. */
export interface GateActions {
  readonly gate: 'export' | 'import';
  readonly pass: Action;
  /** Null where nothing is held: it passes or it does not. */
  readonly passUnattended: Action | null;
  readonly passPart: Action;
}

/** The export gate's questions. */
export const EXPORT_ACTIONS: GateActions = {
  gate: 'export',
  pass: 'release',
  passUnattended: 'releaseUnattended',
  passPart: 'disclose',
};

/** The import gate's questions. */
export const IMPORT_ACTIONS: GateActions = {
  gate: 'import',
  pass: 'admit',
  passUnattended: 'admitUnattended',
  passPart: 'accept',
};

/** The export gate's questions about the region. Nothing is held and nothing goes past a hold: there is none. */
export const REGION_EXPORT_ACTIONS: GateActions = {
  gate: 'export',
  pass: 'releaseToRegion',
  passUnattended: null,
  passPart: 'discloseToRegion',
};

/** The import gate's questions about what the region was told. */
export const REGION_IMPORT_ACTIONS: GateActions = {
  gate: 'import',
  pass: 'admitFromRegion',
  passUnattended: null,
  passPart: 'acceptFromRegion',
};

/** Whom a gate asks. */
export interface GateRules {
  readonly engine: PolicyEngine;
  /** The same policies without those that permit whatever is asked: what may be told the region, a permit says by name. */
  readonly regionEngine: PolicyEngine;
  /** Answers of the policies, by the question. */
  readonly answers: DecisionCache<PolicyAnswer>;
  /** What came of all answers together, by the parts there were. */
  readonly outcomes: DecisionCache<Asked>;
  /** What the policies look at, so that answers can be recognised by it. */
  readonly used: UsedFacts;
  /** Names of the policies that want two persons to release what they hold. */
  readonly wantTwo: ReadonlySet<string>;
  /** The nation whose law it is, and when that is in force. */
  readonly nation: NationCode;
  readonly validFrom: EpochMs | undefined;
  readonly validUntil: EpochMs | undefined;
  readonly bundles: readonly BundleRef[];
}

/** Parts that policies can tell apart cost a question each; a message with more kinds of them than this is refused. */
const MAX_PART_GROUPS = 200;

/** Stands for a policy's name where a part was not shown to the person who released. */
export const NOT_SHOWN = 'hold:not-shown';

/** What the policies make of a crossing, and why. */
export interface Asked {
  readonly grounds: {
    readonly outcome: GateOutcome;
    readonly policies: readonly string[];
    readonly reason: GateReason | '';
    /** How many named persons it takes to release it; 0 where it is not held. */
    readonly releasesNeeded: number;
  };
  /** Indexes in the envelope, ascending. */
  readonly disclosed: readonly number[];
  readonly withheld: readonly Withheld[];
}

const NOTHING: readonly string[] = Object.freeze([]);
const UNHELD: PolicyAnswer = { allowed: true, policies: NOTHING, failed: false };

function because(outcome: GateOutcome, policies: readonly string[], reason: GateReason | ''): Asked['grounds'] {
  return { outcome, policies: boundedNames(policies), reason, releasesNeeded: 0 };
}

function personsNeeded({ policies }: PolicyAnswer, { wantTwo }: GateRules): number {
  return policies.some((name) => wantTwo.has(name)) ? 2 : 1;
}

/** Whether that person, or those two, may stand in for the permit to go unattended: in an emergency of its own an office sends with one. */
function sufficient({ by, approvedBy = '' }: NamedRelease, needed: number, pastHold: boolean): boolean {
  return needed === 1 || pastHold || (approvedBy.trim() !== '' && approvedBy !== by);
}

function refused(policies: readonly string[], reason: GateReason): Asked {
  return { grounds: because('refused', policies, reason), disclosed: [], withheld: [] };
}

function denied(answer: PolicyAnswer): Asked {
  return refused(
    answer.policies,
    answer.failed
      ? 'POLICY_EVALUATION_ERROR'
      : answer.policies.length > 0
        ? 'POLICY_FORBIDDEN'
        : 'POLICY_NOT_PERMITTED',
  );
}

/** What the policies say, from the cache where the same was asked before; a named release is always asked anew. */
export function askPolicies(
  rules: GateRules,
  actions: GateActions,
  question: CrossingQuestion,
  release: NamedRelease | undefined,
): Asked {
  if (release !== undefined) return askEach(rules, actions, question, release);
  return rules.outcomes
    .answersFor(question.key)
    .answer(`${actions.pass} ${question.partsKey}`, () => askEach(rules, actions, question, undefined));
}

/**
 * What the policies say: refused where one cannot be asked, whatever the others say, and where the core may not pass.
 * With a named release nothing is held unless it takes two persons and one came, and nothing passes that its decision
 * withheld.
 */
function askEach(
  rules: GateRules,
  actions: GateActions,
  question: CrossingQuestion,
  release: NamedRelease | undefined,
): Asked {
  const { parties, message, agreement } = question;
  const answers = rules.answers.answersFor(question.key);
  const engine = actions.passUnattended === null ? rules.regionEngine : rules.engine;
  const whole = (action: Action): PolicyAnswer =>
    answers.answer(action, () => engine.ask({ action, parties, message, agreement }));

  const pass = whole(actions.pass);
  if (!pass.allowed) return denied(pass);
  const unattended = actions.passUnattended === null ? UNHELD : whole(actions.passUnattended);
  if (unattended.failed) return denied(unattended);
  const needed = unattended.allowed ? 0 : personsNeeded(unattended, rules);
  const pastHold = actions.gate === 'export' && question.ownEmergency;
  const waits = needed > 0 && (release === undefined || !sufficient(release, needed, pastHold));

  const notShown = new Set(release?.shown.withheld.flatMap((entry) => entry.parts));
  const withheld = withheldList();
  const disclosed: number[] = [];
  let core: { readonly passes: boolean; readonly policies: readonly string[] } = { passes: false, policies: NOTHING };
  const { groups } = question;
  if (groups.length > MAX_PART_GROUPS) return refused(NOTHING, 'POLICY_TOO_MANY_QUESTIONS');
  for (const group of groups) {
    const part = answers.answer(`${actions.passPart} ${group.key}`, () =>
      engine.ask({ action: actions.passPart, parties, message, agreement, part: group.facts }),
    );
    if (part.failed) return denied(part);
    // The article's list holds outside the policies as well, so that no bundle can lift it.
    const policies = group.facts.covered ? part.policies : [`agreement:${agreement.id}#${agreement.article}`];
    const passes = group.facts.covered && part.allowed;
    if (!passes) withheld.add(group.category, policies, group.parts);
    else if (notShown.size === 0) disclosed.push(...group.parts);
    else {
      disclosed.push(...group.parts.filter((index) => !notShown.has(index)));
      withheld.add(
        group.category,
        [NOT_SHOWN],
        group.parts.filter((index) => notShown.has(index)),
      );
    }
    if (group.corePart !== undefined)
      core = { passes: passes && !notShown.has(group.corePart), policies: passes ? NOTHING : policies };
  }
  if (!core.passes) return refused(core.policies, 'POLICY_CORE_WITHHELD');

  disclosed.sort((a, b) => a - b);
  // Kept and handed out again: nobody may change them.
  const found = { disclosed: Object.freeze(disclosed), withheld: Object.freeze(withheld.list()) };
  if (waits) {
    const grounds = because('held', unattended.policies, 'POLICY_REVIEW_REQUIRED');
    return { grounds: { ...grounds, releasesNeeded: needed }, ...found };
  }
  const permits = release === undefined ? [...pass.policies, ...unattended.policies] : pass.policies;
  return { grounds: because('released', permits, ''), ...found };
}
