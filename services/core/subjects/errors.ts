import { type ErrorDetails, type ErrorEntry, LiaisonError } from '../foundation/index.ts';

/** The errors of this folder: a subject, or a piece of one, that is not of the grammar. */
export const SUBJECTS_ERRORS = {
  SUBJECTS_SCOPE_INVALID: {
    meaning: 'a scope is neither a border pair in canonical order nor the channel of an operation',
    action:
      'correct the scope; a pair is written `a--b` with its offices in lexical order, a channel `op-<id>` or, of an exercise, `drill-<id>`',
    disposition: 'reject',
  },
  SUBJECTS_PRECEDENCE_INVALID: {
    meaning: 'a precedence is none of flash, immediate, priority, routine',
    action: 'use one of the four precedences',
    disposition: 'reject',
  },
  SUBJECTS_TOKEN_INVALID: {
    meaning: 'a piece of a subject has characters or a length that the grammar does not allow',
    action: 'use lowercase letters, digits and single hyphens; the context names the piece',
    disposition: 'reject',
  },
  SUBJECTS_FORM_INVALID: {
    meaning: 'a subject does not have the number or kind of pieces its family has',
    action: 'compare the subject with the grammar in services/core/subjects',
    disposition: 'quarantine',
  },
  SUBJECTS_PARTIES_INVALID: {
    meaning: 'the two offices of a subject are of one nation, or are not the offices of its border pair',
    action: 'check the directory and the scope; a crossing goes between two nations of one scope',
    disposition: 'quarantine',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The codes of this folder's errors. */
export type SubjectsErrorCode = keyof typeof SUBJECTS_ERRORS;

/** A subject that could not be built or parsed. */
export class SubjectsError extends LiaisonError<SubjectsErrorCode> {
  constructor(code: SubjectsErrorCode, details?: ErrorDetails) {
    super('SubjectsError', code, SUBJECTS_ERRORS[code], details);
  }
}
