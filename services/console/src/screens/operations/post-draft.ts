import { type FormFault, findFaults } from '../../forms/find-faults.ts';
import type { Json, JsonObject } from '../../forms/json.ts';
import { valueAt, withValueAt } from '../../forms/json.ts';
import { prepare } from '../../forms/prepare.ts';
import type { PostType } from './types.ts';

/** A file that was handed in and goes with the post. */
export interface DraftFile {
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly category: string;
  readonly mediaType: string;
  /** What was taken out of it, by the format's own names. */
  readonly removed: readonly string[];
}

/** A post that somebody writes, as it is kept on this device. */
export interface PostDraft {
  /** A PostSubmission, as far as it is filled in. */
  readonly submission: JsonObject;
  readonly files: readonly DraftFile[];
  /** The number of the post that it answers, for people. */
  readonly answersNumber: number | null;
  /** The last try to send it: what is sent again unchanged has the same key, so that it is sent once. */
  readonly attempt: { readonly key: string; readonly text: string } | null;
}

/** What a draft begins with. */
export interface DraftStart {
  readonly crimeArea: string;
  readonly handling: string;
  readonly drill: boolean;
  readonly language: string;
}

/** A draft in which nobody has written anything. */
export function emptyDraft(
  { crimeArea, handling, drill, language }: DraftStart,
  type: PostType = 'POST_TYPE_MESSAGE',
): PostDraft {
  return {
    submission: {
      precedence: 'PRECEDENCE_PRIORITY',
      handling,
      drill,
      post: { terms: { postType: type }, crimeArea, textLanguage: language },
    },
    files: [],
    answersNumber: null,
    attempt: null,
  };
}

/** The fields of a type that matter first, as paths of a PostSubmission. */
const FIRST: Readonly<Record<PostType, readonly string[]>> = {
  POST_TYPE_MESSAGE: ['post.text'],
  POST_TYPE_SITREP: ['post.text', 'post.terms.outcomes'],
  POST_TYPE_TASKING: ['post.terms.assignees', 'post.terms.due', 'post.text'],
  POST_TYPE_TASKING_ANSWER: ['post.terms.tasking', 'post.text', 'post.terms.outcomes'],
  POST_TYPE_POSITION: ['post.place', 'post.text'],
  POST_TYPE_SIGHTING: ['post.place', 'post.occurredAt', 'post.text'],
  POST_TYPE_DECISION: ['post.text'],
  POST_TYPE_WARNING: ['post.text', 'post.place'],
  POST_TYPE_FEEDBACK: ['post.text', 'post.terms.outcomes'],
  POST_TYPE_SEIZURE: ['post.seized', 'post.text', 'post.place', 'post.terms.outcomes'],
  POST_TYPE_LESSON: ['post.headline', 'post.text'],
};

/** What any post can say besides. */
const MORE = [
  'post.headline',
  'post.place',
  'post.occurredAt',
  'post.crimeArea',
  'post.sourceEvaluation',
  'post.informationEvaluation',
  'post.subjects',
  'post.terms.outcomes',
  'purpose',
  'caseReference',
  'caveat',
];

/** Which fields a form for that type shows: the few that matter first, and the rest on demand. */
export function fieldsFor(type: PostType): { readonly first: readonly string[]; readonly more: readonly string[] } {
  const first = FIRST[type];
  return { first, more: MORE.filter((path) => !first.includes(path)) };
}

/** What kind of post the draft is. */
export function typeOf({ submission }: PostDraft): PostType {
  return (valueAt(submission, 'post.terms.postType') ?? 'POST_TYPE_MESSAGE') as PostType;
}

/** The draft with that value in the place of another. */
export function withField(draft: PostDraft, path: string, value: Json | undefined): PostDraft {
  return { ...draft, submission: withValueAt(draft.submission, path, value) };
}

/** What means nothing in a post of another type. */
const OF_TYPE: Readonly<Record<string, PostType>> = {
  'post.terms.assignees': 'POST_TYPE_TASKING',
  'post.terms.due': 'POST_TYPE_TASKING',
  'post.terms.tasking': 'POST_TYPE_TASKING_ANSWER',
  'post.seized': 'POST_TYPE_SEIZURE',
};

/** What is sent of the draft: without what is empty, and without what belongs to a post of another type. */
export function submissionOf(draft: PostDraft): JsonObject {
  const type = typeOf(draft);
  let { submission } = draft;
  for (const [path, of] of Object.entries(OF_TYPE))
    if (of !== type && valueAt(submission, path) !== undefined) submission = withValueAt(submission, path, undefined);
  // A language says nothing without a text.
  const text = valueAt(submission, 'post.text');
  if (typeof text !== 'string' || text.trim() === '')
    submission = withValueAt(submission, 'post.textLanguage', undefined);
  const attachments = draft.files.map(({ file }) => file);
  return prepare('PostSubmission', { ...submission, ...(attachments.length === 0 ? {} : { attachments }) });
}

const PLACED: ReadonlySet<PostType> = new Set(['POST_TYPE_POSITION', 'POST_TYPE_SIGHTING']);
/** What can be said without words. */
const WORDLESS: ReadonlySet<PostType> = new Set([
  'POST_TYPE_POSITION',
  'POST_TYPE_SEIZURE',
  'POST_TYPE_TASKING_ANSWER',
]);

/** What is not as it must be before it can be sent, by field; empty where all is well. */
export function draftFaults(draft: PostDraft): readonly FormFault[] {
  const type = typeOf(draft);
  const submission = submissionOf(draft);
  const missing = (path: string): readonly FormFault[] =>
    valueAt(submission, path) === undefined ? [{ field: path, reason: 'required' }] : [];
  const hasWords = valueAt(submission, 'post.text') !== undefined || draft.files.length > 0;
  return [
    ...(PLACED.has(type) ? missing('post.place') : []),
    ...(type === 'POST_TYPE_TASKING' ? missing('post.terms.assignees') : []),
    ...(type === 'POST_TYPE_TASKING_ANSWER' ? missing('post.terms.tasking') : []),
    ...(WORDLESS.has(type) || hasWords ? [] : missing('post.text')),
    ...findFaults('PostSubmission', submission),
  ];
}

/** Whether somebody has written anything that would be a pity to lose. */
export function isWorthKeeping(draft: PostDraft): boolean {
  const words = ['post.text', 'post.headline', 'post.place', 'post.seized', 'post.terms.assignees', 'answers'];
  return draft.files.length > 0 || words.some((path) => valueAt(submissionOf(draft), path) !== undefined);
}

/** The draft with the key under which it is sent: the key of the last try where nothing was changed since. */
export function withAttempt(
  draft: PostDraft,
  newKey: () => string,
): PostDraft & { readonly attempt: NonNullable<PostDraft['attempt']> } {
  const text = JSON.stringify(submissionOf(draft));
  const attempt = draft.attempt?.text === text ? draft.attempt : { key: newKey(), text };
  return { ...draft, attempt };
}
