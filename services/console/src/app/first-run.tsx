import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { send, useAction } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Notice, ProblemNotice, TextField } from '../ui/index.ts';
import { go } from './router.tsx';
import { enter } from './sign-in.tsx';

/** Leads an operator through the first sign-in of an office: proves that they hold the machine, and makes their account. */
export function FirstRun(): JSX.Element {
  const [code, setCode] = useState('');
  const [name, setName] = useState('operator');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const action = useAction();
  const differs = repeated !== '' && repeated !== password;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (repeated !== password) return;
        void action.run(async () => {
          await send('/v1/first-run', { body: { code: code.trim(), name: name.trim(), password } });
          await send('/v1/sign-in/password', { body: { name: name.trim(), password } });
          await enter();
          go('/people', { replace: true });
        });
      }}
    >
      <Notice title={t('firstRun.title')}>
        <p>{t('firstRun.about')}</p>
      </Notice>
      <TextField label={t('firstRun.code')} hint={t('firstRun.codeHint')} value={code} onValue={setCode} required />
      <TextField label={t('signIn.name')} hint={t('firstRun.nameHint')} value={name} onValue={setName} required />
      <TextField
        label={t('firstRun.password')}
        hint={t('password.hint')}
        type="password"
        autocomplete="new-password"
        value={password}
        onValue={setPassword}
        required
      />
      <TextField
        label={t('password.repeat')}
        type="password"
        autocomplete="new-password"
        value={repeated}
        onValue={setRepeated}
        error={differs ? t('password.differs') : undefined}
        required
      />
      <ProblemNotice problem={action.problem} />
      <Button type="submit" look="primary" busy={action.busy}>
        {t('firstRun.submit')}
      </Button>
    </form>
  );
}
