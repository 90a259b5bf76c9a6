import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { Button, Page, Tabs } from '../../ui/index.ts';
import { FiguresTab } from './figures-tab.tsx';
import { LedgerTab } from './ledger-tab.tsx';
import './oversight.css';
import { PublicTab } from './public-tab.tsx';

const TABS = ['figures', 'public', 'ledger'] as const;

/** How the office works, in numbers; what is published of it; and whether its ledger is whole. */
export default function Oversight({ query }: ScreenProps): JSX.Element {
  const tab = TABS.find((one) => one === query.get('view')) ?? 'figures';
  const tabs = TABS.filter((one) => one !== 'ledger' || may('read-ledger-head'));
  return (
    <Page
      title={t('nav.oversight')}
      actions={
        <Button look="plain" onClick={() => print()}>
          {t('action.print')}
        </Button>
      }
    >
      <Tabs
        label={t('nav.oversight')}
        tabs={tabs.map((id) => ({ id, label: t(`oversight.${id}`) }))}
        selected={tab}
        onSelect={(id) => go(id === 'figures' ? '/oversight' : `/oversight?view=${id}`, { replace: true })}
      >
        {tab === 'figures' ? <FiguresTab /> : tab === 'public' ? <PublicTab /> : <LedgerTab />}
      </Tabs>
    </Page>
  );
}
