import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, session, useResource } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import {
  type BoardLine,
  BoardList,
  boardLines,
  groupLines,
  isMine,
  MoreWork,
  type Side,
  useWorkList,
  type WorkList,
} from '../../boards/index.ts';
import { number, t } from '../../i18n/index.ts';
import { Button, Check, Empty, Loaded, Page, Tabs } from '../../ui/index.ts';
import { FiguresTable } from './request-figures.tsx';
import { RequestRow } from './request-row.tsx';

type Item = Schemas['RequestItem'];
type List = { readonly items: readonly Item[]; readonly next: string | null };
type Line = BoardLine<Schemas['RequestLife'], Item>;

const SIDES: readonly Side[] = ['asked', 'asking'];
const MOST = 200;

/** A page of open requests, and of how many lives those of all pages are. */
interface OpenPage extends List {
  readonly openLives?: number;
}

/** Requests of both sides by their state, what is overdue first. */
export default function RequestsScreen({ query }: ScreenProps): JSX.Element {
  const side: Side = query.get('side') === 'asking' ? 'asking' : 'asked';
  const onlyMine = query.get('mine') === 'true';
  const lists: Readonly<Record<Side, WorkList<OpenPage>>> = {
    asked: useOpen('asked', onlyMine),
    asking: useOpen('asking', onlyMine),
  };
  const open = lists[side];
  const lines = boardLines<Schemas['RequestLife'], Item>(open.value?.items ?? [], side).filter(
    (line) => !onlyMine || isMine(line, session().officer.name),
  );
  const show = (to: Side, mine: boolean): void =>
    go(`/requests?side=${to}${mine ? '&mine=true' : ''}`, { replace: true });
  return (
    <Page
      title={t('nav.requests')}
      actions={
        <>
          {may('submit') ? (
            <Link class="button primary" to="/compose/request">
              {t('requests.new')}
            </Link>
          ) : null}
          <Button look="plain" onClick={() => print()}>
            {t('action.print')}
          </Button>
        </>
      }
    >
      <Tabs
        label={t('nav.requests')}
        selected={side}
        onSelect={(to) => show(to as Side, onlyMine)}
        tabs={SIDES.map((one) => ({
          id: one,
          label: t(`requests.side.${one}`, { n: countText(lists[one]) }),
        }))}
      >
        <Check label={t('boards.mine')} checked={onlyMine} onChecked={(mine) => show(side, mine)} />
        <Loaded resource={open}>
          {() => <Groups lines={lines} side={side} isWhole={open.value?.next === null} />}
        </Loaded>
        <MoreWork list={open} />
        <Closed side={side} />
        <FiguresTable side={side} />
      </Tabs>
    </Page>
  );
}

/** The open requests of a side, what is due first: only the office can sort what is not all loaded. */
function useOpen(side: Side, onlyMine: boolean): WorkList<OpenPage> {
  const query = { open: 'true', order: 'deadline', side, mine: onlyMine ? 'true' : undefined };
  return useWorkList<Item, OpenPage>('/v1/requests', query, ['requests']);
}

/** How many lives are open there, on all pages; a dash while that is not known. */
function countText({ value }: WorkList<OpenPage>): string {
  return value?.openLives === undefined ? '–' : number(value.openLives);
}

function Groups({
  lines,
  side,
  isWhole,
}: {
  readonly lines: readonly Line[];
  readonly side: Side;
  readonly isWhole: boolean;
}): JSX.Element {
  if (lines.length === 0) return <Empty>{t(`requests.empty.${side}`)}</Empty>;
  return (
    <>
      {groupLines(lines).map(({ group, lines: there }, _, groups) => {
        // What is overdue comes first, so that it is all there once anything else is.
        const isAll = isWhole || (group === 'overdue' && groups.length > 1);
        const n = number(there.length);
        const title = t(`requests.group.${side}.${group}`, { n: isAll ? n : `${n}+` });
        return (
          <section key={group} class="stack-tight" aria-label={title}>
            <h2>{title}</h2>
            <BoardList label={title}>
              {there.map((line) => (
                <RequestRow key={`${line.request.origin}/${line.request.id}/${line.office}`} line={line} side={side} />
              ))}
            </BoardList>
          </section>
        );
      })}
    </>
  );
}

/** Those that are over, asked for only when somebody wants to see them. */
function Closed({ side }: { readonly side: Side }): JSX.Element {
  const [limit, setLimit] = useState(0);
  const closed = useResource<List>(limit === 0 ? null : `/v1/requests?open=false&side=${side}&limit=${limit}`, [
    'requests',
  ]);
  if (limit === 0)
    return (
      <div class="no-print">
        <Button onClick={() => setLimit(50)}>{t('requests.showClosed')}</Button>
      </div>
    );
  return (
    <section class="stack-tight" aria-label={t('requests.closed')}>
      <h2>{t('requests.closed')}</h2>
      <Loaded resource={closed}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty>{t('requests.closedEmpty')}</Empty>
          ) : (
            <>
              <BoardList label={t('requests.closed')}>
                {boardLines<Schemas['RequestLife'], Item>(items, side)
                  .toReversed()
                  .map((line) => (
                    <RequestRow
                      key={`${line.request.origin}/${line.request.id}/${line.office}`}
                      line={line}
                      side={side}
                    />
                  ))}
              </BoardList>
              {next === null || limit >= MOST ? null : (
                <div>
                  <Button onClick={() => setLimit(MOST)}>{t('action.more')}</Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
