import type { EpochMs, OfficeId } from '../foundation/index.ts';
import { type AgreementArticle, HandlingCode, type TrustLevel } from '../wire/index.ts';
import {
  codesIn,
  type Fields,
  fail,
  fieldsOf,
  flagOf,
  handlingOf,
  numberOf,
  officeOf,
  textOf,
  wordsOf,
} from './case-fields.ts';
import { CASE_TIME, messageOf } from './case-message.ts';
import { PolicyError } from './errors.ts';
import { type Parties, REGION } from './facts.ts';
import type { AgreementInForce, GateAgreement, GateMessage, GateOutcome } from './types.ts';

/** What a case says must come out. */
export interface CaseExpectation {
  readonly outcome: GateOutcome;
  /** Where it is left out, the reason does not matter. */
  readonly reason: string | undefined;
  /** Words of the categories of which something is withheld; sorted. */
  readonly withheld: readonly string[];
  /** Names of all policies that determined the outcome or withheld something; sorted. */
  readonly policies: readonly string[];
  /** Names of the policies that could not be evaluated; sorted. */
  readonly errors: readonly string[];
  /** How many named persons it takes to release it, 0 where it is not held; where it is left out, that does not matter. */
  readonly persons: number | undefined;
}

/** One question to a gate with the answer it must get. */
export interface PolicyCase {
  readonly description: string;
  readonly gate: 'export' | 'import' | 'toRegion' | 'fromRegion';
  readonly from: OfficeId;
  readonly to: Parties['to'];
  readonly message: GateMessage;
  readonly agreement: GateAgreement;
  readonly originatorConsents: boolean;
  readonly opening: boolean;
  readonly now: EpochMs;
  readonly expect: CaseExpectation;
}

const AGREEMENT_FIELDS = [
  'refused',
  'id',
  'article',
  'kinds',
  'crimeAreas',
  'dataCategories',
  'purposes',
  'handlingCeiling',
  'retentionDays',
  'drills',
  'trustLevel',
];

/** What is left out is as wide as it can be. */
function agreementOf(value: unknown, at: string): GateAgreement {
  const fields = fieldsOf(value, at, AGREEMENT_FIELDS);
  if (fields.refused !== undefined) return { refused: textOf(fields.refused, `${at}.refused`) };
  const article = {
    id: fields.article === undefined ? '1' : textOf(fields.article, `${at}.article`),
    text: '',
    kinds: codesIn('MessageKind', fields.kinds, `${at}.kinds`),
    crimeAreas: codesIn('CrimeArea', fields.crimeAreas, `${at}.crimeAreas`),
    dataCategories: codesIn('DataCategory', fields.dataCategories, `${at}.dataCategories`),
    purposes: codesIn('Purpose', fields.purposes, `${at}.purposes`),
    handlingCeiling: handlingOf(fields.handlingCeiling, `${at}.handlingCeiling`, HandlingCode.H3),
    retentionDays:
      fields.retentionDays === undefined ? 90 : numberOf(fields.retentionDays, `${at}.retentionDays`, 1, 3650),
    drills: fields.drills === undefined ? true : flagOf(fields.drills, `${at}.drills`),
    responseTimes: [],
    region: false,
    corridors: [],
    subscribers: [],
    backfillDays: 0,
  } as AgreementArticle;
  const trustLevel = ((fields.trustLevel === undefined ? 4 : numberOf(fields.trustLevel, `${at}.trustLevel`, 0, 4)) +
    1) as TrustLevel;
  const agreement: AgreementInForce = {
    id: fields.id === undefined ? 'case' : textOf(fields.id, `${at}.id`),
    version: 1,
    digest: new Uint8Array(32),
    article,
    trustLevel,
    inForce: true,
  };
  return agreement;
}

function expectationOf(value: unknown, at: string): CaseExpectation {
  const fields = fieldsOf(value, at, ['outcome', 'reason', 'withheld', 'policies', 'errors', 'persons']);
  const outcome = fields.outcome;
  if (outcome !== 'released' && outcome !== 'held' && outcome !== 'refused')
    throw fail(`${at}.outcome`, 'must be released, held or refused');
  return {
    outcome,
    reason: fields.reason === undefined ? undefined : textOf(fields.reason, `${at}.reason`),
    withheld: wordsOf(fields.withheld ?? [], `${at}.withheld`),
    policies: wordsOf(fields.policies ?? [], `${at}.policies`),
    errors: wordsOf(fields.errors ?? [], `${at}.errors`),
    persons: fields.persons === undefined ? undefined : numberOf(fields.persons, `${at}.persons`, 0, 2),
  };
}

function caseOf(value: unknown, at: string, agreements: Fields): PolicyCase {
  const fields = fieldsOf(value, at, [
    'description',
    'gate',
    'from',
    'to',
    'agreement',
    'originatorConsents',
    'opening',
    'message',
    'expect',
  ]);
  const { gate } = fields;
  if (gate !== 'export' && gate !== 'import' && gate !== 'toRegion' && gate !== 'fromRegion')
    throw fail(`${at}.gate`, 'must be export, import, toRegion or fromRegion');
  if (gate === 'toRegion' && fields.to !== undefined) throw fail(`${at}.to`, 'has no place in a release to the region');
  const from = officeOf(fields.from, `${at}.from`);
  const named = typeof fields.agreement === 'string' ? agreements[fields.agreement] : (fields.agreement ?? {});
  if (named === undefined) throw fail(`${at}.agreement`, 'is none of the agreements of this file');
  return {
    description: textOf(fields.description, `${at}.description`),
    gate,
    from,
    to: gate === 'toRegion' ? REGION : officeOf(fields.to, `${at}.to`),
    message: messageOf(fields.message ?? {}, `${at}.message`, from),
    agreement: agreementOf(named, `${at}.agreement`),
    originatorConsents: flagOf(fields.originatorConsents, `${at}.originatorConsents`),
    opening: flagOf(fields.opening, `${at}.opening`),
    now: Date.parse(CASE_TIME) as EpochMs,
    expect: expectationOf(fields.expect, `${at}.expect`),
  };
}

/**
 * The cases in the text of a `cases.json`; deploy/policies/README.md describes the form.
 * @throws PolicyError POLICY_CASES_INVALID; the context says where and why.
 */
export function readCases(text: string): readonly PolicyCase[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PolicyError('POLICY_CASES_INVALID', { context: { at: '', fault: 'must be JSON' }, cause });
  }
  const fields = fieldsOf(value, '', ['agreements', 'cases']);
  const agreements = fieldsOf(
    fields.agreements ?? {},
    'agreements',
    Object.keys((fields.agreements as object | undefined) ?? {}),
  );
  if (!Array.isArray(fields.cases) || fields.cases.length === 0) throw fail('cases', 'must be a list of cases');
  return (fields.cases as readonly unknown[]).map((entry, index) => caseOf(entry, `cases[${index}]`, agreements));
}
