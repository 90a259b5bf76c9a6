import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { may, session } from '../../api/index.ts';
import { listed, t } from '../../i18n/index.ts';
import { Button, Empty, Notice, ProblemNotice } from '../../ui/index.ts';
import { anchorOf, PostView } from './post-view.tsx';
import type { Entry, Operation } from './types.ts';
import { isUnread, useOpened } from './use-opened.ts';
import type { Story } from './use-transcript.ts';

/** What an officer can do with a post of the channel. */
export interface PostActs {
  readonly answer: (entry: Entry) => void;
  readonly answerTasking: (
    entry: Pick<Entry, 'office' | 'number' | 'id'>,
    state: 'ACCEPTED' | 'DECLINED' | 'DONE',
  ) => void;
  readonly mayPost: boolean;
}

/** The channel as a transcript in the order that all members agree on, the newest last. */
export function Channel({
  operation,
  story,
  acts,
}: {
  readonly operation: Operation;
  readonly story: Story;
  readonly acts: PostActs;
}): JSX.Element {
  const { transcript } = story;
  const entries = transcript?.entries ?? NONE;
  useOpened(entries);
  const news = useNews(entries);
  const box = useNewest(entries);
  const byId = useMemo(() => new Map(entries.map((entry) => [`${entry.office}/${entry.id}`, entry])), [entries]);
  return (
    <section ref={box} class="operations-scroll stack" aria-label={t('operations.channel')}>
      <ProblemNotice problem={story.problem} />
      {transcript === undefined ? (
        story.problem === undefined ? (
          <p role="status">{t('state.loading')}</p>
        ) : null
      ) : (
        <>
          {transcript.complete ? null : <Notice tone="warn" title={t('operations.incomplete')} />}
          {transcript.forks.map((fork) => (
            <Notice
              key={`${fork.office}/${fork.number}`}
              tone="danger"
              title={t('operations.fork', { office: fork.office, number: fork.number })}
            >
              {fork.versions.map(({ digest, toldBy }) => (
                <p key={digest} class="small">
                  <span class="mono">{digest.slice(0, 16)}…</span>: {listed(toldBy)}
                </p>
              ))}
            </Notice>
          ))}
          {may('retrieve') ? <p class="small muted no-print">{t('operations.opening')}</p> : null}
          {story.hasOlder ? (
            <div class="no-print">
              <Button busy={story.loading} onClick={story.loadOlder}>
                {t('operations.older')}
              </Button>
            </div>
          ) : null}
          {entries.length === 0 ? <Empty>{t('operations.noPosts')}</Empty> : null}
          <p role="status" class="visually-hidden">
            {news === undefined ? '' : t('operations.newPost', { office: news.office, number: news.number })}
          </p>
          <ol class="operations-transcript">
            {entries.map((entry) => (
              <li key={anchorOf(entry)}>
                <PostView
                  entry={entry}
                  operation={operation.id}
                  drill={operation.drill}
                  answered={
                    entry.answers === undefined || entry.answers === null
                      ? undefined
                      : byId.get(`${entry.answers.origin}/${entry.answers.id}`)
                  }
                  actions={acts.mayPost && entry.id !== null ? <EntryActs entry={entry} acts={acts} /> : null}
                />
              </li>
            ))}
          </ol>
          <details class="details">
            <summary>{t('operations.digest')}</summary>
            <p>{t('operations.digestAbout')}</p>
            <p class="mono">{transcript.digest}</p>
          </details>
        </>
      )}
    </section>
  );
}

const NONE: readonly Entry[] = [];

/** The newest post of another office since the channel was opened, to be read out. */
function useNews(entries: readonly Entry[]): Entry | undefined {
  const before = useRef<Entry | undefined>(undefined);
  const [news, setNews] = useState<Entry | undefined>(undefined);
  useEffect(() => {
    const last = entries.at(-1);
    const isNew = before.current !== undefined && last?.digest !== before.current.digest;
    if (isNew && last?.office !== session().office) setNews(last);
    before.current = last;
  }, [entries]);
  return news;
}

/** Begins at the first post that nobody here opened, else at the newest, and stays with the newest for whoever is there. */
function useNewest(entries: readonly Entry[]): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  const begun = useRef(false);
  const count = useRef(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || entries.length === 0) return;
    const isInside = element.scrollHeight > element.clientHeight + 1;
    const wasAtEnd = element.scrollTop + element.clientHeight > element.scrollHeight - 400;
    const grew = entries.length !== count.current;
    count.current = entries.length;
    if (begun.current && !(grew && isInside && wasAtEnd)) return;
    const unread = begun.current ? undefined : entries.find(isUnread);
    const target = document.getElementById(anchorOf(unread ?? (entries.at(-1) as Entry)));
    begun.current = true;
    if (isInside && target !== null)
      element.scrollTop += target.getBoundingClientRect().top - element.getBoundingClientRect().top - 16;
    else target?.scrollIntoView({ block: 'nearest' });
  }, [entries]);
  return box;
}

function EntryActs({ entry, acts }: { readonly entry: Entry; readonly acts: PostActs }): JSX.Element {
  const isOurs = entry.type === 'POST_TYPE_TASKING' && (entry.assignees ?? []).includes(session().office);
  return (
    <>
      {isOurs
        ? (['ACCEPTED', 'DECLINED', 'DONE'] as const).map((state) => (
            <Button key={state} onClick={() => acts.answerTasking(entry, state)}>
              {t(`operations.tasking.${state}`)}
            </Button>
          ))
        : null}
      {entry.office === session().office ? null : (
        <Button
          look="plain"
          onClick={() => acts.answer(entry)}
          aria-label={t('operations.answerPost', { number: entry.number, office: entry.office })}
        >
          {t('operations.answer')}
        </Button>
      )}
    </>
  );
}
