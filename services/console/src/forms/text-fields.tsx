import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { field as fieldLabel, t } from '../i18n/index.ts';
import { useDrawn } from '../lists/index.ts';
import { Button, Check, Group, Select, TextArea, TextField } from '../ui/index.ts';
import type { FormField } from './contract.ts';
import { type Choice, type FieldPlace, useForm } from './form-context.ts';
import { isList, valueAt } from './json.ts';
import { languageChoices, nationChoices } from './places-and-tongues.ts';
import { characterCount } from './text-formats.ts';

/** From this bound on a text that may have several lines is given several. */
const LONG_TEXT = 200;
/** The count of characters is shown from this share of the bound on. */
const NEARLY_FULL = 0.8;
const NATIONS_AT_ONCE = 50;

/** The values that a text field may have, where they are known. */
function useChoices(message: string, field: FormField): readonly Choice[] | undefined {
  const own = useForm().choices(message, field);
  const isNation = own === undefined && field.format === 'STRING_FORMAT_NATION';
  const nations = useNations(isNation);
  if (own !== undefined) return own;
  if (isNation) return nations;
  if (field.format === 'STRING_FORMAT_LANGUAGE') return languageChoices();
  return undefined;
}

/** Every nation, the most of them within moments: to draw them all takes a phone as long as the rest of a form. */
function useNations(isAsked: boolean): readonly Choice[] {
  const all = isAsked ? nationChoices() : [];
  return all.slice(0, useDrawn(all.length, NATIONS_AT_ONCE, NATIONS_AT_ONCE));
}

function countHint(field: FormField, text: string): string | undefined {
  const max = field.maxLength ?? 0;
  if (max === 0 || text.length < max * NEARLY_FULL) return undefined;
  return t('form.length', { count: characterCount(text), max });
}

/** A choice of a list, and what stands there already where it is none of the list. */
function OneChoice({
  label,
  error,
  name,
  required,
  value,
  choices,
  onValue,
}: {
  readonly label: string;
  readonly error: string | undefined;
  readonly name: string;
  readonly required: boolean;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      error={error}
      name={name}
      required={required}
      value={value}
      options={[
        { value: '', label: t(required ? 'form.choose' : 'form.notSaid') },
        ...(isKnown ? [] : [{ value, label: value }]),
        ...choices,
      ]}
      onValue={onValue}
    />
  );
}

/** A text: one line, several, or one of the values that it may have. */
export function TextValueField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const choices = useChoices(message, field);
  const stored = valueAt(form.root, path);
  const value = typeof stored === 'string' ? stored : '';
  const common = {
    label: fieldLabel(message, field.name),
    error: form.errorAt(path),
    name: path,
    required: field.required ?? false,
    value,
    onValue: (text: string) => form.change(path, text === '' ? undefined : text),
  };
  if (choices !== undefined) return <OneChoice {...common} choices={choices} />;
  const hint = countHint(field, value);
  const hinted = hint === undefined ? common : { ...common, hint };
  if (field.format === undefined && (field.maxLength ?? 0) >= LONG_TEXT)
    return <TextArea {...hinted} rows={(field.maxLength ?? 0) > 1000 ? 6 : 3} />;
  return <TextField {...hinted} autocomplete="off" />;
}

/** Several texts: boxes to tick where the values are known and few, else a list to add to. */
export function TextListField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const choices = useChoices(message, field);
  const stored = valueAt(form.root, path);
  const entries = isList(stored) ? stored.map(String) : [];
  const label = fieldLabel(message, field.name);
  const id = useId();
  if (form.choices(message, field) !== undefined && choices !== undefined)
    return <Ticks label={label} path={path} choices={choices} entries={entries} />;
  return (
    <Group label={label} error={form.errorAt(path)}>
      <ul class="form-list">
        {entries.map((entry, index) => {
          const at = `${path}[${index}]`;
          const common = {
            label: `${label} ${index + 1}`,
            error: form.errorAt(at),
            name: at,
            required: false,
            value: entry,
            onValue: (text: string) => form.change(at, text),
          };
          return (
            <li key={index} data-path={at} class="form-line">
              {choices === undefined ? (
                <TextField {...common} autocomplete="off" />
              ) : (
                <OneChoice {...common} choices={choices} />
              )}
              <Button
                look="plain"
                aria-label={t('form.removeEntry', { entry: `${label} ${index + 1}` })}
                onClick={() => {
                  form.change(path, entries.length === 1 ? undefined : entries.filter((_, place) => place !== index));
                  document.getElementById(id)?.focus();
                }}
              >
                {t('form.remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      {entries.length >= (field.maxItems ?? 0) ? null : (
        <div>
          <Button
            id={id}
            aria-label={t('form.addTo', { label })}
            onClick={() => {
              form.change(path, [...entries, '']);
              focusEntry(path, entries.length);
            }}
          >
            {t('form.add')}
          </Button>
        </div>
      )}
    </Group>
  );
}

function focusEntry(path: string, index: number): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(`[data-path="${CSS.escape(`${path}[${index}]`)}"]`);
    place?.querySelector<HTMLElement>('input, select')?.focus();
  });
}

function Ticks({
  label,
  path,
  choices,
  entries,
}: {
  readonly label: string;
  readonly path: string;
  readonly choices: readonly Choice[];
  readonly entries: readonly string[];
}): JSX.Element {
  const form = useForm();
  const unknown = entries.filter((entry) => !choices.some(({ value }) => value === entry));
  const shown = [...choices, ...unknown.map((value) => ({ value, label: value }))];
  const wrong = entries.map((_, index) => form.errorAt(`${path}[${index}]`)).find((text) => text !== undefined);
  return (
    <Group label={label} error={form.errorAt(path) ?? wrong}>
      {shown.length === 0 ? <span class="muted">{t('form.noChoices')}</span> : null}
      <div class="form-checks">
        {shown.map(({ value, label: said }) => (
          <Check
            key={value}
            label={said}
            checked={entries.includes(value)}
            onChecked={(wanted) => {
              const others = entries.filter((entry) => entry !== value);
              const next = wanted ? [...others, value] : others;
              form.change(path, next.length === 0 ? undefined : next);
            }}
          />
        ))}
      </div>
    </Group>
  );
}
