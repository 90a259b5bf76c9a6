import { fromHex, type OfficeId } from '../../../foundation/index.ts';
import type { LedgerEvent } from '../../../ledger/index.ts';
import type { Attachment, MessageRef } from '../../../wire/index.ts';
import { RelayError } from '../../errors.ts';
import type { RelayContext } from '../../parts.ts';
import type { Submissions } from '../../submit-message.ts';
import type { PreviewResult, SubmissionInput, SubmissionResult } from '../../types.ts';
import { operationSubject } from '../say-act.ts';
import type { OperationView } from '../types.ts';
import { ChannelError } from './errors.ts';
import { gapFiller } from './fill-gaps.ts';
import { operationPosts } from './fold-posts.ts';
import { type LogEntry, operationLog } from './operation-log.ts';
import { type PostReaders, readState } from './read-state.ts';
import { liveOperation, type PostInput, postSubmission, stillFits } from './say-post.ts';
import { transcriptReader } from './show-transcript.ts';
import { foldTaskings, type TaskingView } from './taskings.ts';
import type { OperationPosts, Transcript, TranscriptEntry } from './types.ts';

/** What is said in the channels of this office's joint operations. */
export interface ChannelDesk {
  /**
   * A post to all members that are there; on disk when it resolves, at its place in this office's history.
   * @throws ChannelError CHANNEL_OPERATION_UNKNOWN, CHANNEL_NOT_MEMBER, CHANNEL_NOT_LIVE, CHANNEL_PAST_ROLE,
   * CHANNEL_MODE_DIFFERS, CHANNEL_ABOVE_CEILING, CHANNEL_TERMS_INVALID, CHANNEL_ASSIGNEE_UNKNOWN, CHANNEL_TARGET_UNKNOWN,
   * CHANNEL_TOO_MUCH_SAID; RelayError as `Relay.submit`.
   */
  readonly post: (input: PostInput) => Promise<SubmissionResult>;
  /** What each member would get of it now, and what would be withheld by whose rule. @throws as `post`. */
  readonly preview: (input: PostInput) => Promise<readonly PreviewResult[]>;
  /** The posts of an operation as they stand here. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly posts: (operation: string) => OperationPosts;
  /** The story of an operation, in the order that all members put it in. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly transcript: (operation: string) => Promise<Transcript>;
  /** One post of it as it stands here; undefined where there is none. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly entry: (operation: string, origin: OfficeId, id: string) => Promise<TranscriptEntry | undefined>;
  /** Who has received and who has opened each post. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly readState: (operation: string) => readonly PostReaders[];
  /** Taskings of an operation, by member and as they stand now. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly taskings: (operation: string) => readonly TaskingView[];
  /** Everything that happened in an operation, by its signed times. @throws ChannelError CHANNEL_OPERATION_UNKNOWN. */
  readonly log: (operation: string) => readonly LogEntry[];
  /** Each post of this office has ended with each member, and none of theirs is awaited. */
  readonly isSettled: (view: OperationView) => boolean;
  /** Gives members what they lack or says why they lack it, and tells of histories that fork, each once. */
  readonly sweep: () => Promise<void>;
}

/** The files that a post takes with it. */
export interface PostFiles {
  /** The parts of the post that open them. */
  readonly attachments: readonly Attachment[];
  /** What goes on record together with the post. @throws where another post took one of them meanwhile. */
  readonly attached: (post: MessageRef) => readonly LedgerEvent[];
}

/** What a channel desk is given besides. */
export interface ChannelPorts {
  /** Files that were handed in for that operation. @throws where one of them is not there to be taken. */
  readonly takeFiles: (operation: string, files: readonly string[]) => Promise<PostFiles>;
}

/** No more forks than this are remembered as told. */
const MOST_TOLD = 10_000;
const ATTEMPTS = 5;
const NO_FILES: PostFiles = { attachments: [], attached: () => [] };

/** The channel desk of this office. */
export function channelDesk(context: RelayContext, messages: Submissions, ports: ChannelPorts): ChannelDesk {
  const { projection, clock } = context;
  const turns = new Map<string, Promise<unknown>>();
  const told = new Set<string>();
  const gaps = gapFiller(context, messages);
  const transcripts = transcriptReader(context);

  const known = (operation: string): OperationView => {
    const view = context.operations.get(operation);
    if (view === undefined) throw new ChannelError('CHANNEL_OPERATION_UNKNOWN', { context: { operation } });
    return view;
  };

  /** One post of an operation after the other: each names the one before it. */
  const inTurn = <Result>(operation: string, work: () => Promise<Result>): Promise<Result> => {
    const before = turns.get(operation) ?? Promise.resolve();
    const mine = before.then(work, work);
    const end = mine.then(
      () => undefined,
      () => undefined,
    );
    turns.set(operation, end);
    void end.then(() => turns.get(operation) === end && turns.delete(operation));
    return mine;
  };

  const filesOf = async ({ operation, attachments }: PostInput): Promise<PostFiles> =>
    attachments.length === 0 ? NO_FILES : await ports.takeFiles(operation, attachments);

  const submissionOf = (input: PostInput, { attachments }: PostFiles): SubmissionInput =>
    postSubmission(context, liveOperation(context, input.operation), input, attachments);

  const say = async (input: PostInput): Promise<SubmissionResult> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      // What was accepted before under this key is answered as then, whatever became of the operation.
      const earlier = messages.repeated(input);
      if (earlier !== undefined) return earlier;
      liveOperation(context, input.operation);
      const files = await filesOf(input);
      const submission = submissionOf(input, files);
      let fits = true;
      try {
        return await messages.submit(submission, {
          subjects: [operationSubject(input.operation)],
          guard: (at) => {
            fits = stillFits(context, submission, at);
            if (!fits) throw new RelayError('RELAY_BUSY');
          },
          also: (_, { header, envelopeDigest }) =>
            files.attached({ origin: context.self, id: header.id, digest: fromHex(envelopeDigest) }),
        });
      } catch (cause) {
        // Somebody came or went while it was signed: it is made anew for those who are there.
        if (fits) throw cause;
      }
    }
    throw new RelayError('RELAY_BUSY');
  };

  const tellForks = (): void => {
    for (const view of context.operations.all())
      for (const { office, number } of operationPosts(projection, view).forks) {
        const key = `${view.id}/${office}/${number}`;
        if (told.has(key) || told.size >= MOST_TOLD) continue;
        told.add(key);
        context.events.alarm({ code: 'CHANNEL_HISTORY_FORKED', office });
      }
  };

  return {
    post: (input) => inTurn(input.operation, () => say(input)),
    preview: async (input) => {
      liveOperation(context, input.operation);
      return await messages.preview(submissionOf(input, await filesOf(input)));
    },
    posts: (operation) => operationPosts(projection, known(operation)),
    transcript: async (operation) => await transcripts.read(known(operation)),
    entry: async (operation, origin, id) => {
      const post = operationPosts(projection, known(operation))
        .of(origin)
        .find((candidate) => candidate.id === id);
      return post === undefined ? undefined : await transcripts.entry(post);
    },
    readState: (operation) => {
      const view = known(operation);
      return readState(projection, view, operationPosts(projection, view), context.self);
    },
    taskings: (operation) => foldTaskings(operationPosts(projection, known(operation)), clock.now()),
    log: (operation) => {
      const view = known(operation);
      return operationLog(view, operationPosts(projection, view));
    },
    isSettled: (view) => gaps.isSettled(view) && operationPosts(projection, view).awaited.length === 0,
    sweep: async () => {
      tellForks();
      await gaps.sweep();
    },
  };
}
