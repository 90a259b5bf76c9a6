import type { JSX } from 'preact';
import type { Schemas } from '../api/index.ts';
import { code, exactTime, t } from '../i18n/index.ts';
import { OriginalText } from '../messages/index.ts';
import { triageSentence } from './triage-sentences.ts';

/** What the officers of this office did with a message, in order, with the words of their notes. */
export function TriageHistory({ steps }: { readonly steps: readonly Schemas['TriageStep'][] }): JSX.Element {
  if (steps.length === 0) return <p class="muted">{t('triage.nothingYet')}</p>;
  return (
    <ol class="triage-history">
      {steps.map((step) => (
        <li key={step.step}>
          <p>
            {sentenceOf(step)} <span class="small muted">{exactTime(step.at)}</span>
          </p>
          {step.note === undefined ? null : step.note.state === 'present' ? (
            <OriginalText text={step.note.text ?? ''} language={step.note.language} />
          ) : (
            <p class="small muted">{t(`triage.note.${step.note.state}`)}</p>
          )}
        </li>
      ))}
    </ol>
  );
}

function sentenceOf(step: Schemas['TriageStep']): string {
  const { key, values, outcome } = triageSentence(step);
  return t(key, { ...values, outcome: outcome === undefined ? '' : code('TriageOutcome', outcome) });
}
