import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { typedDate } from '../i18n/index.ts';

interface FieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** What is wrong with it; the field is marked and described by it. */
  readonly error?: string | undefined;
  /** What is in it, in words; read out when it changes. */
  readonly said?: string;
}

interface Described {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A labelled control with its hint and its error; `children` gets the attributes that tie them together. */
export function Field({
  label,
  hint,
  error,
  said,
  children,
}: FieldProps & { readonly children: (described: Described) => ComponentChildren }): JSX.Element {
  const id = useId();
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(
    (one) => one !== '',
  );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        ...(ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }),
        ...(error === undefined ? {} : { 'aria-invalid': true }),
      })}
      {said === undefined ? null : (
        <output class="hint" for={id}>
          {said}
        </output>
      )}
      {error === undefined ? null : (
        <span class="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}

type InputProps = Omit<FieldProps, 'said'> & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'number' | 'date' | 'datetime-local' | 'search' | 'time';
  readonly autocomplete?: string;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  readonly list?: string;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly lang?: string;
  readonly onBlur?: () => void;
  readonly onEnter?: () => void;
};

/** A line of text; a date is said in words too, since the browser alone decides in which order it shows day and month. */
export function TextField({ label, hint, error, value, onValue, onEnter, ...rest }: InputProps): JSX.Element {
  const isDate = rest.type === 'date' || rest.type === 'datetime-local';
  return (
    <Field label={label} hint={hint} error={error} {...(isDate ? { said: typedDate(value) ?? '' } : {})}>
      {(described) => (
        <input
          // The library has a type of its own for each type of input; what is passed is listed above.
          {...(rest as object)}
          {...described}
          class="input"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || onEnter === undefined) return;
            event.preventDefault();
            onEnter();
          }}
        />
      )}
    </Field>
  );
}

/** Text of several lines. */
export function TextArea({
  label,
  hint,
  error,
  value,
  onValue,
  ...rest
}: FieldProps & { readonly value: string; readonly onValue: (value: string) => void } & {
  readonly maxLength?: number;
  readonly rows?: number;
  readonly required?: boolean;
  readonly name?: string;
  readonly lang?: string;
}): JSX.Element {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <textarea
          {...rest}
          {...described}
          class="input"
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** One of several; `''` among the options is for none. */
export function Select({
  label,
  hint,
  error,
  value,
  options,
  onValue,
  ...rest
}: FieldProps & {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onValue: (value: string) => void;
  readonly required?: boolean;
  readonly name?: string;
}): JSX.Element {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <select
          {...rest}
          {...described}
          class="input"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function Check({
  label,
  checked,
  onChecked,
  disabled,
}: {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled ?? false}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Several controls under one heading. */
export function Group({
  label,
  hint,
  error,
  required = false,
  children,
}: FieldProps & {
  /** One of them at least is needed. */
  readonly required?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <fieldset class="field">
      <legend class={required ? 'required' : ''}>{label}</legend>
      {hint === undefined ? null : <span class="hint">{hint}</span>}
      {children}
      {error === undefined ? null : <span class="error">{error}</span>}
    </fieldset>
  );
}
