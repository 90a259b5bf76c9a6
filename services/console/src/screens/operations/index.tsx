import type { JSX } from 'preact';
import { may, session, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { code, leading, listed, t } from '../../i18n/index.ts';
import { Age, Countdown, Drill, Empty, Loaded, Page, PeerText, State } from '../../ui/index.ts';
import { memberOf } from './acts.ts';
import './operations.css';
import { groupOperations } from './order-operations.ts';
import type { Summary } from './types.ts';
import { OperationState, stateWord } from './words.tsx';

/** Joint operations of this office, by how they stand, with what waits for it in each. */
export default function OperationsScreen(): JSX.Element {
  const list = useResource<{ readonly items: readonly Summary[] }>('/v1/operations', ['operations', 'inbox']);
  return (
    <Page
      title={t('nav.operations')}
      actions={
        may('run-operations') ? (
          <Link class="button primary" to="/operations/new">
            {t('operations.new')}
          </Link>
        ) : undefined
      }
    >
      <Loaded resource={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('operations.none')}</Empty>
          ) : (
            groupOperations(items).map((group) => (
              <section key={group.state} class="stack-tight" aria-label={stateWord(group.state)}>
                <h2>{stateWord(group.state)}</h2>
                <ul class="operations-list">
                  {group.items.map((item) => (
                    <li key={item.id}>
                      <Item item={item} />
                    </li>
                  ))}
                </ul>
              </section>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}

function Item({ item }: { readonly item: Summary }): JSX.Element {
  const own = memberOf(item, session().office);
  const there = item.members.filter(({ state }) => state === 'joined');
  return (
    <Link class={item.drill ? 'operations-item drill' : 'operations-item'} to={`/operations/${item.id}`}>
      <span class="row">
        {item.drill ? <Drill /> : null}
        <OperationState state={item.state} />
        <Waiting item={item} />
      </span>
      <span class="name">
        <PeerText text={item.name} />
      </span>
      <span class="small muted">
        {own === undefined ? null : `${t('operations.ourRole', { role: code('OperationRole', own.role) })} · `}
        {leading(t('operations.membersThere', { there: there.length, all: item.members.length }))}
        {listed(item.members.map(({ office }) => office))}
      </span>
      <span class="small muted">
        {item.lastPostAt === null ? (
          t('operations.noPosts')
        ) : (
          <>
            {t('operations.posts', { n: item.posts })} · <Age at={item.lastPostAt} />
          </>
        )}
        {item.state === 'live' || item.state === 'suspended' ? (
          <>
            {' · '}
            {t('operations.endsIn')} <Countdown until={item.ends} />
          </>
        ) : null}
      </span>
    </Link>
  );
}

/** What somebody here has to do about it, in words; nothing where nothing waits. */
function Waiting({ item: { waiting } }: { readonly item: Summary }): JSX.Element {
  const { sign, accept, finish, due, unread, report } = waiting;
  return (
    <>
      {sign ? (
        <State shape="flag" tone="warn">
          {t('operations.waits.sign')}
        </State>
      ) : null}
      {accept > 0 ? (
        <State shape="flag" tone="warn">
          {t('operations.waits.accept', { n: accept })}
        </State>
      ) : null}
      {finish > 0 ? (
        <State shape="clock" tone="accent">
          {t('operations.waits.finish', { n: finish })}
        </State>
      ) : null}
      {due === null ? null : <Countdown until={due} />}
      {report ? (
        <State shape="flag" tone="warn">
          {t('operations.waits.report')}
        </State>
      ) : null}
      {unread > 0 ? (
        <State shape="diamond" tone="accent">
          {t('operations.waits.unread', { n: unread })}
        </State>
      ) : null}
    </>
  );
}
