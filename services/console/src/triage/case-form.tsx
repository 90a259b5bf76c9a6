import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { Button, TextField } from '../ui/index.ts';
import type { StepFields } from './use-triage.ts';

/** This office's own reference for the message. */
export function CaseForm({
  caseReference,
  busy,
  take,
}: {
  readonly caseReference: string;
  readonly busy: boolean;
  readonly take: (fields: StepFields) => Promise<boolean>;
}): JSX.Element {
  const text = useSignal(caseReference);
  const save = () => {
    if (text.value.trim() !== caseReference)
      void take({ action: 'TRIAGE_ACTION_CASE', caseReference: text.value.trim() });
  };
  return (
    <div class="triage-form">
      <TextField
        label={t('triage.caseReference')}
        value={text.value}
        maxLength={60}
        onValue={(value) => {
          text.value = value;
        }}
        onEnter={save}
      />
      <Button busy={busy} disabled={text.value.trim() === caseReference} onClick={save}>
        {t('triage.caseSave')}
      </Button>
    </div>
  );
}
