import { describe, expect, it } from 'vitest';
import { keep, readKept } from '../../../../../services/console/src/screens/operations/kept-draft.ts';
import {
  draftFaults,
  emptyDraft,
  isWorthKeeping,
  submissionOf,
  typeOf,
  withAttempt,
  withField,
} from '../../../../../services/console/src/screens/operations/post-draft.ts';
import type { PostType } from '../../../../../services/console/src/screens/operations/types.ts';

const START = { crimeArea: 'CRIME_AREA_DRUGS', handling: 'HANDLING_CODE_H1', drill: false, language: 'lo' };
const written = (type: PostType = 'POST_TYPE_MESSAGE') =>
  withField(emptyDraft(START, type), 'post.text', 'at the pier');
const fieldsOf = (...args: Parameters<typeof draftFaults>) => draftFaults(...args).map(({ field }) => field);

describe('draftFaults', () => {
  it('finds nothing in a message with words', () => {
    expect(draftFaults(written())).toEqual([]);
  });

  it('asks for words, but not of a post that brings a file', () => {
    expect(fieldsOf(emptyDraft(START))).toEqual(['post.text']);
    const file = { file: 'f1', name: 'pier.jpg', bytes: 1, category: '', mediaType: '', removed: [] };
    expect(draftFaults({ ...emptyDraft(START), files: [file] })).toEqual([]);
  });

  it('asks for the place of a sighting and a position, and for whom a tasking is', () => {
    expect(fieldsOf(written('POST_TYPE_SIGHTING'))).toEqual(['post.place']);
    expect(fieldsOf(emptyDraft(START, 'POST_TYPE_POSITION'))).toEqual(['post.place']);
    expect(fieldsOf(written('POST_TYPE_TASKING'))).toEqual(['post.terms.assignees']);
    expect(fieldsOf(written('POST_TYPE_TASKING_ANSWER'))).toEqual(['post.terms.tasking']);
  });

  it('goes by the rules of the contract', () => {
    expect(draftFaults(withField(written(), 'post.headline', 'x'.repeat(161)))).toEqual([
      { field: 'post.headline', reason: 'too-long' },
    ]);
  });
});

describe('submissionOf', () => {
  it('leaves out what belongs to a post of another type', () => {
    const draft = withField(written('POST_TYPE_TASKING'), 'post.terms.assignees', ['la-houayxay']);
    expect(submissionOf(draft)).toMatchObject({ post: { terms: { assignees: ['la-houayxay'] } } });
    const message = withField(draft, 'post.terms.postType', 'POST_TYPE_MESSAGE');
    expect(submissionOf(message)['post']).not.toHaveProperty('terms.assignees');
    expect(typeOf(message)).toBe('POST_TYPE_MESSAGE');
  });

  it('says a language only with a text', () => {
    expect(submissionOf(written())).toMatchObject({ post: { textLanguage: 'lo' } });
    expect(submissionOf(withField(written(), 'post.text', ' '))['post']).not.toHaveProperty('textLanguage');
  });

  it('marks what is said in an exercise', () => {
    const drill = withField(emptyDraft({ ...START, drill: true }), 'post.text', 'x');
    expect(submissionOf(drill)).toMatchObject({ drill: true });
  });
});

describe('withAttempt', () => {
  let count = 0;
  const newKey = () => `key-${++count}`;
  it('keeps the key while nothing is changed, so that a lost line sends nothing twice', () => {
    const first = withAttempt(written(), newKey);
    expect(withAttempt(first, newKey).attempt.key).toBe(first.attempt.key);
    const changed = withField(first, 'post.text', 'at the bridge');
    expect(withAttempt(changed, newKey).attempt.key).not.toBe(first.attempt.key);
  });
});

describe('readKept', () => {
  const place = { office: 'la-houayxay', officer: 'border-desk', operation: 'naga' };
  const store = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    };
  };

  it('gives back what the same officer left in the same operation', () => {
    const storage = store();
    keep(storage, place, written());
    expect(readKept(storage, place)).toEqual(written());
    expect(readKept(storage, { ...place, operation: 'other' })).toBeUndefined();
    expect(readKept(storage, { ...place, officer: 'customs-desk' })).toBeUndefined();
    keep(storage, place, undefined);
    expect(readKept(storage, place)).toBeUndefined();
  });

  it('takes what is no draft for none, and a full storage is no reason to fail', () => {
    const storage = store();
    for (const text of ['{', '{}', '[]', '{"submission":{}}'])
      expect(readKept({ ...storage, getItem: () => text }, place)).toBeUndefined();
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(() => keep({ ...storage, setItem: full }, place, written())).not.toThrow();
  });

  it('is asked for only where something was written', () => {
    expect(isWorthKeeping(emptyDraft(START))).toBe(false);
    expect(isWorthKeeping(written())).toBe(true);
  });
});
