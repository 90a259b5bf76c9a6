import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ContractForm, type ContractFormProps, type FormField, fieldAt, isWithin, valueAt } from '../../forms/index.ts';

/** Fields that are shown on demand; open by itself where something within is wrong. */
export function FieldSection({
  title,
  only,
  preset,
  revealed,
  ...form
}: ContractFormProps & {
  readonly title: string;
  readonly only: readonly string[];
  /** What the template filled in: that alone does not open it. */
  readonly preset: ContractFormProps['value'];
  /** A field that somebody asked for: it opens where that stands in it. */
  readonly revealed: string | undefined;
}): JSX.Element | null {
  const [wanted, setWanted] = useState(() =>
    only.some(
      (path) =>
        !isFilledByItself(fieldAt(form.message, path)?.field) &&
        JSON.stringify(valueAt(form.value, path)) !== JSON.stringify(valueAt(preset, path)),
    ),
  );
  if (only.length === 0) return null;
  const holds = (field: string): boolean => only.some((path) => isWithin(field, path));
  const isOpen =
    wanted || (revealed !== undefined && holds(revealed)) || (form.faults ?? []).some(({ field }) => holds(field));
  return (
    <details
      class="details"
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open !== isOpen) setWanted(event.currentTarget.open);
      }}
    >
      <summary>{title}</summary>
      {isOpen ? <ContractForm {...form} only={only} listFaults={false} /> : null}
    </details>
  );
}

/** The language of a text comes with the text. */
function isFilledByItself(field: FormField | undefined): boolean {
  return field?.format === 'STRING_FORMAT_LANGUAGE' && field.requiredWith !== undefined;
}
