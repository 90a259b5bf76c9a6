import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, useResource } from '../../api/index.ts';
import {
  BoardEntry,
  BoardList,
  categoryWords,
  Headline,
  MessageLink,
  owesAnswer,
  ResultNotice,
  SaidWords,
  sortAsked,
} from '../../boards/index.ts';
import { code, dateTime, t } from '../../i18n/index.ts';
import { Age, Countdown, Empty, Facts, Loaded, Time } from '../../ui/index.ts';
import { AnswerConsent } from './answer-consent.tsx';
import { AskedState } from './asked-state.tsx';

type Consent = Schemas['Consent'];

/** Requests for consent to pass a message on, asked here and asked of this office. */
export function Consents(): JSX.Element {
  const consents = useResource<{ readonly items: readonly Consent[] }>('/v1/consents', ['control']);
  return (
    <>
      <p class="muted">{t('control.consentsAbout')}</p>
      <Loaded resource={consents}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('control.consentsEmpty')}</Empty>
          ) : (
            <BoardList label={t('control.consentsList')}>
              {sortAsked(items, ({ until }) => until).map((consent) => (
                <ConsentEntry key={`${consent.holder}/${consent.id}`} consent={consent} reload={consents.reload} />
              ))}
            </BoardList>
          )
        }
      </Loaded>
    </>
  );
}

function ConsentEntry({
  consent,
  reload,
}: {
  readonly consent: Consent;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const [isDone, setIsDone] = useState(false);
  const isOwed = owesAnswer(consent);
  const isOurs = consent.side === 'asking';
  return (
    <BoardEntry
      title={
        isOurs
          ? t('control.consent.ours', { office: consent.originator, recipient: consent.recipient })
          : t('control.consent.theirs', { office: consent.holder, recipient: consent.recipient })
      }
      end={consent.state === 'asked' ? <Countdown until={consent.until} /> : <Age at={consent.askedAt} />}
      summary={
        <>
          <Headline item={consent.about} />
          <div class="row">
            <AskedState isOwed={isOwed} state={consent.state} />
            <span class="small muted">{code('Purpose', consent.purpose)}</span>
          </div>
        </>
      }
    >
      <Facts
        entries={[
          [
            t('held.fact.message'),
            <MessageLink key="message" origin={consent.message.origin} id={consent.message.id} />,
          ],
          [t('control.consent.recipient'), consent.recipient],
          [t('held.fact.purpose'), code('Purpose', consent.purpose)],
          [t('control.consent.until'), <Time key="until" at={consent.until} />],
          [t('control.consent.categories'), categoryWords(consent.categories)],
          [t('control.askedAt'), <Time key="asked" at={consent.askedAt} />],
        ]}
      />
      <SaidWords origin={consent.holder} id={consent.id} body="consentRequest" />
      {consent.answer === null ? null : <ConsentAnswer consent={consent} answer={consent.answer} />}
      {isDone ? <ResultNotice title={t('boards.sent')} /> : null}
      {isOwed && may('answer-originator') ? (
        <AnswerConsent
          consent={consent}
          onDone={() => {
            setIsDone(true);
            void reload();
          }}
        />
      ) : null}
      {isOwed && !may('answer-originator') ? <p>{t('control.supervisorAnswers')}</p> : null}
    </BoardEntry>
  );
}

function ConsentAnswer({
  consent,
  answer,
}: {
  readonly consent: Consent;
  readonly answer: NonNullable<Consent['answer']>;
}): JSX.Element {
  return (
    <div class="stack-tight">
      <h3>{t('control.answer')}</h3>
      <p>
        {t(answer.granted ? 'control.consent.granted' : 'control.consent.refused', {
          office: consent.originator,
          at: dateTime(answer.answeredAt),
        })}{' '}
        <MessageLink origin={consent.originator} id={answer.id} />
      </p>
      {answer.granted ? (
        <Facts
          entries={[
            [t('control.consent.categories'), categoryWords(answer.categories)],
            [t('control.consent.from'), answer.notBefore === undefined ? undefined : dateTime(answer.notBefore)],
            [t('control.consent.until'), answer.notAfter === undefined ? undefined : dateTime(answer.notAfter)],
          ]}
        />
      ) : (
        <p>{answer.ground === undefined ? '' : code('RefusalGround', answer.ground)}</p>
      )}
      <SaidWords origin={consent.originator} id={answer.id} body="consent" />
    </div>
  );
}
