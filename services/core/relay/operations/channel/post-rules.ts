import type { OfficeId } from '../../../foundation/index.ts';
import { type HandlingCode, type PostTerms, PostType, type SeenPost, TaskingState } from '../../../wire/index.ts';
import type { OperationView } from '../types.ts';
import { ChannelError } from './errors.ts';

/** Posts of one member in one operation: what is kept of each is bounded, and so is how many there are. */
export const MOST_POSTS = 10_000;

const DIGEST_BYTES = 32;

/** What a post is besides its terms, as far as the charter has a say in it. */
export interface PostFrame {
  readonly drill: boolean;
  readonly handling: HandlingCode;
}

/** An exercise's post is one, a real operation's is none, and its handling code is one that the charter allows. @throws ChannelError CHANNEL_MODE_DIFFERS, CHANNEL_ABOVE_CEILING. */
export function assertWithinCharter(view: OperationView, { drill, handling }: PostFrame): void {
  if (drill !== view.drill) throw new ChannelError('CHANNEL_MODE_DIFFERS', { context: { field: 'drill' } });
  if (handling === 0 || handling > view.charter.charter.handlingCeiling)
    throw new ChannelError('CHANNEL_ABOVE_CEILING', { context: { field: 'handling' } });
}

function invalid(field: string): ChannelError {
  return new ChannelError('CHANNEL_TERMS_INVALID', { context: { field } });
}

/** What a post says of its type fits together, and it tasks members alone. @throws ChannelError CHANNEL_TERMS_INVALID, CHANNEL_ASSIGNEE_UNKNOWN. */
export function assertPostComplete(
  view: OperationView,
  {
    postType,
    assignees,
    due,
    tasking,
    target,
  }: Pick<PostTerms, 'postType' | 'assignees' | 'due' | 'tasking' | 'target'>,
): void {
  const isTasking = postType === PostType.TASKING;
  const isAnswer = postType === PostType.TASKING_ANSWER;
  if (postType === PostType.UNSPECIFIED) throw invalid('post.terms.postType');
  if (isTasking !== assignees.length > 0) throw invalid('post.terms.assignees');
  if (!isTasking && due !== null) throw invalid('post.terms.due');
  if (isAnswer !== (tasking !== TaskingState.UNSPECIFIED)) throw invalid('post.terms.tasking');
  if (isAnswer && target === null) throw invalid('answers');
  if (assignees.some((office) => !view.members.has(office as OfficeId)))
    throw new ChannelError('CHANNEL_ASSIGNEE_UNKNOWN', { context: { field: 'post.terms.assignees' } });
}

/** Places of other members' histories, each member once. @throws ChannelError CHANNEL_TERMS_INVALID. */
export function assertSeenSound(view: OperationView, office: OfficeId, seen: readonly SeenPost[]): void {
  const isSound = seen.every(
    (place) =>
      place.office !== office &&
      view.members.has(place.office as OfficeId) &&
      isNumber(place.number) &&
      place.digest.length === DIGEST_BYTES,
  );
  if (!isSound || new Set(seen.map((place) => place.office)).size !== seen.length) throw invalid('post.terms.seen');
}

/** Whether it may be the number of a post. */
export function isNumber(number: number): boolean {
  return number >= 1 && number <= MOST_POSTS;
}

/** The place that a post claims in its sender's history may be one. @throws ChannelError CHANNEL_TERMS_INVALID, CHANNEL_TOO_MUCH_SAID. */
export function assertPlaceSound(
  view: OperationView,
  office: OfficeId,
  { number, previous, seen }: Pick<PostTerms, 'number' | 'previous' | 'seen'>,
): void {
  if (number > MOST_POSTS) throw new ChannelError('CHANNEL_TOO_MUCH_SAID', { context: { office } });
  if (number < 1) throw invalid('post.terms.number');
  if (previous.length !== (number === 1 ? 0 : DIGEST_BYTES)) throw invalid('post.terms.previous');
  assertSeenSound(view, office, seen);
}
