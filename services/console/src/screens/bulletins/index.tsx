import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf, may, type Schemas, useResource } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { codesOf } from '../../forms/index.ts';
import { code, t } from '../../i18n/index.ts';
import { Button, Empty, Loaded, Page, Select, Tabs } from '../../ui/index.ts';
import { BulletinItem } from './bulletin-item.tsx';
import './bulletins.css';
import { Standing } from './standing.tsx';
import { Subscriptions } from './subscriptions.tsx';

type Message = Schemas['RegionMessage'];
const PAGE = 30;

/** What the region was told, what this office asks of it, and how it stands with its hubs. */
export default function Bulletins({ query }: ScreenProps): JSX.Element {
  const tab = query.get('tab') ?? 'list';
  return (
    <Page
      title={t('nav.bulletins')}
      actions={
        may('tell-region') ? (
          <Link class="button primary" to="/compose/bulletin">
            {t('bulletins.new')}
          </Link>
        ) : undefined
      }
    >
      <Tabs
        label={t('nav.bulletins')}
        tabs={[
          { id: 'list', label: t('bulletins.list') },
          { id: 'subscriptions', label: t('bulletins.subscriptions') },
          { id: 'standing', label: t('bulletins.standing') },
        ]}
        selected={tab}
        onSelect={(id) => go(`/bulletins?tab=${id}`, { replace: true })}
      >
        {tab === 'subscriptions' ? <Subscriptions /> : tab === 'standing' ? <Standing /> : <List />}
      </Tabs>
    </Page>
  );
}

function List(): JSX.Element {
  const [filters, setFilters] = useState({ direction: '', corridor: '', crimeArea: '' });
  const [limit, setLimit] = useState(PAGE);
  const list = useResource<{ readonly items: readonly Message[]; readonly next: string | null }>(
    addressOf('/v1/bulletins', { ...filters, limit }),
    ['region'],
  );
  const choose = (name: keyof typeof filters) => (value: string) => setFilters({ ...filters, [name]: value });
  return (
    <>
      <div class="bulletins-filters no-print">
        <Select
          label={t('bulletins.direction')}
          value={filters.direction}
          options={[
            { value: '', label: t('bulletins.all') },
            { value: 'inbound', label: t('bulletins.ofOthers') },
            { value: 'outbound', label: t('bulletins.ofOurs') },
          ]}
          onValue={choose('direction')}
        />
        <CodeFilter
          list="Corridor"
          label={t('bulletins.corridor')}
          value={filters.corridor}
          onValue={choose('corridor')}
        />
        <CodeFilter
          list="CrimeArea"
          label={t('bulletins.crimeArea')}
          value={filters.crimeArea}
          onValue={choose('crimeArea')}
        />
      </div>
      <Loaded resource={list}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <Empty>{t('bulletins.none')}</Empty> : null}
            <ul class="bulletins-list">
              {items.map((message) => (
                <li key={`${message.origin}/${message.id}`}>
                  <BulletinItem message={message} onChanged={() => void list.reload()} />
                </li>
              ))}
            </ul>
            {next === null ? null : (
              <Button busy={list.loading} onClick={() => setLimit(Math.min(200, limit + PAGE))}>
                {t('action.more')}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function CodeFilter({
  list,
  label,
  value,
  onValue,
}: {
  readonly list: string;
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  return (
    <Select
      label={label}
      value={value}
      options={[
        { value: '', label: t('bulletins.all') },
        ...codesOf(list).map((one) => ({ value: one, label: code(list, one) })),
      ]}
      onValue={onValue}
    />
  );
}
