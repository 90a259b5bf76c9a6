export { assertGapInPlace, assertPostInPlace } from './channel-arrival.ts';
export { type ChannelDesk, type ChannelPorts, channelDesk, type PostFiles } from './channel-desk.ts';
export { CHANNEL_ERRORS, ChannelError, type ChannelErrorCode } from './errors.ts';
export { operationPosts } from './fold-posts.ts';
export type { LogEntry } from './operation-log.ts';
export { transcriptLines } from './order-posts.ts';
export { copyFor, type PostReader, type PostReaders } from './read-state.ts';
export type { PostInput } from './say-post.ts';
export { foldTaskings, TASKING_WORDS, type TaskingPart, type TaskingView, type TaskingWord } from './taskings.ts';
export {
  ENTRY_STATES,
  type EntryState,
  type EntryWithheld,
  type KnownPost,
  type OperationPosts,
  type PostFork,
  type PostGap,
  type PostPlace,
  type Transcript,
  type TranscriptEntry,
} from './types.ts';
