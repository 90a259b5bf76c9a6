import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { BoardEntry, BoardList, messagePath } from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { ContentView, type Json } from '../../messages/index.ts';
import { Age, Loaded, Notice, Panel } from '../../ui/index.ts';

type List = { readonly items: readonly Schemas['AnswerItem'][]; readonly next: string | null };

/** The answers to a request, the newest first, each with what it says; nothing while there is none. */
export function Answers({ request }: { readonly request: Schemas['RequestDetail'] }): JSX.Element | null {
  const hasAnswers = request.lives.some(({ facts }) => facts.some(({ what }) => what === 'answer'));
  const answers = useResource<List>(
    hasAnswers ? `/v1/answers?request=${encodeURIComponent(request.id)}&include=content` : null,
    ['requests'],
  );
  if (!hasAnswers) return null;
  return (
    <Panel title={t('requests.answers')}>
      <Loaded resource={answers}>
        {({ items }) => {
          const its = items.filter((answer) => answer.request.origin === request.origin);
          return (
            <BoardList label={t('requests.answers')}>
              {its.map((answer, index) => (
                <BoardEntry
                  key={answer.id}
                  drill={answer.drill}
                  startsOpen={index === 0}
                  title={t('requests.answerOf', { office: answer.origin })}
                  end={<Age at={answer.createdAt} />}
                  summary={<Results results={answer.results} />}
                >
                  {answer.content === null || answer.content === undefined ? (
                    <Notice title={t('requests.contentGone')} />
                  ) : (
                    <ContentView content={answer.content as Json} withheld={answer.withheldParts ?? []} />
                  )}
                  <p>
                    <Link to={messagePath(answer.origin, answer.id)}>{t('requests.asMessage')}</Link>
                  </p>
                </BoardEntry>
              ))}
            </BoardList>
          );
        }}
      </Loaded>
    </Panel>
  );
}

/** What an answer says of each question, in a word. */
export function Results({
  results,
}: {
  readonly results: readonly {
    readonly question: number;
    readonly outcome: string;
    readonly ground: string | null;
  }[];
}): JSX.Element {
  return (
    <ul class="row small board-plain" aria-label={t('requests.results')}>
      {results.map(({ question, outcome, ground }) => (
        <li key={question}>
          {t('requests.result', { question, outcome: code('AnswerOutcome', outcome) })}
          {ground === null ? '' : ` (${code('RefusalGround', ground)})`}
        </li>
      ))}
    </ul>
  );
}
