import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, session, useResource } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { type BoardLine, BoardList, boardLines, groupLines, isMine, type Side } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Check, Empty, Loaded, Page, Tabs } from '../../ui/index.ts';
import { FiguresTable } from './request-figures.tsx';
import { RequestRow } from './request-row.tsx';

type Item = Schemas['RequestItem'];
type List = { readonly items: readonly Item[]; readonly next: string | null };
type Line = BoardLine<Schemas['RequestLife'], Item>;

const SIDES: readonly Side[] = ['asked', 'asking'];
const MOST = 200;

/** Requests of both sides by their state, what is overdue first. */
export default function RequestsScreen({ query }: ScreenProps): JSX.Element {
  const side: Side = query.get('side') === 'asking' ? 'asking' : 'asked';
  const onlyMine = query.get('mine') === 'true';
  const open = useResource<List>(`/v1/requests?open=true&limit=${MOST}`, ['requests']);
  const linesOf = (of: Side): readonly Line[] =>
    boardLines<Schemas['RequestLife'], Item>(open.value?.items ?? [], of).filter(
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
      <Loaded resource={open}>
        {({ next }) => (
          <Tabs
            label={t('nav.requests')}
            selected={side}
            onSelect={(to) => show(to as Side, onlyMine)}
            tabs={SIDES.map((one) => ({
              id: one,
              label: t(`requests.side.${one}`, { n: linesOf(one).filter(({ life }) => life.open).length }),
            }))}
          >
            <Check label={t('boards.mine')} checked={onlyMine} onChecked={(mine) => show(side, mine)} />
            <Groups lines={linesOf(side)} side={side} />
            {next === null ? null : <p class="muted">{t('requests.notAll', { n: MOST })}</p>}
            <Closed side={side} />
            <FiguresTable side={side} />
          </Tabs>
        )}
      </Loaded>
    </Page>
  );
}

function Groups({ lines, side }: { readonly lines: readonly Line[]; readonly side: Side }): JSX.Element {
  if (lines.length === 0) return <Empty>{t(`requests.empty.${side}`)}</Empty>;
  return (
    <>
      {groupLines(lines).map(({ group, lines: there }) => {
        const title = t(`requests.group.${side}.${group}`, { n: there.length });
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
