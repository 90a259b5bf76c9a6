import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { MessageLink } from '../../boards/index.ts';
import { code, listed, t } from '../../i18n/index.ts';
import { type Shape, State, Time, type Tone } from '../../ui/index.ts';

type Holder = Schemas['RecallHolder'];

const LOOKS: Readonly<Record<Holder['state'], { readonly shape: Shape; readonly tone: Tone }>> = {
  waiting: { shape: 'clock', tone: 'plain' },
  overdue: { shape: 'clock', tone: 'danger' },
  unreached: { shape: 'pause', tone: 'warn' },
  done: { shape: 'check', tone: 'good' },
  partly: { shape: 'circle', tone: 'warn' },
  refused: { shape: 'cross', tone: 'danger' },
};

/** Everybody who has or had the message, and what each of them said to its recall. */
export function Holders({ recall }: { readonly recall: Schemas['Recall'] }): JSX.Element {
  return (
    <ul class="stack-tight board-plain" aria-label={t('control.holders')}>
      {recall.holders.map((holder) => {
        const { shape, tone } = LOOKS[holder.state];
        return (
          <li key={`${holder.via}/${holder.office}`}>
            <div class="row">
              <strong>{holder.office}</strong>
              <State shape={shape} tone={tone}>
                {t(`control.holder.${holder.state}`)}
              </State>
              {holder.via === '' || holder.via === recall.origin || holder.via === holder.office ? null : (
                <span class="small muted">{t('control.holderVia', { office: holder.via })}</span>
              )}
              {holder.answer === null ? null : <Time at={holder.answer.at} />}
            </div>
            {holder.answer === null ? null : <Answered office={holder.office} answer={holder.answer} />}
          </li>
        );
      })}
    </ul>
  );
}

function Answered({
  office,
  answer,
}: {
  readonly office: string;
  readonly answer: NonNullable<Holder['answer']>;
}): JSX.Element {
  return (
    <p class="small">
      {code('RecallOutcome', answer.outcome)}
      {answer.ground === null ? null : <> · {code('RetentionGround', answer.ground)}</>}
      {' · '}
      <MessageLink origin={office} id={answer.messageId} />
      {answer.passedOn.length === 0 ? null : <> · {t('control.passedOn', { offices: listed(answer.passedOn) })}</>}
    </p>
  );
}
