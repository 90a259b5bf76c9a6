import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { field as fieldLabel, t } from '../i18n/index.ts';
import { Button, Group, Select } from '../ui/index.ts';
import { type FormField, fieldsOf } from './contract.ts';
import { FILLED_BY_ITSELF, FIRST_COUNT } from './first-fields.ts';
import { type FieldPlace, useForm } from './form-context.ts';
import { isList, isObject, valueAt } from './json.ts';

/** A message with so few fields, none of them required, is shown at once. */
const SMALL = 3;
/** As many entries of a list are shown without asking. */
const FEW = 4;

/** A message within a message: its fields, or a button where it is optional and large. */
export function MessageField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const inner = field.type ?? '';
  const label = fieldLabel(message, field.name);
  const fields = fieldsOf(inner);
  const isSmall = fields.length <= SMALL && !fields.some(({ required }) => required);
  if (valueAt(form.root, path) === undefined && field.required !== true && !isSmall)
    return (
      <Group label={label} error={form.errorAt(path)}>
        <div>
          <Button
            aria-label={t('form.addTo', { label })}
            onClick={() => {
              form.change(path, {});
              focusWithin(path);
            }}
          >
            {t('form.add')}
          </Button>
        </div>
      </Group>
    );
  return (
    <fieldset class="form-message">
      <legend>{label}</legend>
      {form.errorAt(path) === undefined ? null : <span class="error">{form.errorAt(path)}</span>}
      <MessageFields message={inner} path={path} label={label} />
      {field.required === true || isSmall ? null : (
        <Button
          look="plain"
          aria-label={t('form.removeEntry', { entry: label })}
          onClick={() => {
            form.change(path, undefined);
            focusWithin(path);
          }}
        >
          {t('form.remove')}
        </Button>
      )}
    </fieldset>
  );
}

/** Several messages of one kind, to add to and take from. */
export function MessageListField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const inner = field.type ?? '';
  const label = fieldLabel(message, field.name);
  const stored = valueAt(form.root, path);
  const entries = isList(stored) ? stored : [];
  const id = useId();
  return (
    <Group label={label} error={form.errorAt(path)}>
      <Folded label={label} count={entries.length} isWrong={form.isWrong(path)}>
        {entries.map((_, index) => {
          const at = `${path}[${index}]`;
          const name = `${label} ${index + 1}`;
          return (
            <fieldset class="form-message" key={index} data-path={at}>
              <legend>{name}</legend>
              {form.errorAt(at) === undefined ? null : <span class="error">{form.errorAt(at)}</span>}
              <MessageFields message={inner} path={at} label={name} />
              <Button
                look="plain"
                aria-label={t('form.removeEntry', { entry: name })}
                onClick={() => {
                  form.change(path, (before) => {
                    const left = (isList(before) ? before : []).filter((_entry, place) => place !== index);
                    return left.length === 0 ? undefined : left;
                  });
                  document.getElementById(id)?.focus();
                }}
              >
                {t('form.removeEntry', { entry: name })}
              </Button>
            </fieldset>
          );
        })}
      </Folded>
      {entries.length >= (field.maxItems ?? 0) ? null : (
        <div>
          <Button
            id={id}
            aria-label={t('form.addTo', { label })}
            onClick={() => {
              form.change(path, (before) => [...(isList(before) ? before : []), {}]);
              focusWithin(`${path}[${entries.length}]`);
            }}
          >
            {t('form.add')}
          </Button>
        </div>
      )}
    </Group>
  );
}

/** Many entries are shown when somebody wants them; few at once. */
function Folded({
  label,
  count,
  isWrong,
  children,
}: {
  readonly label: string;
  readonly count: number;
  readonly isWrong: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  // Who adds one entry after the other sees what they type; many at once came from elsewhere, such as a drawn route.
  const [folds] = useState(count > FEW);
  const [wanted, setWanted] = useState(false);
  if (!folds) return <>{children}</>;
  const isOpen = wanted || isWrong;
  return (
    <details
      class="details"
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open !== isOpen) setWanted(event.currentTarget.open);
      }}
    >
      <summary>{t('form.entries', { label, count })}</summary>
      {isOpen ? children : null}
    </details>
  );
}

function focusWithin(path: string): void {
  requestAnimationFrame(() => {
    document
      .querySelector(`[data-path="${CSS.escape(path)}"]`)
      ?.querySelector<HTMLElement>('input, select, textarea, button')
      ?.focus();
  });
}

/** The fields of a message: those that matter first, the rest on demand. */
export function MessageFields({
  message,
  path,
  label,
}: {
  readonly message: string;
  readonly path: string;
  /** What it is called where it stands. */
  readonly label: string;
}): JSX.Element {
  const form = useForm();
  const [wanted, setWanted] = useState(false);
  const fields = fieldsOf(message);
  const listed = form.first[message];
  const firstNames = listed ?? usualFirst(fields);
  const isFirst = ({ name, required }: FormField): boolean => required === true || firstNames.includes(name);
  const first = fields.filter(isFirst).sort((one, other) => placeOf(one, firstNames) - placeOf(other, firstNames));
  const more = fields.filter((one) => !isFirst(one));
  const value = valueAt(form.root, path);
  const own = FILLED_BY_ITSELF[message] ?? [];
  const isFilled = isObject(value) && more.some(({ name }) => value[name] !== undefined && !own.includes(name));
  const isOpen = wanted || isFilled || more.some(({ name }) => form.isWrong(`${path}.${name}`));
  return (
    <>
      <Shown message={message} path={path} fields={first} />
      {more.length === 0 ? null : (
        <details
          class="details"
          open={isOpen}
          onToggle={(event) => {
            if (event.currentTarget.open !== isOpen) setWanted(event.currentTarget.open);
          }}
        >
          <summary>{t('form.more', { label, count: more.length })}</summary>
          {isOpen ? <Shown message={message} path={path} fields={more} /> : null}
        </details>
      )}
    </>
  );
}

function usualFirst(fields: readonly FormField[]): readonly string[] {
  return fields.length <= FIRST_COUNT + 2
    ? fields.map(({ name }) => name)
    : fields.slice(0, FIRST_COUNT).map(({ name }) => name);
}

/** In the order that the list of first fields says; what is required but not listed stands before. */
function placeOf({ name }: FormField, names: readonly string[]): number {
  return names.indexOf(name);
}

/** The fields as controls; the members of a oneof are one choice. */
function Shown({
  message,
  path,
  fields,
}: {
  readonly message: string;
  readonly path: string;
  readonly fields: readonly FormField[];
}): JSX.Element {
  const { Field } = useForm();
  const done = new Set<string>();
  const controls = fields.map((field) => {
    if (field.oneof === undefined)
      return <Field key={field.name} message={message} field={field} path={`${path}.${field.name}`} />;
    if (done.has(field.oneof)) return null;
    done.add(field.oneof);
    return <KindField key={field.oneof} message={message} oneof={field.oneof} path={path} />;
  });
  return <div class="form-fields">{controls}</div>;
}

/** What something is, of several kinds (person, vehicle, …), and then the fields of that kind. */
function KindField({
  message,
  oneof,
  path,
}: {
  readonly message: string;
  readonly oneof: string;
  readonly path: string;
}): JSX.Element {
  const form = useForm();
  const members = fieldsOf(message).filter((field) => field.oneof === oneof);
  const value = valueAt(form.root, path);
  const chosen = members.find(({ name }) => isObject(value) && value[name] !== undefined);
  const choose = (name: string): void =>
    form.change(path, (before) => {
      const kept = Object.fromEntries(
        Object.entries(isObject(before) ? before : {}).filter(
          ([key]) => !members.some((member) => member.name === key),
        ),
      );
      return name === '' ? kept : { ...kept, [name]: {} };
    });
  return (
    <div class="form-field wide">
      <Select
        label={t('form.kind')}
        error={chosen === undefined ? form.errorAt(path) : undefined}
        required
        name={`${path}.${oneof}`}
        value={chosen?.name ?? ''}
        options={[
          { value: '', label: t('form.choose') },
          ...members.map(({ name }) => ({ value: name, label: fieldLabel(message, name) })),
        ]}
        onValue={choose}
      />
      {chosen === undefined ? null : (
        <div class="form-kind" data-path={`${path}.${chosen.name}`}>
          <MessageFields
            message={chosen.type ?? ''}
            path={`${path}.${chosen.name}`}
            label={fieldLabel(message, chosen.name)}
          />
        </div>
      )}
    </div>
  );
}
