import type { JSX } from 'preact';
import { CODES } from '../../__generated__/contract.ts';
import { code, t } from '../i18n/index.ts';
import { Check, Group, Select } from '../ui/index.ts';

/** One code of a list of the contract, none chosen at first. */
export function CodeSelect({
  list,
  label,
  value,
  onValue,
  error,
  hint,
}: {
  readonly list: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
}): JSX.Element {
  const codes = CODES[list] ?? [];
  return (
    <Select
      label={label}
      {...(hint === undefined ? {} : { hint })}
      error={error}
      value={value}
      required
      options={[
        { value: '', label: t('boards.choose') },
        ...codes.map((one) => ({ value: one, label: code(list, one) })),
      ]}
      onValue={onValue}
    />
  );
}

/** Some of these data categories, in the order of the contract; `fixed` ones are always among them. */
export function CategoryChecks({
  label,
  hint,
  error,
  offered,
  chosen,
  onChosen,
  fixed = [],
}: {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly offered: readonly string[];
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
  readonly fixed?: readonly string[];
}): JSX.Element {
  return (
    <Group label={label} {...(hint === undefined ? {} : { hint })} error={error}>
      <div class="board-checks">
        {offered.map((category) => (
          <Check
            key={category}
            label={code('DataCategory', category)}
            checked={fixed.includes(category) || chosen.includes(category)}
            disabled={fixed.includes(category)}
            onChecked={(checked) =>
              onChosen(
                offered.filter((one) => (one === category ? checked : chosen.includes(one) || fixed.includes(one))),
              )
            }
          />
        ))}
      </div>
    </Group>
  );
}

/** Names of data categories in a row of words. */
export function categoryWords(categories: readonly string[]): string {
  return categories.map((category) => code('DataCategory', category)).join(' · ');
}
