import { type EpochMs, fromUtf8, type OfficeId, rfc3339 } from '../../core/foundation/index.ts';
import type { OperationMember, OperationView } from '../../core/relay/index.ts';
import { describeCharter } from '../../core/trust/index.ts';
import { codeName } from './code-names.ts';
import { type OperationStory, operationWaiting } from './operation-waiting.ts';

const timeOrNull = (ms: EpochMs | null): string | null => (ms === null ? null : rfc3339(ms));

function memberJson(member: OperationMember, signed: boolean): Readonly<Record<string, unknown>> {
  return {
    office: member.office,
    role: codeName('OperationRole', member.role),
    state: member.state,
    signed,
    joinedAt: timeOrNull(member.joinedMs),
    joinedLate: member.joinedLate,
    endedAt: timeOrNull(member.endedMs),
    lastPost: member.lastPost,
    dataCategories: member.categories.map((category) => codeName('DataCategory', category)),
    dutyContact: member.dutyContact,
  };
}

/** An operation as a list of that office shows it. */
export function operationSummary(
  view: OperationView,
  office: OfficeId,
  story: OperationStory,
): Readonly<Record<string, unknown>> {
  const { charter } = view;
  const last = story.posts.ordered.at(-1);
  return {
    id: view.id,
    name: charter.charter.name,
    drill: view.drill,
    state: view.state,
    since: rfc3339(view.sinceMs),
    lead: view.lead,
    starts: rfc3339(charter.startsMs),
    ends: rfc3339(charter.endsMs),
    openedAt: timeOrNull(view.openedMs),
    closedAt: timeOrNull(view.closedMs),
    quorum: charter.charter.quorum,
    posts: story.posts.ordered.length,
    lastPostAt: last === undefined ? null : rfc3339(last.createdMs),
    waiting: operationWaiting(view, office, story),
    members: [...view.members.values()].map((member) =>
      memberJson(member, charter.signatures.has(member.office) || member.joinedMs !== null),
    ),
  };
}

/** One operation with its charter in plain words and every act that counts. */
export function operationJson(
  view: OperationView,
  office: OfficeId,
  story: OperationStory,
  now: EpochMs,
): Readonly<Record<string, unknown>> {
  const { charter, document } = view.charter;
  return {
    ...operationSummary(view, office, story),
    charter: {
      digest: document.digest,
      form: codeName('CharterForm', charter.form),
      words: describeCharter(charter, now),
    },
    acts: view.acts.map((act) => ({
      id: act.id,
      origin: act.origin,
      number: act.number,
      action: codeName('OperationAction', act.action),
      member: act.member,
      at: rfc3339(act.createdMs),
      by: act.by,
    })),
  };
}

/** A signed document as text. */
export function documentText(bytes: Uint8Array): string {
  return fromUtf8(bytes);
}
