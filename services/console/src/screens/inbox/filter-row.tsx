import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { code, codesOf, t } from '../../i18n/index.ts';
import { Button, Check, Select, TextField } from '../../ui/index.ts';
import { filterCount, type InboxFilters, readFilters } from './inbox-filters.ts';

/** Every filter of the inbox in one row, and the order of the list. */
export function FilterRow({
  filters,
  neighbours,
  onChange,
}: {
  readonly filters: InboxFilters;
  readonly neighbours: readonly string[];
  readonly onChange: (filters: InboxFilters) => void;
}): JSX.Element {
  const reference = useSignal(filters.caseReference);
  const codes = (list: string) => codesOf(list).map((value) => ({ value, label: code(list, value) }));
  const any = { value: '', label: t('inbox.any') };
  const offices = [...new Set([...neighbours, ...(filters.from === '' ? [] : [filters.from])])].sort();
  return (
    <fieldset class="message-filters">
      <legend class="visually-hidden">{t('inbox.filters')}</legend>
      <Check
        label={t('inbox.unread')}
        checked={filters.unread}
        onChecked={(unread) => onChange({ ...filters, unread })}
      />
      <Check label={t('inbox.mine')} checked={filters.mine} onChecked={(mine) => onChange({ ...filters, mine })} />
      <Select
        label={t('inbox.status')}
        value={filters.status}
        options={(['open', 'closed', 'all'] as const).map((value) => ({ value, label: t(`inbox.status.${value}`) }))}
        onValue={(status) => onChange({ ...filters, status: readFilters(new URLSearchParams({ status })).status })}
      />
      <Select
        label={t('inbox.precedence')}
        value={filters.precedence}
        options={[any, ...codes('Precedence')]}
        onValue={(precedence) => onChange({ ...filters, precedence })}
      />
      <Select
        label={t('inbox.from')}
        value={filters.from}
        options={[any, ...offices.map((value) => ({ value, label: value }))]}
        onValue={(from) => onChange({ ...filters, from })}
      />
      <Select
        label={t('inbox.crimeArea')}
        value={filters.crimeArea}
        options={[any, ...codes('CrimeArea')]}
        onValue={(crimeArea) => onChange({ ...filters, crimeArea })}
      />
      <TextField
        label={t('inbox.case')}
        value={reference.value}
        maxLength={60}
        onValue={(value) => {
          reference.value = value;
        }}
        onEnter={() => onChange({ ...filters, caseReference: reference.value.trim() })}
        onBlur={() => {
          if (reference.value.trim() !== filters.caseReference)
            onChange({ ...filters, caseReference: reference.value.trim() });
        }}
      />
      <Select
        label={t('inbox.order')}
        value={filters.order}
        options={(['newest', 'urgent', 'due'] as const).map((value) => ({ value, label: t(`inbox.order.${value}`) }))}
        onValue={(order) => onChange({ ...filters, order: readFilters(new URLSearchParams({ order })).order })}
      />
      {filterCount(filters) === 0 ? null : (
        <Button look="plain" onClick={() => onChange({ ...readFilters(new URLSearchParams()), order: filters.order })}>
          {t('inbox.clear')}
        </Button>
      )}
    </fieldset>
  );
}
