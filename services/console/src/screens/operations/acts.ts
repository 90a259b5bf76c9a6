import type { Member, Operation, PostType } from './types.ts';

/** What a person can do about an operation itself, in the order in which it is offered. */
export const ACTS = ['SIGN', 'DECLINE', 'RESUME', 'SUSPEND', 'REMOVE', 'LEAVE', 'CLOSE'] as const;

/** One of them. */
export type Act = (typeof ACTS)[number];

type Standing = Pick<Operation, 'state' | 'lead' | 'members'>;

const AHEAD: readonly Operation['state'][] = ['proposed', 'live', 'suspended'];

const RULES: Readonly<
  Record<
    Act,
    {
      readonly by: 'lead' | 'others';
      readonly states: readonly Operation['state'][];
      readonly own: readonly Member['state'][];
    }
  >
> = {
  SIGN: { by: 'others', states: AHEAD, own: ['invited', 'declined'] },
  DECLINE: { by: 'others', states: AHEAD, own: ['invited'] },
  LEAVE: { by: 'others', states: [...AHEAD, 'closing'], own: ['joined'] },
  REMOVE: { by: 'lead', states: AHEAD, own: ['joined'] },
  SUSPEND: { by: 'lead', states: ['live'], own: ['joined'] },
  RESUME: { by: 'lead', states: ['suspended'], own: ['joined'] },
  CLOSE: { by: 'lead', states: AHEAD, own: ['joined'] },
};

/** The member that this office is; undefined where the charter does not name it. */
export function memberOf({ members }: Pick<Operation, 'members'>, office: string): Member | undefined {
  return members.find((member) => member.office === office);
}

/** What that office can do about the operation as it stands, by the rules that the office node goes by. */
export function possibleActs(operation: Standing, office: string): readonly Act[] {
  const own = memberOf(operation, office);
  if (own === undefined) return [];
  const by = operation.lead === office ? 'lead' : 'others';
  return ACTS.filter((act) => {
    const rule = RULES[act];
    const isInPlace = rule.by === by && rule.states.includes(operation.state) && rule.own.includes(own.state);
    return isInPlace && (act !== 'REMOVE' || removableMembers(operation).length > 0);
  });
}

/** Whom the lead can remove: every other member that is still there or may still join. */
export function removableMembers({ members, lead }: Pick<Operation, 'members' | 'lead'>): readonly Member[] {
  return members.filter(({ office, state }) => office !== lead && state !== 'left' && state !== 'removed');
}

const OF_LEAD: ReadonlySet<PostType> = new Set(['POST_TYPE_TASKING', 'POST_TYPE_DECISION']);

/** In the order in which they are offered; an answer to a tasking is given at the tasking. */
export const POST_TYPES: readonly PostType[] = [
  'POST_TYPE_MESSAGE',
  'POST_TYPE_SITREP',
  'POST_TYPE_SIGHTING',
  'POST_TYPE_POSITION',
  'POST_TYPE_TASKING',
  'POST_TYPE_DECISION',
  'POST_TYPE_WARNING',
  'POST_TYPE_FEEDBACK',
  'POST_TYPE_SEIZURE',
  'POST_TYPE_LESSON',
];

/** What that office may say in the channel now: nothing unless it is live and the office is part of it and no observer. */
export function postTypesFor(operation: Standing, office: string): readonly PostType[] {
  const own = memberOf(operation, office);
  if (operation.state !== 'live' || own?.state !== 'joined' || own.role === 'OPERATION_ROLE_OBSERVER') return [];
  return POST_TYPES.filter((type) => !OF_LEAD.has(type) || own.role === 'OPERATION_ROLE_LEAD');
}

/** Why that office can say nothing now: what the screen says in the place of the form. */
export function silentBecause(operation: Standing, office: string): 'not-live' | 'not-joined' | 'observer' | undefined {
  const own = memberOf(operation, office);
  if (own?.state !== 'joined') return 'not-joined';
  if (operation.state !== 'live') return 'not-live';
  return own.role === 'OPERATION_ROLE_OBSERVER' ? 'observer' : undefined;
}
