import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../../i18n/index.ts';
import { Button, TextField } from '../../ui/index.ts';

/** What the office searches for at least. */
const SHORTEST = 2;

/** Searches when asked to, not at every letter: a line may be slow. */
export function SearchField({
  search,
  onSearch,
}: {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}): JSX.Element {
  const text = useSignal(search);
  const short = useSignal(false);
  useEffect(() => {
    text.value = search;
  }, [search]);
  const submit = () => {
    const wanted = text.value.trim();
    short.value = wanted !== '' && wanted.length < SHORTEST;
    if (!short.value) onSearch(wanted);
  };
  return (
    <search class="message-search no-print">
      <TextField
        label={t('inbox.search')}
        error={short.value ? t('inbox.searchShort') : undefined}
        type="search"
        value={text.value}
        maxLength={100}
        onValue={(value) => {
          text.value = value;
          if (value === '' && search !== '') onSearch('');
        }}
        onEnter={submit}
      />
      <Button onClick={submit}>{t('inbox.searchNow')}</Button>
    </search>
  );
}
