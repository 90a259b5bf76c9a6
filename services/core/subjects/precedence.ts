import { SubjectsError } from './errors.ts';

/** The four precedences, the most urgent first; what waits is always taken in this order. */
export const PRECEDENCES = ['flash', 'immediate', 'priority', 'routine'] as const;

/** How urgent a message is, as the last token of its subject. */
export type Precedence = (typeof PRECEDENCES)[number];

/** Whether `text` is the token of a precedence. */
export function isPrecedence(text: unknown): text is Precedence {
  return (PRECEDENCES as readonly unknown[]).includes(text);
}

/** @throws SubjectsError SUBJECTS_PRECEDENCE_INVALID. */
export function parsePrecedence(text: unknown): Precedence {
  if (!isPrecedence(text)) throw new SubjectsError('SUBJECTS_PRECEDENCE_INVALID');
  return text;
}
