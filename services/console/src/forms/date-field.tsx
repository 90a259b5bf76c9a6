import type { JSX } from 'preact';
import { field as fieldLabel, type PartialDate, partialDate } from '../i18n/index.ts';
import { Group } from '../ui/index.ts';
import { type FieldPlace, useForm } from './form-context.ts';
import { type Json, valueAt } from './json.ts';
import { NumberInput } from './scalar-fields.tsx';

const PARTS = ['day', 'month', 'year'] as const;

/** A date of which only the year, or year and month, may be known: three boxes, and none has to be. */
export function DateField({ message, field, path }: FieldPlace): JSX.Element {
  const form = useForm();
  const set = (part: string, value: Json | undefined): void => form.change(`${path}.${part}`, value);
  return (
    <Group label={fieldLabel(message, field.name)} error={form.errorAt(path)}>
      <div class="form-date">
        {PARTS.map((part) => (
          <div key={part} data-path={`${path}.${part}`}>
            <NumberInput
              label={fieldLabel('Date', part)}
              value={valueAt(form.root, `${path}.${part}`)}
              error={form.errorAt(`${path}.${part}`)}
              name={`${path}.${part}`}
              whole
              required={false}
              onValue={(value) => set(part, value)}
            />
          </div>
        ))}
      </div>
      <output class="hint">{partialDate(partsAt(form.root, path)) ?? ''}</output>
    </Group>
  );
}

function partsAt(root: Json, path: string): PartialDate {
  const part = (name: string): number | undefined => {
    const value = valueAt(root, `${path}.${name}`);
    return typeof value === 'number' ? value : undefined;
  };
  return { year: part('year'), month: part('month'), day: part('day') };
}
