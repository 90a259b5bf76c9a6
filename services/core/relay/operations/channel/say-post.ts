import {
  type Digest,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  later,
  type OfficeId,
} from '../../../foundation/index.ts';

import {
  type Attachment,
  type HandlingCode,
  MessageKind,
  type MessageRef,
  type OperationPost,
  type PostTerms,
  PostType,
  type Precedence,
  Purpose,
  TaskingState,
} from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import type { SubmissionInput } from '../../types.ts';
import { isPresent, mayPost, presentMembers } from '../members.ts';
import type { OperationView } from '../types.ts';
import { ChannelError } from './errors.ts';
import { operationPosts, referenceOf } from './fold-posts.ts';
import { assertPlaceSound, assertPostComplete, assertWithinCharter } from './post-rules.ts';
import { isRead } from './taskings.ts';
import type { KnownPost, OperationPosts } from './types.ts';

/** What an officer or a system says in the channel of an operation; the office fills in its place and what it had seen. */
export interface PostInput {
  readonly operation: string;
  readonly submittedBy: string;
  readonly precedence: Precedence;
  /** Unspecified: the first of the charter's. */
  readonly purpose: Purpose;
  readonly handling: HandlingCode;
  readonly caveat: string;
  readonly caseReference: string;
  readonly drill: boolean;
  readonly post: OperationPost;
  /** The post that it answers; without an origin the id alone has to name it. */
  readonly answers: { readonly origin: OfficeId | null; readonly id: EnvelopeId } | null;
  /** Files that were handed in before, by the names that the office gave them. */
  readonly attachments: readonly string[];
  readonly idempotencyKey: string;
  readonly submissionDigest: Digest;
}

/** After its operation has ended a post is current for so long, so that what is under way still counts. */
const AFTER_END_MS = 7 * 86_400_000;

/** When what is said in a channel stops being current: a while after the operation's end, as far as an expiry may be away. */
export function expiryIn({ settings }: Pick<RelayContext, 'settings'>, view: OperationView, now: EpochMs): EpochMs {
  const end = view.charter.endsMs + AFTER_END_MS;
  return Math.max(now + 60_000, Math.min(end, later(now, settings.maxExpiryMs))) as EpochMs;
}

/** The operation, live and with this office in it. @throws ChannelError CHANNEL_OPERATION_UNKNOWN, CHANNEL_NOT_MEMBER, CHANNEL_NOT_LIVE. */
export function liveOperation({ operations, self }: RelayContext, id: string): OperationView {
  const view = operations.get(id);
  if (view === undefined) throw new ChannelError('CHANNEL_OPERATION_UNKNOWN', { context: { operation: id } });
  if (!isPresent(view, self)) throw new ChannelError('CHANNEL_NOT_MEMBER', { context: { operation: id } });
  if (view.state !== 'live')
    throw new ChannelError('CHANNEL_NOT_LIVE', { context: { operation: id, state: view.state } });
  return view;
}

/** The members that a post of this office goes to now. */
export function audienceOf(view: OperationView, self: OfficeId): readonly OfficeId[] {
  return presentMembers(view)
    .map(({ office }) => office)
    .filter((office) => office !== self);
}

/** The post that is answered: one of this operation that officers here have. @throws ChannelError CHANNEL_TARGET_UNKNOWN. */
function targetOf(posts: OperationPosts, self: OfficeId, { post, answers }: PostInput): MessageRef | null {
  if (answers === null) return null;
  const named = posts.ordered.filter(
    ({ id, office }) => id === answers.id && (answers.origin === null || office === answers.origin),
  );
  const target: KnownPost | undefined = named.length === 1 ? named[0] : undefined;
  const isFit = target !== undefined && isRead(target) && isAnswerable(target, self, post.terms);
  if (!isFit) throw new ChannelError('CHANNEL_TARGET_UNKNOWN', { context: { field: 'answers' } });
  return { origin: target.office, id: target.id as EnvelopeId, digest: fromHex(target.digest) };
}

/** The answer to a tasking is for an office that was tasked; anything may be said to anything else. */
function isAnswerable({ terms }: KnownPost, self: OfficeId, said: PostTerms | null): boolean {
  if (said?.postType !== PostType.TASKING_ANSWER) return true;
  return terms?.postType === PostType.TASKING && terms.assignees.includes(self);
}

/**
 * A post as it goes to the members that are there now, at the next place of this office's history, with what this office
 * has seen of the others.
 * @throws ChannelError CHANNEL_MODE_DIFFERS, CHANNEL_ABOVE_CEILING, CHANNEL_PAST_ROLE, CHANNEL_TERMS_INVALID,
 * CHANNEL_ASSIGNEE_UNKNOWN, CHANNEL_TARGET_UNKNOWN, CHANNEL_TOO_MUCH_SAID.
 */
export function postSubmission(
  context: RelayContext,
  view: OperationView,
  input: PostInput,
  files: readonly Attachment[],
): SubmissionInput {
  const { self, clock, projection } = context;
  const posts = operationPosts(projection, view);
  const said = input.post.terms;
  assertWithinCharter(view, input);
  if (!mayPost(view, self, said?.postType ?? PostType.UNSPECIFIED))
    throw new ChannelError('CHANNEL_PAST_ROLE', { context: { field: 'post.terms.postType' } });
  const last = posts.of(self).at(-1);
  const terms: PostTerms = {
    operation: referenceOf(view),
    postType: said?.postType ?? PostType.UNSPECIFIED,
    number: (last?.number ?? 0) + 1,
    previous: last === undefined ? new Uint8Array() : fromHex(last.digest),
    seen: [...view.members.keys()].flatMap((office) => {
      const place = office === self ? null : posts.through(office);
      return place === null ? [] : [{ office, number: place.number, digest: fromHex(place.digest) }];
    }),
    leadActs: view.leadActs,
    target: targetOf(posts, self, input),
    assignees: said?.assignees ?? [],
    due: said?.due ?? null,
    tasking: said?.tasking ?? TaskingState.UNSPECIFIED,
    outcomes: said?.outcomes ?? [],
    attachments: files.length,
  };
  assertPostComplete(view, terms);
  assertTaskable(view, terms, clock.now());
  assertPlaceSound(view, self, terms);
  return {
    submittedBy: input.submittedBy,
    kind: MessageKind.OPERATION_POST,
    recipients: audienceOf(view, self),
    precedence: input.precedence,
    purpose: input.purpose === Purpose.UNSPECIFIED ? (view.charter.charter.purposes[0] ?? 0) : input.purpose,
    handling: input.handling,
    caveat: input.caveat,
    caseReference: input.caseReference,
    expiresMs: expiryIn(context, view, clock.now()),
    inReplyTo: '',
    supersedes: '',
    drill: view.drill,
    body: { ...input.post, terms, attachments: files },
    idempotencyKey: input.idempotencyKey,
    submissionDigest: input.submissionDigest,
  };
}

/** Whom it tasks is there, and the time by which it is to be done lies ahead. */
function assertTaskable(view: OperationView, { assignees, due }: PostTerms, now: EpochMs): void {
  if (assignees.some((office) => !isPresent(view, office as OfficeId)))
    throw new ChannelError('CHANNEL_ASSIGNEE_UNKNOWN', { context: { field: 'post.terms.assignees' } });
  if (due !== null && due.seconds * 1000 <= now)
    throw new ChannelError('CHANNEL_TERMS_INVALID', { context: { field: 'post.terms.due' } });
}

/** Whether what was made for these members at that place still fits: nobody came or went, and nothing was said since. */
export function stillFits(context: RelayContext, made: SubmissionInput, at: EpochMs): boolean {
  const terms = (made.body as OperationPost).terms as PostTerms;
  const view = liveOperation(context, terms.operation?.operation ?? '');
  const audience = audienceOf(view, context.self);
  const last = operationPosts(context.projection, view).of(context.self).at(-1)?.number ?? 0;
  return (
    at < (made.expiresMs ?? 0) &&
    terms.number === last + 1 &&
    audience.length === made.recipients.length &&
    audience.every((office) => made.recipients.includes(office))
  );
}
