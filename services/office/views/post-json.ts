import { type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import type {
  EntryWithheld,
  KnownPost,
  LogEntry,
  OperationView,
  PostFork,
  PostReaders,
  TaskingView,
  Transcript,
  TranscriptEntry,
} from '../../core/relay/index.ts';
import type { InstalledDirectory } from '../../core/trust/index.ts';
import { codeName } from './code-names.ts';
import { categoryNames } from './decision-json.ts';

type Json = Readonly<Record<string, unknown>>;

const timeOrNull = (ms: EpochMs | null): string | null => (ms === null ? null : rfc3339(ms));
const timeOf = (time: { readonly seconds: number } | null): string | null =>
  time === null ? null : rfc3339((time.seconds * 1000) as EpochMs);

function withheldJson({ category, policies, by }: EntryWithheld): Json {
  return { category: codeName('DataCategory', category), policies, by };
}

/** What the ledger has of a post: its place, its type and times; nothing that it says. */
export function postFacts({ office, number, digest, id, createdMs, terms, message, gap, voided }: KnownPost): Json {
  const inbound = message?.direction === 'inbound' ? message : null;
  return {
    office,
    number,
    digest,
    id,
    createdAt: rfc3339(createdMs),
    type: terms === null ? null : codeName('PostType', terms.postType),
    precedence: message === null ? null : codeName('Precedence', message.precedence),
    answers: terms?.target ? { origin: terms.target.origin, id: terms.target.id } : null,
    assignees: terms?.assignees ?? [],
    due: timeOf(terms?.due ?? null),
    tasking: terms === null || terms.tasking === 0 ? null : codeName('TaskingState', terms.tasking),
    outcomes: (terms?.outcomes ?? []).map(({ outcome, count }) => ({
      outcome: codeName('OutcomeType', outcome),
      count,
    })),
    attachments: terms?.attachments ?? 0,
    by: message?.direction === 'outbound' ? message.submittedBy : null,
    receivedAt: timeOrNull(inbound?.deliveredMs ?? null),
    openedAt: timeOrNull(inbound?.retrievals[0]?.atMs ?? null),
    keptBack: gap === null ? null : { reason: codeName('GapReason', gap.reason), policies: gap.policies },
    void: voided,
  };
}

/** How one post stands here; of a range that is awaited only the numbers are known. */
export function entryJson(entry: TranscriptEntry, readers: PostReaders['readers'] = []): Json {
  const { office, number, last, state, post, withheld } = entry;
  return {
    ...(post === null ? { office, number, digest: null, id: null, createdAt: null, type: null } : postFacts(post)),
    last,
    state,
    withheldParts: withheld.map(withheldJson),
    readers: readers.map((reader) => ({
      office: reader.office,
      state: reader.state,
      withheld: categoryNames(reader.withheld),
      policies: reader.policies,
      receivedAt: timeOrNull(reader.receivedMs),
      openedAt: timeOrNull(reader.openedMs),
      seen: reader.seen,
    })),
  };
}

function forkJson({ office, number, versions }: PostFork): Json {
  return { office, number, versions };
}

/** What a transcript says of the whole story; its entries apart. */
export function transcriptJson(
  { operation, digest, complete, forks }: Transcript,
  drill: boolean,
  entries: readonly Json[],
): Json {
  return { operation, drill, digest, complete, forks: forks.map(forkJson), entries };
}

/** A tasking with what each tasked office said of it. */
export function taskingJson({ post, dueMs, parts, open }: TaskingView): Json {
  return {
    ...postFacts(post),
    due: timeOrNull(dueMs),
    open,
    parts: parts.map(({ office, state, answer, overdue }) => ({
      office,
      state,
      overdue,
      answeredAt: timeOrNull(answer?.createdMs ?? null),
      answer: answer === null ? null : { origin: answer.office, id: answer.id, number: answer.number },
    })),
  };
}

/** One line of an operation's log. */
export function logJson({ atMs, office, act, post }: LogEntry): Json {
  return {
    at: rfc3339(atMs),
    office,
    what: act === null ? (post?.gap === null ? 'post' : 'kept-back') : 'act',
    number: act?.number ?? post?.number ?? 0,
    id: act?.id ?? post?.id ?? null,
    action: act === null ? null : codeName('OperationAction', act.action),
    member: act?.member ?? null,
    type: post === null || post.terms === null ? null : codeName('PostType', post.terms.postType),
  };
}

/** The members with their roles, and how each is reached: as the charter says, and as its nation's directory does. */
export function rosterJson(
  view: OperationView,
  directoryOf: (office: string) => InstalledDirectory | undefined,
  now: EpochMs,
): readonly Json[] {
  return [...view.members.values()].map(({ office, role, state, joinedMs, endedMs, dutyContact }) => {
    const entry = directoryOf(office)?.offices.get(office)?.entry;
    return {
      office,
      name: entry?.name ?? '',
      role: codeName('OperationRole', role),
      state,
      joinedAt: timeOrNull(joinedMs),
      endedAt: timeOrNull(endedMs),
      dutyContact,
      focalPoints: (entry?.focalPoints ?? []).map((point) => ({ ...point })),
      onDuty: (entry?.dutyRoster ?? [])
        .filter(({ from, until }) => (from?.seconds ?? 0) * 1000 <= now && now < (until?.seconds ?? 0) * 1000)
        .map(({ contact, until }) => ({ contact, until: timeOf(until) })),
    };
  });
}
