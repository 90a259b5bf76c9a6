import type { JSX } from 'preact';
import { may, session, useResource } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Countdown, Empty, Loaded, PeerText, type Shape, State, Time, type Tone } from '../../ui/index.ts';
import type { PostActs } from './channel.tsx';
import { orderTaskings } from './order-taskings.ts';
import { disclosedPost, type Entry, type Tasking } from './types.ts';

const STATES: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>> = {
  open: { shape: 'ring', tone: 'warn' },
  accepted: { shape: 'clock', tone: 'accent' },
  declined: { shape: 'cross', tone: 'danger' },
  done: { shape: 'check', tone: 'good' },
};

/** The taskings of an operation, with what the addressed office can do. */
export function Taskings({
  operation,
  entries,
  acts,
}: {
  readonly operation: string;
  /** Of the transcript, for what they say. */
  readonly entries: readonly Entry[];
  readonly acts: PostActs;
}): JSX.Element {
  const { office } = session();
  const address = `/v1/operations/${encodeURIComponent(operation)}/taskings`;
  const list = useResource<{ readonly items: readonly Tasking[] }>(address, ['operations', 'inbox', 'outbox']);
  return (
    <Loaded resource={list}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{t('operations.noTaskings')}</Empty>
        ) : (
          <ul class="operations-list">
            {orderTaskings(items, office).map((tasking) => {
              const entry = entries.find((one) => one.id === tasking.id && one.office === tasking.office);
              const mine = tasking.parts.find((part) => part.office === office);
              return (
                <li key={`${tasking.office}/${tasking.number}`} class="operations-post">
                  <header>
                    <strong>{t('operations.taskingNumber', { number: tasking.number, office: tasking.office })}</strong>
                    {tasking.createdAt === null ? null : (
                      <span class="small muted">
                        <Time at={tasking.createdAt} />
                      </span>
                    )}
                    {tasking.due === null ? null : (
                      <span>
                        {t('operations.due')} <Time at={tasking.due} />{' '}
                        {tasking.open ? <Countdown until={tasking.due} /> : null}
                      </span>
                    )}
                  </header>
                  <TaskingText operation={operation} tasking={tasking} entry={entry} />
                  <ul class="operations-plain stack-tight">
                    {tasking.parts.map((part) => (
                      <li key={part.office} class="row">
                        <strong>{part.office}</strong>
                        <State shape={STATES[part.state]?.shape ?? 'ring'} tone={STATES[part.state]?.tone ?? 'plain'}>
                          {t(`operations.part.${part.state}`)}
                        </State>
                        {part.overdue ? (
                          <State shape="clock" tone="danger">
                            {t('operations.overdue')}
                          </State>
                        ) : null}
                        {part.answeredAt === null ? null : (
                          <span class="small muted">
                            <Time at={part.answeredAt} />
                          </span>
                        )}
                      </li>
                    ))}
                  </ul>
                  {mine === undefined || !acts.mayPost ? null : (
                    <div class="row no-print">
                      {mine.state === 'open' ? (
                        <>
                          <Button look="primary" onClick={() => acts.answerTasking(tasking, 'ACCEPTED')}>
                            {t('operations.tasking.ACCEPTED')}
                          </Button>
                          <Button onClick={() => acts.answerTasking(tasking, 'DECLINED')}>
                            {t('operations.tasking.DECLINED')}
                          </Button>
                        </>
                      ) : null}
                      {mine.state === 'open' || mine.state === 'accepted' ? (
                        <Button onClick={() => acts.answerTasking(tasking, 'DONE')}>
                          {t('operations.tasking.DONE')}
                        </Button>
                      ) : null}
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        )
      }
    </Loaded>
  );
}

/** What the tasking says; one that is older than the posts that are loaded is asked for. */
function TaskingText({
  operation,
  tasking: { office, id },
  entry,
}: {
  readonly operation: string;
  readonly tasking: Tasking;
  readonly entry: Entry | undefined;
}): JSX.Element | null {
  const address = `/v1/operations/${encodeURIComponent(operation)}/posts/${office}/${id}`;
  const asked = useResource<Entry>(entry === undefined && id !== null && may('read-message') ? address : null);
  const found = entry ?? asked.value;
  const post = found === undefined ? undefined : disclosedPost(found);
  return post?.text === undefined ? null : <PeerText text={post.text} block lang={post.textLanguage} />;
}
