import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { Button, Page, Tabs } from '../../ui/index.ts';
import { AgreementsTab } from './agreements-tab.tsx';
import './directory.css';
import { OfficesTab } from './offices-tab.tsx';
import { PoliciesTab } from './policies-tab.tsx';

const TABS = ['offices', 'agreements', 'policies'] as const;

/** Whom one can reach and how, what was agreed with them, and the rules that decide. */
export default function Directory({ query }: ScreenProps): JSX.Element {
  const tab = TABS.find((one) => one === query.get('view')) ?? 'offices';
  const tabs = TABS.filter((one) => one !== 'policies' || may('read-policies'));
  return (
    <Page
      title={t('nav.directory')}
      actions={
        <Button look="plain" onClick={() => print()}>
          {t('action.print')}
        </Button>
      }
    >
      <Tabs
        label={t('nav.directory')}
        tabs={tabs.map((id) => ({ id, label: t(`directory.${id}`) }))}
        selected={tab}
        onSelect={(id) => go(id === 'offices' ? '/directory' : `/directory?view=${id}`, { replace: true })}
      >
        {tab === 'offices' ? <OfficesTab /> : tab === 'agreements' ? <AgreementsTab /> : <PoliciesTab />}
      </Tabs>
    </Page>
  );
}
