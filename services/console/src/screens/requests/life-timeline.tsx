import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { messagePath, requestTimeline, SaidWords, type TimelineStep } from '../../boards/index.ts';
import { code, t } from '../../i18n/index.ts';
import { PeerText, State, Time } from '../../ui/index.ts';
import { Results } from './answers.tsx';

type Detail = Schemas['RequestDetail'];
type Fact = Schemas['RequestFact'];

/** The life of a request by signed times, which reads the same at both offices once everything has arrived. */
export function LifeTimeline({
  request,
  life,
}: {
  readonly request: Detail;
  readonly life: Detail['lives'][number];
}): JSX.Element {
  return (
    <div class="stack-tight">
      <p class="small muted">{t('requests.timelineAbout')}</p>
      <ol class="board-timeline">
        {requestTimeline<Fact>(request.createdAt, life).map((step) => (
          <li key={`${step.what}/${step.fact?.id ?? ''}`} class={step.fact?.standing ?? ''}>
            <div class="row">
              <Time at={step.at} withLocal />
              <strong>{wordsOf(step)}</strong>
              {step.office === null ? null : <span class="muted">{step.office}</span>}
              {step.fact === undefined || step.fact.standing === 'counted' ? null : (
                <State shape="clock" tone="warn">
                  {t(`requests.standing.${step.fact.standing}`)}
                </State>
              )}
            </div>
            {step.fact === undefined ? null : <FactDetail fact={step.fact} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

function wordsOf({ what, fact }: TimelineStep<Fact>): string {
  if (fact === undefined) return t(`requests.event.${what as 'asked'}`);
  return fact.what === 'answer' ? t('requests.event.answer') : code('RequestAction', fact.action ?? '');
}

function FactDetail({ fact }: { readonly fact: Fact }): JSX.Element {
  return (
    <>
      {fact.ground === null || fact.ground === undefined ? null : <p>{code('RefusalGround', fact.ground)}</p>}
      {fact.assignee === null || fact.assignee === undefined ? null : (
        <p>
          {t('requests.assignee')} <PeerText text={fact.assignee} />
        </p>
      )}
      {fact.results === undefined ? null : <Results results={fact.results} />}
      {fact.what === 'step' && WITH_WORDS.has(fact.action ?? '') ? (
        <SaidWords origin={fact.origin} id={fact.id} body="requestStep" />
      ) : null}
      <p class="small no-print">
        <Link to={messagePath(fact.origin, fact.id)}>{t('requests.asMessage')}</Link>
      </p>
    </>
  );
}

const WITH_WORDS = new Set([
  'REQUEST_ACTION_ASK_CLARIFICATION',
  'REQUEST_ACTION_CLARIFY',
  'REQUEST_ACTION_REFUSE',
  'REQUEST_ACTION_WITHDRAW',
]);
