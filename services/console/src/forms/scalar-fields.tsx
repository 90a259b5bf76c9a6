import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { code, field as fieldLabel, t } from '../i18n/index.ts';
import { Check, Group, Select, TextField } from '../ui/index.ts';
import { codesOf } from './contract.ts';
import { type FieldPlace, useForm } from './form-context.ts';
import { isList, type Json, valueAt } from './json.ts';

/** Codes that are few enough are all in sight. */
const RADIO_CODES = 4;

/** One code of a list: in sight where it is required and of few, else behind a press. */
export function CodeField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const list = field.type ?? '';
  const codes = codesOf(list);
  const value = valueAt(form.root, path);
  const label = fieldLabel(message, field.name);
  const error = form.errorAt(path);
  if (field.required === true && codes.length <= RADIO_CODES)
    return (
      <Group label={label} error={error}>
        <div class="form-radios">
          {codes.map((name) => (
            <label key={name} class="check">
              <input
                type="radio"
                name={path}
                value={name}
                checked={value === name}
                required
                onChange={() => form.change(path, name)}
              />
              <span>{code(list, name)}</span>
            </label>
          ))}
        </div>
      </Group>
    );
  return (
    <Select
      label={label}
      error={error}
      name={path}
      required={field.required ?? false}
      value={typeof value === 'string' ? value : ''}
      options={[
        { value: '', label: t(field.required === true ? 'form.choose' : 'form.notSaid') },
        ...codes.map((name) => ({ value: name, label: code(list, name) })),
      ]}
      onValue={(chosen) => form.change(path, chosen === '' ? undefined : chosen)}
    />
  );
}

/** Several codes of a list. */
export function CodesField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const list = field.type ?? '';
  const value = valueAt(form.root, path);
  const chosen = isList(value) ? value : [];
  const set = (name: string, wanted: boolean): void =>
    form.change(path, (before) => {
      const others = (isList(before) ? before : []).filter((one) => one !== name);
      const next = wanted ? [...others, name] : others;
      return next.length === 0 ? undefined : next;
    });
  return (
    <Group
      label={fieldLabel(message, field.name)}
      required={field.required ?? false}
      error={form.errorAt(path) ?? form.errorAt(`${path}[0]`)}
    >
      <div class="form-checks">
        {codesOf(list).map((name) => (
          <Check
            key={name}
            label={code(list, name)}
            checked={chosen.includes(name)}
            onChecked={(wanted) => set(name, wanted)}
          />
        ))}
      </div>
    </Group>
  );
}

/** What a typed number is: a number, or the text where it is none; undefined for nothing. */
export function typedNumber(text: string): Json | undefined {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** A number. What is typed stays as it is typed. */
export function NumberField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  return (
    <NumberInput
      label={fieldLabel(message, field.name)}
      value={valueAt(form.root, path)}
      error={form.errorAt(path)}
      name={path}
      whole={field.whole ?? false}
      required={field.required ?? false}
      onValue={(value) => form.change(path, value)}
    />
  );
}

/** A number of a form, also where it is part of something else. */
export function NumberInput({
  label,
  value,
  error,
  name,
  whole,
  required,
  onValue,
}: {
  readonly label: string;
  readonly value: Json | undefined;
  readonly error: string | undefined;
  readonly name: string;
  readonly whole: boolean;
  readonly required: boolean;
  readonly onValue: (value: Json | undefined) => void;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  // `1.0` on the way to `1.05` is the number 1 already, and must stay as it is.
  const text = typedNumber(typed) === value ? typed : String(value ?? '');
  return (
    <TextField
      label={label}
      error={error}
      name={name}
      required={required}
      inputMode={whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      value={text}
      onValue={(next) => {
        setTyped(next);
        onValue(typedNumber(next));
      }}
    />
  );
}

/** Yes or no. */
export function BoolField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  return (
    <Check
      label={fieldLabel(message, field.name)}
      checked={valueAt(form.root, path) === true}
      onChecked={(checked) => form.change(path, checked ? true : undefined)}
    />
  );
}

/** A time as an input of this device shows it: in its zone, to the minute. */
export function localTime(rfc3339: string): string {
  const at = new Date(rfc3339);
  if (!Number.isFinite(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A time: given in this device's zone, kept as the API has it. */
export function TimeField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const value = valueAt(form.root, path);
  return (
    <TextField
      label={fieldLabel(message, field.name)}
      error={form.errorAt(path)}
      name={path}
      type="datetime-local"
      required={field.required ?? false}
      value={typeof value === 'string' ? localTime(value) : ''}
      onValue={(text) => {
        const at = new Date(text);
        form.change(path, Number.isFinite(at.getTime()) ? `${at.toISOString().slice(0, 19)}Z` : undefined);
      }}
    />
  );
}
