import type { Schemas } from '../../api/index.ts';

/** An operation as a list shows it. */
export type Summary = Schemas['OperationSummary'];
/** An operation with its charter and acts. */
export type Operation = Schemas['Operation'];
/** A member as the acts have it. */
export type Member = Schemas['OperationMemberView'];
/** A place of the transcript. */
export type Entry = Schemas['TranscriptEntry'];
/** How far another member is with a post. */
export type Reader = Entry['readers'][number];
/** What a post is. */
export type PostType = NonNullable<Entry['type']>;
/** A tasking and where it stands with each office. */
export type Tasking = Schemas['Tasking'];
/** The charter as it was signed. */
export type Charter = Schemas['Charter'];
/** What a post says, as far as it was disclosed: every part of it may be missing. */
export type Disclosed = Partial<Schemas['OperationPost']>;

/** What the post at that place says; undefined where nothing of it was disclosed, or it is kept no more. */
export function disclosedPost({ content }: Pick<Entry, 'content'>): Disclosed | undefined {
  return content?.operationPost as Disclosed | undefined;
}
