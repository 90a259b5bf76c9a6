import { type EpochMs, isOfficeId, type OfficeId } from '../foundation/index.ts';
import {
  type AgreementArticle,
  alertCodec,
  envelopeHeaderCodec,
  HandlingCode,
  JsonFaultsError,
  joinParts,
  MessageKind,
  parseJson,
  splitBody,
  type TrustLevel,
} from '../wire/index.ts';
import { PolicyError } from './errors.ts';
import type { AgreementInForce, GateAgreement, GateMessage, GateOutcome } from './types.ts';
import { type CodeList, codeOfWord, codesOf } from './vocabulary.ts';

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
  readonly gate: 'export' | 'import';
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly message: GateMessage;
  readonly agreement: GateAgreement;
  readonly originatorConsents: boolean;
  readonly opening: boolean;
  readonly now: EpochMs;
  readonly expect: CaseExpectation;
}

type Fields = Readonly<Record<string, unknown>>;

/** The time at which cases that say nothing else are set. */
const CASE_TIME = '2026-03-01T08:00:00Z';

function fail(at: string, fault: string): PolicyError {
  return new PolicyError('POLICY_CASES_INVALID', { context: { at, fault } });
}

function fieldsOf(value: unknown, at: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail(at, 'must be an object');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw fail(`${at}.${unknown}`, 'is not a field of a case');
  return value as Fields;
}

function textOf(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw fail(at, 'must be a text');
  return value;
}

function flagOf(value: unknown, at: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw fail(at, 'must be true or false');
  return value === true;
}

function numberOf(value: unknown, at: string, least: number, most: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most)
    throw fail(at, `must be a whole number from ${least} to ${most}`);
  return value as number;
}

function officeOf(value: unknown, at: string): OfficeId {
  if (!isOfficeId(value)) throw fail(at, 'must be an office');
  return value;
}

function wordsOf(value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string'))
    throw fail(at, 'must be a list of texts');
  return [...(value as readonly string[])].sort();
}

function codeOf(list: CodeList, value: unknown, at: string): number {
  const code = typeof value === 'string' ? codeOfWord(list, value) : undefined;
  if (code === undefined || code === 0) throw fail(at, `must be a word of the schema's ${list}`);
  return code;
}

/** Codes by their words; where the list is left out, all there are. */
function codesIn(list: CodeList, value: unknown, at: string): readonly number[] {
  return value === undefined ? codesOf(list) : wordsOf(value, at).map((word) => codeOf(list, word, at));
}

const HANDLING = { H0: HandlingCode.H0, H1: HandlingCode.H1, H2: HandlingCode.H2, H3: HandlingCode.H3 } as const;

function handlingOf(value: unknown, at: string, otherwise: HandlingCode): HandlingCode {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || !(value in HANDLING)) throw fail(at, 'must be H0, H1, H2 or H3');
  return HANDLING[value as keyof typeof HANDLING];
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

const ALERT_DEFAULTS = {
  messageType: 'MESSAGE_TYPE_ALERT',
  crimeArea: 'CRIME_AREA_OTHER',
  urgency: 'URGENCY_EXPECTED',
  severity: 'SEVERITY_MODERATE',
  certainty: 'CERTAINTY_LIKELY',
};
const MESSAGE_FIELDS = [
  'origin',
  'purpose',
  'handling',
  'precedence',
  'drill',
  'emergency',
  'created',
  'alert',
  'arrived',
];

function messageOf(value: unknown, at: string, from: OfficeId): GateMessage {
  const fields = fieldsOf(value, at, MESSAGE_FIELDS);
  const createdMs = Date.parse(fields.created === undefined ? CASE_TIME : textOf(fields.created, `${at}.created`));
  if (!Number.isSafeInteger(createdMs)) throw fail(`${at}.created`, 'must be a time');
  const header = envelopeHeaderCodec.decode(
    envelopeHeaderCodec.encode({
      kind: MessageKind.ALERT,
      origin: fields.origin === undefined ? from : officeOf(fields.origin, `${at}.origin`),
      purpose: codeOf('Purpose', fields.purpose ?? 'investigation', `${at}.purpose`) as never,
      handling: handlingOf(fields.handling, `${at}.handling`, HandlingCode.H0),
      precedence: codeOf('Precedence', fields.precedence ?? 'routine', `${at}.precedence`) as never,
      drill: flagOf(fields.drill, `${at}.drill`),
      emergency: flagOf(fields.emergency, `${at}.emergency`),
      createdMs,
      expiresMs: createdMs + 86_400_000,
    }),
  );
  const alert = fieldsOf(fields.alert ?? {}, `${at}.alert`, Object.keys((fields.alert as object | undefined) ?? {}));
  const whole = splitBody(MessageKind.ALERT, parseAlert({ ...ALERT_DEFAULTS, ...alert }, `${at}.alert`));
  const arrived = fields.arrived === undefined ? undefined : codesIn('DataCategory', fields.arrived, `${at}.arrived`);
  const parts = whole
    .map((part, index) => ({ ...part, index }))
    .filter((part) => arrived === undefined || arrived.includes(part.category));
  return { header, kind: MessageKind.ALERT, parts, body: joinParts(MessageKind.ALERT, parts) };
}

function parseAlert(value: Fields, at: string): ReturnType<typeof alertCodec.decode> {
  try {
    return parseJson(alertCodec, value);
  } catch (cause) {
    if (!(cause instanceof JsonFaultsError)) throw cause;
    throw fail(`${at}.${cause.faults[0]?.field ?? ''}`, cause.faults[0]?.message ?? 'is not an alert');
  }
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
  if (gate !== 'export' && gate !== 'import') throw fail(`${at}.gate`, 'must be export or import');
  const from = officeOf(fields.from, `${at}.from`);
  const named = typeof fields.agreement === 'string' ? agreements[fields.agreement] : (fields.agreement ?? {});
  if (named === undefined) throw fail(`${at}.agreement`, 'is none of the agreements of this file');
  return {
    description: textOf(fields.description, `${at}.description`),
    gate,
    from,
    to: officeOf(fields.to, `${at}.to`),
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
