import { describeEnum } from '../../core/wire/index.ts';

const LISTS = [
  'AnswerOutcome',
  'CharterForm',
  'Corridor',
  'CrimeArea',
  'Urgency',
  'BulletinType',
  'DataCategory',
  'HandlingCode',
  'HoldResolution',
  'KeyUse',
  'Lane',
  'MediaType',
  'MessageKind',
  'OperationAction',
  'OperationRole',
  'Precedence',
  'Purpose',
  'RecallAction',
  'RecallGround',
  'RecallOutcome',
  'ReceiptKind',
  'SearchOutcome',
  'SearchRefusal',
  'RefusalGround',
  'RequestAction',
  'ResponseClass',
  'RetentionGround',
  'ReviewFinding',
  'GapReason',
  'OutcomeType',
  'PostType',
  'TaskingState',
  'TriageAction',
  'TriageOutcome',
] as const;

/** A code list of the contract that the office's own answers use. */
export type CodeList = (typeof LISTS)[number];

const NAMES = new Map(
  LISTS.map((list) => [list, new Map(describeEnum(list).values.map(({ number, name }) => [number, name]))]),
);

/** A code as the contract spells it, `PRECEDENCE_FLASH`; a code that this release does not know as its number. */
export function codeName(list: CodeList, code: number): string {
  return NAMES.get(list)?.get(code) ?? String(code);
}

/** All codes of a list but the unspecified one, as the contract spells them. */
export function codeNames(list: CodeList): readonly string[] {
  return [...(NAMES.get(list) ?? [])].filter(([number]) => number !== 0).map(([, name]) => name);
}

/** The crime area of a message as the contract spells it; null where it has none that was disclosed. */
export function crimeAreaName(area: number): string | null {
  return area === 0 ? null : codeName('CrimeArea', area);
}
