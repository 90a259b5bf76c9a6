import { SubjectsError } from './errors.ts';

const MAX_SLUG_CHARACTERS = 48;

/** Whether `text` is a token made of lowercase letters, digits and single hyphens, 1 to 48 characters. */
export function isSlug(text: unknown): text is string {
  return typeof text === 'string' && text.length <= MAX_SLUG_CHARACTERS && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** @throws SubjectsError SUBJECTS_TOKEN_INVALID, naming the piece. */
export function parseSlug(text: unknown, piece: string): string {
  if (!isSlug(text)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece } });
  return text;
}
