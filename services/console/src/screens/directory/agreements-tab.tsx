import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { code, date, leading, listed, number, t } from '../../i18n/index.ts';
import { Empty, Facts, Loaded, Panel, PeerText, type Shape, State, type Tone } from '../../ui/index.ts';
import { Article } from './article.tsx';
import { DaysLeft } from './days-left.tsx';
import { nationName } from './names.ts';

type Item = Schemas['InstalledAgreement'];

const TOPICS = ['documents'] as const;
/** Those in force first, then what comes, then what was. */
const ORDER: readonly Item['state'][] = ['in-force', 'not-yet', 'replaced', 'ended'];

/** What was agreed, with whom, for how long, and what each article lets cross. */
export function AgreementsTab(): JSX.Element {
  const agreements = useResource<{ readonly items: readonly Item[] }>('/v1/agreements', TOPICS);
  return (
    <Loaded resource={agreements}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{t('directory.noAgreements')}</Empty>
        ) : (
          [...items]
            .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.id < b.id ? -1 : 1))
            .map((item) => <Agreement key={item.id} item={item} />)
        )
      }
    </Loaded>
  );
}

const LOOKS: Readonly<Record<Item['state'], { readonly shape: Shape; readonly tone: Tone }>> = {
  'in-force': { shape: 'check', tone: 'good' },
  'not-yet': { shape: 'clock', tone: 'plain' },
  replaced: { shape: 'ring', tone: 'plain' },
  ended: { shape: 'cross', tone: 'danger' },
};

function Agreement({ item }: { readonly item: Item }): JSX.Element {
  const { id, version, digest, state, replacedBy, daysLeft, agreement } = item;
  const look = LOOKS[state];
  return (
    <Panel
      title={t('directory.version', { id, n: number(version) })}
      actions={
        <>
          <State shape={look.shape} tone={look.tone}>
            {t(`directory.agreement.${state}`)}
          </State>
          {state === 'in-force' ? <DaysLeft days={daysLeft} ended={false} /> : null}
        </>
      }
    >
      <div class="stack">
        <p>
          <strong>
            <PeerText text={agreement.title} />
          </strong>
        </p>
        <Facts
          entries={[
            [
              t('directory.agreement.time'),
              t('directory.fromUntil', { from: date(agreement.validFrom), until: date(agreement.validUntil) }),
            ],
            [t('directory.trustLevel'), code('TrustLevel', agreement.trustLevel)],
            [
              t('directory.parties'),
              <ul key="parties" class="plain-list">
                {agreement.parties.map(({ nation, offices }) => (
                  <li key={nation}>
                    <strong>{leading(nationName(nation))}</strong>
                    {listed(offices)}
                  </li>
                ))}
              </ul>,
            ],
            [t('directory.hubs'), listed((agreement.hubs ?? []).map(({ hub }) => hub))],
            [t('directory.replaces'), listed(agreement.replaces ?? [])],
            [t('directory.replacedBy'), replacedBy],
            [
              t('directory.digest'),
              <span key="digest" class="mono">
                {digest}
              </span>,
            ],
          ]}
        />
        <div class="stack">
          {agreement.articles.map((article) => (
            <Article key={article.id} agreement={id} article={article} />
          ))}
        </div>
      </div>
    </Panel>
  );
}
