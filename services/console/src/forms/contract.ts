import { CODES, FORMS, type FormField } from '../../__generated__/contract.ts';
import { stepsOf } from './json.ts';

export type { FormField };

/** What the office or its computer fills in, and no person: never shown, whatever the form. By message and field. */
export const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  AnswerTerms: ['target'],
  OperationRef: ['charter'],
  PostTerms: ['operation', 'number', 'previous', 'seen', 'leadActs', 'attachments'],
  RequestTerms: ['questions'],
  Search: ['terms'],
  OperationPost: ['attachments'],
  Image: ['format'],
};

/** The fields that a person fills in, in the order of the contract; none for a message that the contract does not have. */
export function fieldsOf(message: string): readonly FormField[] {
  const hidden = FILLED_IN[message] ?? [];
  return allFieldsOf(message).filter(({ name }) => name !== 'idempotencyKey' && !hidden.includes(name));
}

/** Every field of a message. */
export function allFieldsOf(message: string): readonly FormField[] {
  return FORMS[message] ?? [];
}

/** The codes of a code list, in the order of the contract. */
export function codesOf(list: string): readonly string[] {
  return CODES[list] ?? [];
}

/** A field of the contract with the message it belongs to. */
export interface FoundField {
  readonly message: string;
  readonly field: FormField;
}

/** The field at a path of a message: of `subjects[0].person` in an Alert, `person` of Subject; undefined where there is none. */
export function fieldAt(message: string, path: string): FoundField | undefined {
  let inside: string | undefined = message;
  let found: FoundField | undefined;
  for (const step of stepsOf(path)) {
    if (typeof step === 'number') continue;
    const field: FormField | undefined =
      inside === undefined ? undefined : allFieldsOf(inside).find(({ name }) => name === step);
    if (field === undefined || inside === undefined) return undefined;
    found = { message: inside, field };
    inside = field.kind === 'message' ? field.type : undefined;
  }
  return found;
}
