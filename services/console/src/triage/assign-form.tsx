import type { JSX } from 'preact';
import type { Schemas } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Select } from '../ui/index.ts';
import type { StepFields } from './use-triage.ts';

const CAN_WORK: ReadonlySet<string> = new Set(['officer', 'supervisor']);

/** Gives the message to oneself, to a named officer, or to nobody. */
export function AssignForm({
  assignee,
  me,
  officers,
  busy,
  take,
}: {
  readonly assignee: string | null;
  readonly me: string;
  readonly officers: readonly Schemas['Officer'][];
  readonly busy: boolean;
  readonly take: (fields: StepFields) => Promise<boolean>;
}): JSX.Element {
  const assign = (name: string) => void take({ action: 'TRIAGE_ACTION_ASSIGN', assignee: name });
  const others = officers.filter(({ name, role }) => CAN_WORK.has(role) || name === assignee);
  return (
    <div class="triage-form">
      {assignee === me ? null : (
        <Button busy={busy} onClick={() => assign(me)}>
          {t('triage.take')}
        </Button>
      )}
      <Select
        label={t('triage.assignee')}
        value={assignee ?? ''}
        options={[
          { value: '', label: t('triage.nobodyChoice') },
          ...(assignee === null || others.some(({ name }) => name === assignee)
            ? []
            : [{ value: assignee, label: assignee }]),
          ...others.map(({ name, displayName }) => ({
            value: name,
            label: displayName === null || displayName === name ? name : `${displayName} (${name})`,
          })),
        ]}
        onValue={assign}
      />
    </div>
  );
}
