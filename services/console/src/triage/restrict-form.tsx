import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type Schemas, session, useResource } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Check, Group } from '../ui/index.ts';
import type { StepFields } from './use-triage.ts';

/** Keeps the message to officers of some agencies of this office, or ends that; a supervisor's. */
export function RestrictForm({
  restrictedTo,
  busy,
  take,
}: {
  readonly restrictedTo: readonly string[];
  readonly busy: boolean;
  readonly take: (fields: StepFields) => Promise<boolean>;
}): JSX.Element | null {
  const isSupervisor = session().officer.role === 'supervisor';
  const agencies = useResource<{ readonly items: readonly Schemas['Agency'][] }>(isSupervisor ? '/v1/agencies' : null);
  const chosen = useSignal<readonly string[] | undefined>(undefined);
  const known = agencies.value?.items ?? [];
  if (!isSupervisor || known.length === 0) return null;
  const now = chosen.value ?? restrictedTo;
  const isSame = [...now].sort().join(' ') === [...restrictedTo].sort().join(' ');
  const restrict = async () => {
    if (await take({ action: 'TRIAGE_ACTION_RESTRICT', agencies: now })) chosen.value = undefined;
  };
  return (
    <details class="details triage-form wide">
      <summary>{t('triage.restrict')}</summary>
      <Group label={t('triage.restrictAgencies')} hint={t('triage.restrictHint')}>
        {known.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={now.includes(id)}
            onChecked={(checked) => {
              chosen.value = checked ? [...now, id] : now.filter((one) => one !== id);
            }}
          />
        ))}
      </Group>
      <Button busy={busy} disabled={isSame} onClick={() => void restrict()}>
        {now.length === 0 ? t('triage.unrestrict') : t('triage.restrictSave')}
      </Button>
    </details>
  );
}
