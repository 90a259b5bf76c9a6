import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { BoardList, MoreWork, useWorkList } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Empty, Loaded, Page } from '../../ui/index.ts';
import { HeldRow } from './held-row.tsx';

const WAYS = ['', 'outbound', 'inbound'] as const;

/** A page of what waits, and how much waits in all. */
interface HeldPage {
  readonly items: readonly Schemas['HeldItem'][];
  readonly next: string | null;
  readonly total: number;
}

/** What waits for a person's release, both ways: what ends first stands first. */
export default function HeldScreen({ query }: ScreenProps): JSX.Element {
  const way = WAYS.find((one) => one === query.get('direction')) ?? '';
  const held = useWorkList<Schemas['HeldItem'], HeldPage>('/v1/held', { order: 'deadline', direction: way }, ['held']);
  return (
    <Page
      title={held.value === undefined ? t('nav.held') : t('held.title', { n: held.value.total })}
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
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('held.empty')}</Empty>
          ) : (
            <BoardList label={t('nav.held')}>
              {items.map((item) => (
                <HeldRow key={item.id} item={item} />
              ))}
            </BoardList>
          )
        }
      </Loaded>
      <MoreWork list={held} />
    </Page>
  );
}

function wayPath(way: string): string {
  return way === '' ? '/held' : `/held?direction=${way}`;
}
