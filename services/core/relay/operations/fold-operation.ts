import {
  type Digest,
  days,
  digestFromBytes,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  later,
  type OfficeId,
  type Scope,
  scopeOfChannel,
} from '../../foundation/index.ts';
import type { InstalledCharter } from '../../trust/index.ts';
import {
  type ActTerms,
  type CharterMember,
  OperationAction,
  type OperationFigures,
  OperationRole,
} from '../../wire/index.ts';
import type { OperationActView, OperationMember, OperationState, OperationView } from './types.ts';

/** Members have so long to contribute. */
export const CLOSING_MS = days(7);

/** One act that counts, as the ledger has it. */
export interface ActFact {
  readonly origin: OfficeId;
  readonly id: EnvelopeId;
  readonly digest: Digest;
  readonly createdMs: EpochMs;
  readonly by: string;
  readonly terms: ActTerms;
}

function byNumber(facts: readonly ActFact[]): readonly ActFact[] {
  return facts.toSorted((a, b) => a.terms.number - b.terms.number || (a.digest < b.digest ? -1 : 1));
}

function viewOf({ origin, id, digest, createdMs, by, terms }: ActFact): OperationActView {
  const member = terms.member === '' ? null : (terms.member as OfficeId);
  return { origin, id, digest, action: terms.action, number: terms.number, createdMs, member, by };
}

/** How many of them there are without a gap, from the first. */
function unbroken(facts: readonly ActFact[]): number {
  const numbers = new Set(facts.map(({ terms }) => terms.number));
  let count = 0;
  while (numbers.has(count + 1)) count++;
  return count;
}

type Standing = Pick<OperationMember, 'state' | 'joinedMs' | 'endedMs' | 'lastPost'> & { readonly by: ActFact | null };

const INVITED: Standing = { state: 'invited', joinedMs: null, endedMs: null, lastPost: null, by: null };

/** What a member's own acts make of it, one after the other; leaving is for ever. */
function standingOf(own: readonly ActFact[]): Standing {
  let now = INVITED;
  for (const fact of own) {
    const { terms, createdMs } = fact;
    if (terms.action === OperationAction.SIGN && (now.state === 'invited' || now.state === 'declined'))
      now = { ...now, state: 'joined', joinedMs: createdMs, endedMs: null, by: fact };
    else if (terms.action === OperationAction.DECLINE && now.state === 'invited')
      now = { ...now, state: 'declined', endedMs: createdMs, by: fact };
    else if (terms.action === OperationAction.LEAVE && now.state !== 'left')
      now = { ...now, state: 'left', endedMs: createdMs, lastPost: terms.lastPost, by: fact };
    else if (terms.action === OperationAction.CONTRIBUTE && now.state !== 'left')
      now = { ...now, lastPost: now.lastPost ?? terms.lastPost };
  }
  return now;
}

/** What the others' acts make of it besides: an opening carries its signature, the lead removed it. */
function standingAmong(
  own: Standing,
  office: OfficeId,
  openings: readonly ActFact[],
  removal: ActFact | undefined,
): Standing {
  const opening = openings.find(({ terms }) => terms.signatures.some((signature) => signature.office === office));
  const isSigned = opening !== undefined && (own.state === 'invited' || own.state === 'declined');
  const joined: Standing = isSigned
    ? { ...own, state: 'joined', joinedMs: opening.createdMs, endedMs: null, by: null }
    : own;
  return removal === undefined || joined.state === 'left'
    ? joined
    : { ...joined, state: 'removed', endedMs: removal.createdMs, by: removal };
}

interface Ordered {
  readonly proposedMs: EpochMs;
  readonly lead: readonly ActFact[];
  readonly openings: readonly ActFact[];
  readonly of: (office: OfficeId) => readonly ActFact[];
}

function memberOf(
  charter: InstalledCharter,
  { office: name, role, dataCategories, dutyContact }: CharterMember,
  ordered: Ordered,
): OperationMember {
  const office = name as OfficeId;
  const isLead = office === charter.lead;
  const own = standingOf(ordered.of(office));
  // Nobody is removed from what the lead has closed: its report would change under those who signed it.
  const closeNumber = ordered.lead.find(({ terms }) => terms.action === OperationAction.CLOSE)?.terms.number;
  const removal = ordered.lead.find(
    ({ terms: { action, member, number } }) =>
      action === OperationAction.REMOVE && member === office && number < (closeNumber ?? Number.POSITIVE_INFINITY),
  );
  const { by, ...standing } = isLead
    ? { ...own, state: 'joined' as const, joinedMs: ordered.proposedMs, by: null }
    : standingAmong(own, office, ordered.openings, removal);
  const isOfOpening = ordered.openings.some(({ terms }) => terms.signatures.some((one) => one.office === office));
  return {
    office,
    role,
    ...standing,
    joinedLate: standing.joinedMs !== null && ordered.openings.length > 0 && !isOfOpening,
    categories: role === OperationRole.LIMITED ? dataCategories : charter.charter.dataCategories,
    dutyContact,
    act: by === null ? null : { origin: by.origin, id: by.id, digest: fromHex(by.digest) },
  };
}

function latest(times: readonly EpochMs[], atLeast: EpochMs): EpochMs {
  return Math.max(atLeast, ...times) as EpochMs;
}

type Stage = Pick<OperationView, 'state' | 'sinceMs' | 'openedMs' | 'closedMs'>;

function beforeOpening(
  { charter, endsMs }: InstalledCharter,
  { lead, proposedMs }: Ordered,
  members: readonly OperationMember[],
  now: EpochMs,
): Stage {
  const none = { openedMs: null, closedMs: null };
  const close = lead.find(({ terms }) => terms.action === OperationAction.CLOSE);
  if (close !== undefined) return { ...none, state: 'ended', sinceMs: close.createdMs };
  const gone = members.filter(({ state }) => state !== 'invited' && state !== 'joined');
  if (members.length - gone.length < charter.quorum)
    return {
      ...none,
      state: 'ended',
      sinceMs: latest(
        gone.flatMap(({ endedMs }) => endedMs ?? []),
        proposedMs,
      ),
    };
  if (now >= endsMs) return { ...none, state: 'ended', sinceMs: endsMs };
  return { ...none, state: 'proposed', sinceMs: proposedMs };
}

function afterOpening(
  { endsMs }: InstalledCharter,
  { lead, openings }: Ordered,
  members: readonly OperationMember[],
  contributedMs: ReadonlyMap<OfficeId, EpochMs>,
  now: EpochMs,
): Stage {
  const opening = openings[0] as ActFact;
  const openedMs = opening.createdMs;
  const close = lead.find(({ terms }) => terms.action === OperationAction.CLOSE);
  const ended = now >= endsMs ? endsMs : null;
  const closedMs = close === undefined ? ended : (Math.min(close.createdMs, endsMs) as EpochMs);
  if (closedMs === null) {
    const turn = lead.findLast(
      ({ terms }) => terms.action === OperationAction.SUSPEND || terms.action === OperationAction.RESUME,
    );
    const state: OperationState = turn?.terms.action === OperationAction.SUSPEND ? 'suspended' : 'live';
    return { state, sinceMs: turn?.createdMs ?? openedMs, openedMs, closedMs };
  }
  const present = members.filter(({ state }) => state === 'joined');
  const times = present.flatMap(({ office }) => contributedMs.get(office) ?? []);
  const lastMs = later(closedMs, CLOSING_MS);
  if (times.length === present.length) return { state: 'closed', sinceMs: latest(times, closedMs), openedMs, closedMs };
  return now >= lastMs
    ? { state: 'closed', sinceMs: lastMs, openedMs, closedMs }
    : { state: 'closing', sinceMs: closedMs, openedMs, closedMs };
}

/**
 * An operation at `now` from its charter and the acts that count: a function of their set and not of the order in which
 * they came, so that members with the same acts see the same.
 */
export function foldOperation(
  charter: InstalledCharter,
  facts: readonly ActFact[],
  proposedMs: EpochMs,
  now: EpochMs,
): OperationView {
  const byOffice = new Map<OfficeId, readonly ActFact[]>();
  for (const office of charter.members.keys())
    byOffice.set(office, byNumber(facts.filter(({ origin }) => origin === office)));
  const of = (office: OfficeId): readonly ActFact[] => byOffice.get(office) ?? [];
  // The lead's word first: it says who was there when the channel opened, and the members repeat it.
  const openings = facts
    .filter(({ terms }) => terms.action === OperationAction.OPEN)
    .toSorted(
      (a, b) => Number(b.origin === charter.lead) - Number(a.origin === charter.lead) || a.createdMs - b.createdMs,
    );
  const ordered: Ordered = { proposedMs, lead: of(charter.lead), openings, of };
  const members = [...charter.members.values()].map((member) => memberOf(charter, member, ordered));
  const joined = new Set(members.flatMap(({ office, joinedMs }) => (joinedMs === null ? [] : office)));
  const present = new Set(members.flatMap(({ office, state }) => (state === 'joined' ? office : [])));

  const contributions = new Map<OfficeId, OperationFigures>();
  const contributedMs = new Map<OfficeId, EpochMs>();
  const reportSignatures = new Map<OfficeId, Digest>();
  for (const [office, own] of byOffice)
    for (const { terms, createdMs } of own) {
      // Whoever never took part has nothing to state, and whoever was not there to the end signs nothing.
      if (terms.figures !== null && joined.has(office) && !contributions.has(office)) {
        contributions.set(office, terms.figures);
        contributedMs.set(office, createdMs);
      }
      if (terms.action === OperationAction.SIGN_REPORT && present.has(office))
        reportSignatures.set(office, digestFromBytes(terms.report));
    }

  const stage =
    openings.length === 0
      ? beforeOpening(charter, ordered, members, now)
      : afterOpening(charter, ordered, members, contributedMs, now);
  const { id, drill } = charter.charter;
  return {
    id,
    scope: scopeOfChannel({ id, drill }) as Scope,
    drill,
    charter,
    lead: charter.lead,
    ...stage,
    members: new Map(members.map((member) => [member.office, member])),
    leadActs: unbroken(ordered.lead),
    acts: facts
      .toSorted(
        (a, b) =>
          a.createdMs - b.createdMs ||
          (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0) ||
          a.terms.number - b.terms.number,
      )
      .map(viewOf),
    contributions,
    reportSignatures,
  };
}

/** Whether a sender that knew so many acts of the lead, and no more, could take the channel for live. */
export function wasLiveAfter(view: OperationView, leadActs: number): boolean {
  const known = view.acts
    .filter(({ origin, number }) => origin === view.lead && number <= leadActs)
    .toSorted((a, b) => a.number - b.number);
  if (known.some(({ action }) => action === OperationAction.CLOSE)) return false;
  const turn = known.findLast(({ action }) => action === OperationAction.SUSPEND || action === OperationAction.RESUME);
  return turn?.action !== OperationAction.SUSPEND;
}
