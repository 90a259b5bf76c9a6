import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, useResource } from '../../api/index.ts';
import {
  BoardEntry,
  BoardList,
  Headline,
  MessageLink,
  owesRecallAnswer,
  ResultNotice,
  recallProgress,
  SaidWords,
  sortRecalls,
} from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { Age, Countdown, Empty, Facts, Loaded, State, Time } from '../../ui/index.ts';
import { AnswerRecall } from './answer-recall.tsx';
import { Holders } from './holders.tsx';

type Recall = Schemas['Recall'];

/** Recalls of both directions: what this office owes first. */
export function Recalls(): JSX.Element {
  const recalls = useResource<{ readonly items: readonly Recall[] }>('/v1/recalls', ['control']);
  return (
    <>
      <p class="muted">{t('control.recallsAbout')}</p>
      <Loaded resource={recalls}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('control.recallsEmpty')}</Empty>
          ) : (
            <BoardList label={t('control.recallsList')}>
              {sortRecalls(items).map((recall) => (
                <RecallEntry key={`${recall.origin}/${recall.id}`} recall={recall} reload={recalls.reload} />
              ))}
            </BoardList>
          )
        }
      </Loaded>
    </>
  );
}

function RecallEntry({
  recall,
  reload,
}: {
  readonly recall: Recall;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const isOwed = owesRecallAnswer(recall);
  const [isDone, setIsDone] = useState(false);
  const isOurs = recall.direction === 'outbound';
  const { answered, of } = recallProgress(recall);
  return (
    <BoardEntry
      title={t(isOurs ? 'control.recall.ours' : 'control.recall.theirs', { office: recall.origin })}
      end={recall.state === 'answered' ? <Age at={recall.createdAt} /> : <Countdown until={recall.answerBy} />}
      summary={
        <>
          <Headline item={recall.about} />
          <div class="row">
            {isOwed ? (
              <State shape="arrowIn" tone="warn">
                {t('control.owed')}
              </State>
            ) : (
              <RecallState recall={recall} />
            )}
            <span class="small muted">
              {code('RecallAction', recall.action)} · {code('RecallGround', recall.ground)}
              {isOurs ? <> · {t('control.recall.progress', { answered, of })}</> : null}
            </span>
          </div>
        </>
      }
    >
      <Facts
        entries={[
          [t('held.fact.message'), <MessageLink key="message" origin={recall.message.origin} id={recall.message.id} />],
          [t('control.recall.action'), code('RecallAction', recall.action)],
          [t('control.ground'), code('RecallGround', recall.ground)],
          [t('control.recall.at'), <Time key="at" at={recall.createdAt} />],
          [t('control.recall.answerBy'), <Time key="by" at={recall.answerBy} />],
        ]}
      />
      <SaidWords origin={recall.origin} id={recall.id} body="recall" />
      <Holders recall={recall} />
      {isDone ? <ResultNotice title={t('boards.sent')} /> : null}
      {isOwed && may('answer-recall') ? (
        <AnswerRecall
          recall={recall}
          onDone={() => {
            setIsDone(true);
            void reload();
          }}
        />
      ) : null}
      {isOwed && !may('answer-recall') ? <p>{t('control.recall.whoAnswers')}</p> : null}
    </BoardEntry>
  );
}

function RecallState({ recall: { state } }: { readonly recall: Recall }): JSX.Element {
  if (state === 'answered')
    return (
      <State shape="check" tone="good">
        {t('control.recall.state.answered')}
      </State>
    );
  return (
    <State shape="clock" tone={state === 'overdue' ? 'danger' : 'plain'}>
      {t(`control.recall.state.${state}`)}
    </State>
  );
}
