import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Check, Group, ProblemNotice, Select, TextField } from '../../ui/index.ts';

const ROLES = ['officer', 'supervisor', 'oversight', 'auditor', 'operator'] as const;

/** What a person is to the office: for a new account, or for one that changes. */
export function AccountForm({
  account,
  agencies,
  onDone,
  onCancel,
}: {
  readonly account?: Schemas['Account'];
  readonly agencies: readonly Schemas['Agency'][];
  /** With the password for the first sign-in, of a new account. */
  readonly onDone: (password: Schemas['OneTimePassword'] | undefined) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const [name, setName] = useState(account?.name ?? '');
  const [displayName, setDisplayName] = useState(account?.displayName ?? '');
  const [role, setRole] = useState<string>(account?.role ?? 'officer');
  const [chosen, setChosen] = useState<readonly string[]>(account?.agencies ?? []);
  const [subject, setSubject] = useState(account?.oidcSubject ?? '');
  const action = useAction();
  const faultOf = (field: string): string | undefined =>
    action.problem?.faults.some((fault) => fault.field === field) === true ? t('people.notTaken') : undefined;
  const submit = (): Promise<boolean> =>
    action.run(async () => {
      const body = { role, agencies: chosen, displayName: displayName.trim(), oidcSubject: subject.trim() };
      if (account === undefined)
        onDone(await send<Schemas['OneTimePassword']>('/v1/officers', { body: { ...body, name: name.trim() } }));
      else {
        await send(`/v1/officers/${encodeURIComponent(account.name)}/change`, { body });
        onDone(undefined);
      }
    });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {account === undefined ? (
        <TextField
          label={t('people.name')}
          hint={t('firstRun.nameHint')}
          value={name}
          onValue={setName}
          error={faultOf('name')}
          maxLength={64}
          required
        />
      ) : null}
      <TextField
        label={t('people.displayName')}
        hint={t('people.displayNameHint')}
        value={displayName}
        onValue={setDisplayName}
        error={faultOf('displayName')}
        maxLength={80}
      />
      <Select
        label={t('settings.role')}
        hint={t(`people.roleAbout.${ROLES.find((one) => one === role) ?? 'officer'}`)}
        value={role}
        options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        onValue={setRole}
      />
      <Group label={t('settings.agencies')} hint={t('people.agenciesAbout')}>
        {agencies.map((agency) => (
          <Check
            key={agency.id}
            label={agency.name}
            checked={chosen.includes(agency.id)}
            onChecked={(on) => setChosen(on ? [...chosen, agency.id] : chosen.filter((id) => id !== agency.id))}
          />
        ))}
      </Group>
      <TextField
        label={t('people.subject')}
        hint={t('people.subjectHint')}
        value={subject}
        onValue={setSubject}
        error={faultOf('oidcSubject')}
        maxLength={255}
      />
      <ProblemNotice problem={action.problem} />
      <div class="row">
        <Button type="submit" look="primary" busy={action.busy}>
          {t('action.save')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
