import type { JSX } from 'preact';
import { may, type Schemas } from '../../api/index.ts';
import { possibleSteps } from '../../boards/index.ts';
import { dateTime, span, t } from '../../i18n/index.ts';
import { Countdown, Facts, Notice, Panel, PeerText, Time } from '../../ui/index.ts';
import { Results } from './answers.tsx';
import { LifeState } from './life-state.tsx';
import { StepForms } from './step-forms.tsx';

type Detail = Schemas['RequestDetail'];

/** How a request stands with one office: its state, its time limit, and what can be done now. */
export function LifePanel({
  request,
  life,
  reload,
}: {
  readonly request: Detail;
  readonly life: Detail['lives'][number];
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const { side } = request;
  const office = side === 'asking' ? life.asked : life.asking;
  const steps = possibleSteps(life, side, { takeSteps: may('take-steps'), submit: may('submit') });
  return (
    <Panel title={t(`requests.title.${side}`, { office })}>
      <div class="stack">
        <div class="row">
          <LifeState life={life} />
          {life.open ? <Countdown until={life.answerBy} /> : null}
        </div>
        {life.state === 'clarification-asked' ? (
          <Notice tone="accent" title={t(`requests.clarification.${side}`)}>
            <p>{t('requests.clockGoesOn')}</p>
          </Notice>
        ) : null}
        <Facts
          entries={[
            [t('requests.fact.answerBy'), <Time key="by" at={life.answerBy} />],
            [
              t('requests.fact.assignee'),
              life.assignee === null ? undefined : <PeerText key="who" text={life.assignee} />,
            ],
            [t('requests.fact.took'), tookText(request, life)],
            [t('requests.fact.late'), life.lateAnswers === 0 ? undefined : t('requests.late', { n: life.lateAnswers })],
          ]}
        />
        {life.results.length === 0 ? null : <Results results={life.results} />}
        <StepForms request={request} life={life} steps={steps} reload={reload} />
      </div>
    </Panel>
  );
}

/** The figures of this one request, as the neighbour computes them too. */
function tookText(request: Detail, life: Detail['lives'][number]): string | undefined {
  const since = (at: string): string => span(Date.parse(at) - Date.parse(request.createdAt));
  const parts = [
    life.acknowledgedAt === null ? undefined : t('requests.took.acknowledged', { span: since(life.acknowledgedAt) }),
    life.answeredAt === null ? undefined : t('requests.took.answered', { span: since(life.answeredAt) }),
    life.remindedAt === null ? undefined : t('requests.took.reminded', { at: dateTime(life.remindedAt) }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}
