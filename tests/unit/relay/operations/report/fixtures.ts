import { type EpochMs, fromHex, type OfficeId, parseOfficeId } from '../../../../../services/core/foundation/index.ts';
import type { OperationMember, OperationView } from '../../../../../services/core/relay/operations/types.ts';
import {
  charterCodec,
  type OperationFigures,
  OperationRole,
  type PostFact,
  type PostType,
  parseJson,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';

export const TH = parseOfficeId('th-chiang-khong');
export const LA = parseOfficeId('la-houayxay');
export const MM = parseOfficeId('mm-tachileik');
export const START = Date.UTC(2026, 10, 20, 6) as EpochMs;

/** So many minutes after the start. */
export function at(minutes: number): EpochMs {
  return (START + minutes * 60_000) as EpochMs;
}

/** A digest that is told apart by one byte. */
export function digestNamed(byte: number): string {
  return byte.toString(16).padStart(2, '0').repeat(32);
}

export function fact(number: number, postType: PostType, minutes: number, more: Partial<PostFact> = {}): PostFact {
  return {
    number,
    postType,
    createdMs: at(minutes),
    digest: fromHex(digestNamed(number)),
    assignees: [],
    dueMs: 0,
    target: new Uint8Array(),
    tasking: TaskingState.UNSPECIFIED,
    outcomes: [],
    ...more,
  };
}

export function figures(facts: readonly PostFact[], more: Partial<OperationFigures> = {}): OperationFigures {
  const types = [...new Set(facts.map(({ postType }) => postType))];
  return {
    posts: types.map((postType) => ({ postType, count: facts.filter((one) => one.postType === postType).length })),
    outcomes: [],
    withheld: [],
    deliveries: [],
    facts,
    ...more,
  };
}

export function member(office: OfficeId, role: OperationRole, more: Partial<OperationMember> = {}): OperationMember {
  return {
    office,
    role,
    state: 'joined',
    joinedMs: at(0),
    endedMs: null,
    joinedLate: false,
    lastPost: null,
    categories: [],
    dutyContact: '',
    act: null,
    ...more,
  };
}

/** An operation of three that was closed; everybody stated nothing yet. */
export function operation(more: Partial<OperationView> = {}): OperationView {
  const charter = parseJson(charterCodec, {
    id: 'night-market',
    name: 'Night market',
    aim: 'Stop what is moved over the river at night',
    form: 'CHARTER_FORM_OFFICE',
    agreement: 'mou-mekong',
    lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
    members: [TH, LA, MM].map((office, index) => ({
      office,
      role: index === 0 ? 'OPERATION_ROLE_LEAD' : 'OPERATION_ROLE_MEMBER',
    })),
    purposes: ['PURPOSE_INVESTIGATION'],
    crimeAreas: ['CRIME_AREA_DRUGS'],
    dataCategories: ['DATA_CATEGORY_CORE'],
    handlingCeiling: 'HANDLING_CODE_H2',
    retentionDays: 30,
    starts: '2026-11-20T00:00:00Z',
    ends: '2026-11-30T00:00:00Z',
    quorum: 2,
    history: 'HISTORY_RULE_ALL',
  });
  return {
    id: 'night-market',
    scope: 'op-night-market' as OperationView['scope'],
    drill: false,
    charter: { charter, document: { digest: digestNamed(7) } } as unknown as OperationView['charter'],
    lead: TH,
    state: 'closed',
    sinceMs: at(200),
    openedMs: at(10),
    closedMs: at(190),
    members: new Map([
      [TH, member(TH, OperationRole.LEAD)],
      [LA, member(LA, OperationRole.MEMBER, { joinedMs: at(5) })],
      [MM, member(MM, OperationRole.MEMBER, { joinedMs: at(60), joinedLate: true })],
    ]),
    leadActs: 1,
    acts: [],
    contributions: new Map(),
    reportSignatures: new Map(),
    ...more,
  };
}
