import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { code, codesOf, t } from '../i18n/index.ts';
import { Button, Select } from '../ui/index.ts';
import type { StepFields } from './use-triage.ts';

/** Closes the message with what came of it, or opens it again. */
export function CloseForm({
  isClosed,
  busy,
  take,
}: {
  readonly isClosed: boolean;
  readonly busy: boolean;
  readonly take: (fields: StepFields) => Promise<boolean>;
}): JSX.Element {
  const outcome = useSignal('');
  const wanted = useSignal(false);
  if (isClosed)
    return (
      <div class="triage-form">
        <Button busy={busy} onClick={() => void take({ action: 'TRIAGE_ACTION_REOPEN' })}>
          {t('triage.reopen')}
        </Button>
      </div>
    );
  const close = () => {
    wanted.value = outcome.value === '';
    if (!wanted.value) void take({ action: 'TRIAGE_ACTION_CLOSE', outcome: outcome.value });
  };
  return (
    <div class="triage-form">
      <Select
        label={t('triage.outcome')}
        value={outcome.value}
        error={wanted.value ? t('triage.outcomeMissing') : undefined}
        options={[
          { value: '', label: t('triage.outcomeChoose') },
          ...codesOf('TriageOutcome').map((value) => ({ value, label: code('TriageOutcome', value) })),
        ]}
        onValue={(value) => {
          outcome.value = value;
          wanted.value = false;
        }}
      />
      <Button busy={busy} onClick={close}>
        {t('triage.close')}
      </Button>
    </div>
  );
}
