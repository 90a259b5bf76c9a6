import { useSignal } from '@preact/signals';
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
  const chosen = useSignal<string | null>(null);
  const wanted = chosen.value ?? assignee ?? '';
  const assign = async (name: string) => {
    if (await take({ action: 'TRIAGE_ACTION_ASSIGN', assignee: name })) chosen.value = null;
  };
  const others = officers.filter(({ name, role }) => CAN_WORK.has(role) || name === assignee);
  return (
    <div class="triage-form">
      {assignee === me ? null : (
        <Button busy={busy} onClick={() => void assign(me)}>
          {t('triage.take')}
        </Button>
      )}
      <Select
        label={t('triage.assignee')}
        value={wanted}
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
        // Whoever goes down the names with the arrow keys gives it to none of them before they say so.
        onValue={(name) => {
          chosen.value = name;
        }}
      />
      <Button
        busy={busy}
        disabled={wanted === (assignee ?? '')}
        aria-label={`${t('action.save')}: ${t('triage.assignee')}`}
        onClick={() => void assign(wanted)}
      >
        {t('action.save')}
      </Button>
    </div>
  );
}
