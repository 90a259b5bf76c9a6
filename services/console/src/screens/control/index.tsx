import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { ResultNotice, useBoardCounts } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Page, Tabs } from '../../ui/index.ts';
import { AskConsent } from './ask-consent.tsx';
import { AskOpening } from './ask-opening.tsx';
import { AskRecall } from './ask-recall.tsx';
import { Consents } from './consents.tsx';
import { Openings } from './openings.tsx';
import { Recalls } from './recalls.tsx';

const TABS = ['recalls', 'consents', 'openings'] as const;
type Tab = (typeof TABS)[number];
const TAB_OF_ASK: Readonly<Record<string, Tab>> = { recall: 'recalls', consent: 'consents', opening: 'openings' };

/** What the originator of a message keeps in hand: recalls, consent to pass on, and parts that were withheld. */
export default function ControlScreen({ query }: ScreenProps): JSX.Element {
  const counts = useBoardCounts();
  const ask = query.get('ask') ?? '';
  const tabs = TABS.filter((one) => may(one === 'recalls' ? 'read-recalls' : 'read-consents'));
  const wanted = TAB_OF_ASK[ask] ?? query.get('tab');
  const tab = tabs.find((one) => one === wanted) ?? tabs[0] ?? 'recalls';
  const [asked, setAsked] = useState<Tab>();
  const open = (to: string): void => {
    setAsked(undefined);
    go(`/control?tab=${to}`, { replace: true });
  };
  return (
    <Page
      title={t('nav.control')}
      actions={
        <Button look="plain" onClick={() => print()}>
          {t('action.print')}
        </Button>
      }
    >
      <Tabs
        label={t('nav.control')}
        selected={tab}
        onSelect={open}
        tabs={tabs.map((one) => ({
          id: one,
          label: t(`control.tab.${one}`, { n: counts?.[one] ?? 0 }),
        }))}
      >
        <AskForm
          key={query.toString()}
          query={query}
          onDone={() => {
            open(tab);
            setAsked(tab);
          }}
          onDrop={() => open(tab)}
        />
        {asked === undefined ? null : <ResultNotice title={t(`control.asked.${asked}`)} />}
        {tab === 'recalls' ? <Recalls /> : tab === 'consents' ? <Consents /> : <Openings />}
      </Tabs>
    </Page>
  );
}

/** The form for something new, about the message that the address names. */
function AskForm({
  query,
  onDone,
  onDrop,
}: {
  readonly query: URLSearchParams;
  readonly onDone: () => void;
  readonly onDrop: () => void;
}): JSX.Element | null {
  const message = query.get('message') ?? '';
  const origin = query.get('origin') ?? '';
  if (message === '') return null;
  const asking = { message, origin, onDone, onDrop };
  switch (query.get('ask')) {
    case 'recall':
      return may('recall') ? <AskRecall {...asking} /> : null;
    case 'consent':
      return may('ask-originator') ? <AskConsent {...asking} /> : null;
    case 'opening':
      return may('ask-originator') ? <AskOpening {...asking} /> : null;
    default:
      return null;
  }
}
