import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, useResource } from '../../api/index.ts';
import { BoardList, hitsOf, isAwaited, sortSearches } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Check, Empty, Loaded } from '../../ui/index.ts';
import { SearchEntry } from './search-entry.tsx';

type List = { readonly items: readonly Schemas['SearchItem'][]; readonly next: string | null };

const FIRST = 50;
const MOST = 200;

/** Searches of one side: those that wait for an answer first. */
export function Searches({ side }: { readonly side: 'asking' | 'asked' }): JSX.Element {
  const [onlyHits, setOnlyHits] = useState(false);
  const [limit, setLimit] = useState(FIRST);
  const searches = useResource<List>(`/v1/hits?side=${side}&limit=${limit}${onlyHits ? '&found=hit' : ''}`, ['hits']);
  return (
    <>
      <p class="muted">{t(side === 'asking' ? 'hits.aboutAsking' : 'hits.aboutAsked')}</p>
      <Check label={t('hits.onlyHits')} checked={onlyHits} onChecked={setOnlyHits} />
      <Loaded resource={searches}>
        {({ items, next }) => (
          <section class="stack-tight" aria-label={t(`hits.tab.${side}`)}>
            <h2>
              {t('hits.count', {
                n: items.length,
                waiting: items.filter(isAwaited).length,
                hits: items.filter((search) => hitsOf(search) > 0).length,
              })}
            </h2>
            {items.length === 0 ? (
              <Empty>{t(side === 'asking' ? 'hits.emptyAsking' : 'hits.emptyAsked')}</Empty>
            ) : (
              <BoardList label={t(`hits.tab.${side}`)}>
                {sortSearches(items).map((search) => (
                  <SearchEntry key={`${search.origin}/${search.id}`} search={search} />
                ))}
              </BoardList>
            )}
            {next === null || limit >= MOST ? null : (
              <div>
                <Button onClick={() => setLimit(MOST)}>{t('action.more')}</Button>
              </div>
            )}
          </section>
        )}
      </Loaded>
    </>
  );
}
