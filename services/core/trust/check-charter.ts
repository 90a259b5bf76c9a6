import {
  type DurationMs,
  type EpochMs,
  earlier,
  isOperationId,
  type NationCode,
  nationOf,
  type OfficeId,
} from '../foundation/index.ts';
import { type Charter, type CharterMember, DataCategory, OperationRole } from '../wire/index.ts';
import { msOf } from './document-text.ts';
import { TrustError } from './errors.ts';

/** What a sound charter says, ready to be asked. */
export interface SoundCharter {
  readonly startsMs: EpochMs;
  readonly endsMs: EpochMs;
  readonly lead: OfficeId;
  readonly members: ReadonlyMap<OfficeId, CharterMember>;
}

function membersFault(id: string, fault: string, office = ''): TrustError {
  return new TrustError('TRUST_CHARTER_MEMBERS_INVALID', { context: { id, fault, office } });
}

/** A limited member has a list of its own, within the charter's and with the core; nobody else has one. */
function isListSound({ role, dataCategories }: CharterMember, { dataCategories: all }: Charter): boolean {
  if (role !== OperationRole.LIMITED) return dataCategories.length === 0;
  return dataCategories.includes(DataCategory.CORE) && dataCategories.every((category) => all.includes(category));
}

function checkMembers(charter: Charter): ReadonlyMap<OfficeId, CharterMember> {
  const { id } = charter;
  const members = new Map<OfficeId, CharterMember>();
  const nations = new Set<NationCode>();
  charter.members.forEach((member, index) => {
    const { role } = member;
    const office = member.office as OfficeId;
    if (members.has(office)) throw membersFault(id, 'office-twice', office);
    if (nations.has(nationOf(office))) throw membersFault(id, 'nation-twice', office);
    if ((role === OperationRole.LEAD) !== (index === 0)) throw membersFault(id, 'lead', office);
    if (!isListSound(member, charter)) throw membersFault(id, 'categories', office);
    members.set(office, member);
    nations.add(nationOf(office));
  });
  return members;
}

function termsFault(charter: Charter): string | undefined {
  const { id, quorum, members, dataCategories } = charter;
  if (!isOperationId(id)) return 'id';
  if (!dataCategories.includes(DataCategory.CORE)) return 'core';
  return quorum > members.length ? 'quorum' : undefined;
}

/**
 * A charter that is sound in itself: one lead and it comes first, nobody twice, one office of a nation, a quorum that can
 * be reached, dates in order. Who signed it is not looked at.
 * @throws TrustError TRUST_CHARTER_TERMS_INVALID, TRUST_CHARTER_MEMBERS_INVALID, TRUST_CHARTER_DATES_INVALID.
 */
export function checkCharter(charter: Charter): SoundCharter {
  const fault = termsFault(charter);
  if (fault !== undefined) throw new TrustError('TRUST_CHARTER_TERMS_INVALID', { context: { fault } });
  const members = checkMembers(charter);
  const startsMs = msOf(charter.starts);
  const endsMs = msOf(charter.ends);
  if (endsMs <= startsMs) throw new TrustError('TRUST_CHARTER_DATES_INVALID', { context: { id: charter.id } });
  return { startsMs, endsMs, lead: charter.members[0]?.office as OfficeId, members };
}

/** The operation's time has not ended. @throws TrustError TRUST_CHARTER_EXPIRED. */
export function assertCharterNotEnded(id: string, endsMs: EpochMs, now: EpochMs, tolerance: DurationMs): void {
  if (endsMs <= earlier(now, tolerance)) throw new TrustError('TRUST_CHARTER_EXPIRED', { context: { id } });
}
