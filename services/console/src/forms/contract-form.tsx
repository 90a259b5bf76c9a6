import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { language } from '../i18n/index.ts';
import { allFieldsOf, type FormField, fieldAt, fieldsOf } from './contract.ts';
import { ContractField } from './contract-field.tsx';
import { FaultList } from './fault-list.tsx';
import { faultText } from './fault-text.ts';
import type { FormFault } from './find-faults.ts';
import { FIRST_FIELDS } from './first-fields.ts';
import { type Choice, FormProvider, type FormState } from './form-context.ts';
import './forms.css';
import { isWithin, type Json, type JsonObject, stepsOf, valueAt, withValueAt } from './json.ts';

/** What a form of the contract needs. */
export interface ContractFormProps {
  /** The message of the contract: `RecallSubmission`. */
  readonly message: string;
  /** The message as it stands, in the API's JSON mapping; it may be incomplete. */
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
  /** The paths of the fields to show, in that order (`alert.place`); left out, all of them. */
  readonly only?: readonly string[];
  /** What is wrong, from `findFaults` or from the office; fields are marked, the rest is listed. */
  readonly faults?: readonly (FormFault & { readonly message?: string })[];
  /** Values that a text field may have, where they are known. */
  readonly choices?: (message: string, field: FormField) => readonly Choice[] | undefined;
  /** Which fields of a message within come first, beside or instead of the usual ones. */
  readonly first?: Readonly<Record<string, readonly string[]>>;
  /** Whether faults that no field of this form shows are listed above it. */
  readonly listFaults?: boolean;
}

const NO_FAULTS: NonNullable<ContractFormProps['faults']> = [];
const NO_CHOICES = (): undefined => undefined;

/**
 * The fields of a message of the contract, made from the contract alone: what the contract gains is shown without code.
 * Everything typed stays in `value`, also where it is wrong.
 */
export function ContractForm({
  message,
  value,
  onChange,
  only,
  faults = NO_FAULTS,
  choices = NO_CHOICES,
  first,
  listFaults = true,
}: ContractFormProps): JSX.Element {
  const newest = useRef(value);
  useLayoutEffect(() => {
    newest.current = value;
  });
  const errors = useMemo(
    () => new Map(faults.map((fault) => [fault.field, faultText(message, fault)])),
    [faults, message, language()],
  );
  const paths = only ?? fieldsOf(message).map(({ name }) => name);
  const state: FormState = {
    root: value,
    change: (path, change) => {
      const before = valueAt(newest.current, path);
      const after = typeof change === 'function' ? change(before) : change;
      newest.current = withLanguage(message, withValueAt(newest.current, path, after), path, after);
      onChange(newest.current);
    },
    errorAt: (path) => errors.get(path),
    isWrong: (path) => [...errors.keys()].some((wrong) => isWithin(wrong, path)),
    choices,
    Field: ContractField,
    first: first === undefined ? FIRST_FIELDS : { ...FIRST_FIELDS, ...first },
  };
  const unshown = faults.filter((fault) => !paths.some((path) => isWithin(fault.field, path)));
  return (
    <FormProvider value={state}>
      <div class="form-fields">
        {listFaults && unshown.length > 0 ? <FaultList message={message} faults={unshown} /> : null}
        {paths.map((path) => {
          const found = fieldAt(message, path);
          return found === undefined ? null : (
            <ContractField key={path} message={found.message} field={found.field} path={path} />
          );
        })}
      </div>
    </FormProvider>
  );
}

/** Who writes a text writes it in the language they read, unless they say another: it is filled in with the first letter. */
function withLanguage(message: string, root: JsonObject, path: string, value: Json | undefined): JsonObject {
  if (value === undefined || value === '') return root;
  const found = fieldAt(message, path);
  if (found === undefined) return root;
  const other = allFieldsOf(found.message).find(
    ({ requiredWith, format }) => requiredWith === found.field.name && format === 'STRING_FORMAT_LANGUAGE',
  );
  if (other === undefined) return root;
  const steps = stepsOf(path);
  const above = path.slice(0, path.length - String(steps.at(-1) ?? '').length);
  const at = `${above}${other.name}`;
  return valueAt(root, at) === undefined ? withValueAt(root, at, language()) : root;
}
