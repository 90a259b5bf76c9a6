import type { JSX } from 'preact';
import { exactTime, t } from '../i18n/index.ts';
import { ReasonText } from './reason-text.tsx';
import { type Sentence, type TimelineStep, timelineSentence } from './timeline-sentences.ts';

/** Who signed a message, and over which bytes. */
export interface Signed {
  readonly id: string;
  readonly origin: string;
  readonly createdAt: string;
  /** SHA-256 of the signed envelope. */
  readonly envelopeDigest: string;
}

/** The custody of a message in full sentences with exact times, in the order in which this office had it on record. */
export function TimelineView({
  signed,
  steps,
  direction,
}: {
  readonly signed: Signed;
  readonly steps: readonly TimelineStep[];
  readonly direction: 'outbound' | 'inbound';
}): JSX.Element {
  const first: Sentence = {
    at: signed.createdAt,
    key: 'timeline.signed',
    values: { office: signed.origin, id: signed.id },
  };
  return (
    <ol class="timeline">
      <li>
        <p>{spoken(first)}</p>
        <p class="small muted">
          {t('timeline.digest')} <span class="mono">{signed.envelopeDigest}</span>
        </p>
      </li>
      {steps.map((step, index) => (
        <Step key={`${step.recordedAt} ${index}`} sentence={timelineSentence(step, direction)} />
      ))}
    </ol>
  );
}

function Step({ sentence }: { readonly sentence: Sentence }): JSX.Element {
  return (
    <li>
      <p>
        {spoken(sentence)}
        {sentence.reason === undefined ? null : (
          <>
            {' '}
            {t('timeline.reason')} <ReasonText reason={sentence.reason} />
          </>
        )}
      </p>
      {sentence.recordedAt === undefined ? null : (
        <p class="small muted">{t('timeline.recorded', { at: exactTime(sentence.recordedAt) })}</p>
      )}
    </li>
  );
}

/** The words of a sentence with its time to the second and with its zone. */
export function spoken({ key, values, at }: Sentence): string {
  return t(key, { ...values, at: exactTime(at) });
}
