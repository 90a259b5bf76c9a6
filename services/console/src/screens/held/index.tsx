import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { BoardList, byDue } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Empty, Loaded, Page } from '../../ui/index.ts';
import { HeldRow } from './held-row.tsx';

const WAYS = ['', 'outbound', 'inbound'] as const;

/** What waits for a person's release, both ways: what ends first stands first. */
export default function HeldScreen({ query }: ScreenProps): JSX.Element {
  const held = useResource<{ readonly items: readonly Schemas['HeldItem'][] }>('/v1/held', ['held']);
  const way = query.get('direction') ?? '';
  return (
    <Page
      title={held.value === undefined ? t('nav.held') : t('held.title', { n: held.value.items.length })}
      actions={
        <>
          {WAYS.map((one) => (
            <Button key={one} aria-pressed={one === way} onClick={() => go(wayPath(one), { replace: true })}>
              {t(one === '' ? 'held.both' : one === 'outbound' ? 'held.outgoing' : 'held.incoming')}
            </Button>
          ))}
          <Button look="plain" onClick={() => print()}>
            {t('action.print')}
          </Button>
        </>
      }
    >
      <p class="muted">{t('held.about')}</p>
      <Loaded resource={held}>
        {({ items }) => {
          const shown = items.filter(({ direction }) => way === '' || direction === way).sort(heldOrder);
          return shown.length === 0 ? (
            <Empty>{t('held.empty')}</Empty>
          ) : (
            <BoardList label={t('nav.held')}>
              {shown.map((item) => (
                <HeldRow key={item.id} item={item} />
              ))}
            </BoardList>
          );
        }}
      </Loaded>
    </Page>
  );
}

function wayPath(way: string): string {
  return way === '' ? '/held' : `/held?direction=${way}`;
}

function heldOrder(a: Schemas['HeldItem'], b: Schemas['HeldItem']): number {
  return byDue(
    { dueAt: a.deadline.at, precedence: a.precedence, createdAt: a.heldAt },
    { dueAt: b.deadline.at, precedence: b.precedence, createdAt: b.heldAt },
  );
}
