import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { CodeSelect, spoken, TextWithLanguage } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { ControlForm, errorOf } from './control-form.tsx';

const DONE = 'RECALL_OUTCOME_DONE';
const REFUSED = 'RECALL_OUTCOME_REFUSED';

/** What this office did about a recall of another: once, signed, and with a deletion erased here in the same step. */
export function AnswerRecall({
  recall,
  onDone,
}: {
  readonly recall: Schemas['Recall'];
  readonly onDone: () => void;
}): JSX.Element {
  const action = useAction();
  const [outcome, setOutcome] = useState('');
  const [ground, setGround] = useState('');
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  const needsGround = outcome !== '' && outcome !== DONE;
  const erases = recall.action === 'RECALL_ACTION_DELETE' && outcome !== '' && outcome !== REFUSED;
  return (
    <ControlForm
      label={t('control.answerRecall')}
      action={action}
      isComplete={outcome !== '' && (!needsGround || ground !== '')}
      onTried={() => setIsTried(true)}
      look={erases ? 'danger' : 'primary'}
      submit={t('control.submit.answer')}
      onDone={onDone}
      work={async () => {
        await send(`/v1/recalls/${encodeURIComponent(recall.id)}/answer`, {
          query: { origin: recall.origin },
          body: { outcome, ...(needsGround ? { ground } : {}), ...spoken(words) },
        });
      }}
    >
      <CodeSelect
        list="RecallOutcome"
        label={t('control.recall.outcome')}
        value={outcome}
        onValue={setOutcome}
        error={errorOf(action, 'outcome', isTried && outcome === '')}
      />
      {needsGround ? (
        <CodeSelect
          list="RetentionGround"
          label={t('control.recall.retention')}
          hint={t('control.recall.retentionHint')}
          value={ground}
          onValue={setGround}
          error={errorOf(action, 'ground', isTried && ground === '')}
        />
      ) : null}
      {erases ? <p>{t('control.recall.erases')}</p> : null}
      <TextWithLanguage label={t('control.words')} value={words} onValue={setWords} />
    </ControlForm>
  );
}
