import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FormField } from './contract.ts';
import type { Json, JsonObject } from './json.ts';

/** One of several values that a text field may have. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A field of a message; `path` is where it stands in the form. */
export interface FieldPlace {
  readonly message: string;
  readonly field: FormField;
  readonly path: string;
}

/** What the fields of one form have in common. */
export interface FormState {
  /** The whole message as it stands. */
  readonly root: JsonObject;
  /** Changes the value at a path; undefined takes it away. */
  readonly change: (path: string, value: Json | undefined | ((before: Json | undefined) => Json | undefined)) => void;
  /** What is wrong with the field at exactly that path. */
  readonly errorAt: (path: string) => string | undefined;
  /** Whether something is wrong with it or within it. */
  readonly isWrong: (path: string) => boolean;
  /** The values that a text field may have, where they are known: offices, labels of subjects. */
  readonly choices: (message: string, field: FormField) => readonly Choice[] | undefined;
  /** One field of the contract as the control that fits it; messages show their own fields by it. */
  readonly Field: ComponentType<FieldPlace>;
  /** Which fields of a message within come first; the others are shown on demand. */
  readonly first: Readonly<Record<string, readonly string[]>>;
}

const Context = createContext<FormState | null>(null);

/** Gives the form to its fields. */
export const FormProvider = Context.Provider;

/** The form that a field stands in. */
export function useForm(): FormState {
  const form = useContext(Context);
  if (form === null) throw new TypeError('a field without a form');
  return form;
}
