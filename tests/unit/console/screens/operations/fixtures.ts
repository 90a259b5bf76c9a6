import type {
  Entry,
  Member,
  Operation,
  Reader,
  Summary,
} from '../../../../../services/console/src/screens/operations/types.ts';

/** Offices of the tests; the first leads. */
export const TH = 'th-chiang-khong';
/** A member. */
export const LA = 'la-houayxay';
/** Another one. */
export const MM = 'mm-tachileik';

/** A member of an operation that has joined. */
export function member(office: string, more: Partial<Member> = {}): Member {
  return {
    office,
    role: office === TH ? 'OPERATION_ROLE_LEAD' : 'OPERATION_ROLE_MEMBER',
    state: 'joined',
    signed: true,
    joinedAt: '2026-11-22T18:00:00Z',
    joinedLate: false,
    endedAt: null,
    lastPost: null,
    dataCategories: [],
    dutyContact: '',
    ...more,
  };
}

/** An operation of three nations that is live. */
export function summary(more: Partial<Summary> = {}): Summary {
  return {
    id: 'naga',
    name: 'Naga',
    drill: false,
    state: 'live',
    since: '2026-11-22T18:00:00Z',
    lead: TH,
    starts: '2026-11-22T17:00:00Z',
    ends: '2026-11-23T17:00:00Z',
    openedAt: '2026-11-22T18:00:00Z',
    closedAt: null,
    quorum: 3,
    posts: 0,
    lastPostAt: null,
    waiting: { sign: false, accept: 0, finish: 0, due: null, unread: 0, report: false },
    members: [member(TH), member(LA), member(MM)],
    ...more,
  };
}

/** The same with a charter and no acts. */
export function operation(more: Partial<Operation> = {}): Operation {
  return {
    ...summary(),
    charter: { digest: '0'.repeat(64), form: 'CHARTER_FORM_OFFICE', words: [] },
    acts: [],
    ...more,
  };
}

/** How far another member is with a post: it has opened it. */
export function reader(office: string, more: Partial<Reader> = {}): Reader {
  return {
    office,
    state: 'retrieved',
    withheld: [],
    policies: [],
    receivedAt: '2026-11-22T18:01:00Z',
    openedAt: '2026-11-22T18:02:00Z',
    seen: false,
    ...more,
  };
}

/** A post that is here. */
export function entry(office: string, number: number, more: Partial<Entry> = {}): Entry {
  return {
    office,
    number,
    last: number,
    digest: `${number}`.padStart(64, '0'),
    id: `${office}-${number}`,
    createdAt: '2026-11-22T18:00:00Z',
    type: 'POST_TYPE_MESSAGE',
    by: null,
    openedAt: null,
    state: 'here',
    withheldParts: [],
    readers: [],
    ...more,
  };
}
