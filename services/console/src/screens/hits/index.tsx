import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { Button, Page, Tabs } from '../../ui/index.ts';
import { Lookouts } from './lookouts.tsx';
import { SearchFigures } from './search-figures.tsx';
import { Searches } from './searches.tsx';

const TABS = ['asking', 'asked', 'lookouts', 'figures'] as const;
type Tab = (typeof TABS)[number];

/** Hit or no-hit: searches of this office and of its neighbours, what this office looks for, and figures. */
export default function HitsScreen({ query }: ScreenProps): JSX.Element {
  const tabs = TABS.filter(isOffered);
  const tab = tabs.find((one) => one === query.get('tab')) ?? 'asking';
  return (
    <Page
      title={t('nav.hits')}
      actions={
        <>
          {may('search') ? (
            <Link class="button primary" to="/compose/search">
              {t('hits.ask')}
            </Link>
          ) : null}
          {may('keep-lookouts') ? (
            <Link class="button" to="/compose/lookout">
              {t('hits.addLookout')}
            </Link>
          ) : null}
          <Button look="plain" onClick={() => print()}>
            {t('action.print')}
          </Button>
        </>
      }
    >
      <Tabs
        label={t('nav.hits')}
        selected={tab}
        onSelect={(to) => go(`/hits?tab=${to}`, { replace: true })}
        tabs={tabs.map((one) => ({ id: one, label: t(`hits.tab.${one}`) }))}
      >
        {tab === 'lookouts' ? <Lookouts /> : tab === 'figures' ? <SearchFigures /> : <Searches key={tab} side={tab} />}
      </Tabs>
    </Page>
  );
}

function isOffered(tab: Tab): boolean {
  if (tab === 'lookouts') return may('read-lookouts');
  return tab !== 'figures' || may('read-search-figures');
}
