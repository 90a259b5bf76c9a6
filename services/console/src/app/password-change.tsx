import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { send, session, useAction } from '../api/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Notice, Panel, ProblemNotice, TextField } from '../ui/index.ts';
import { enter } from './sign-in.tsx';

/** Changes the password of who is signed in; every other session of theirs ends with it. */
export function PasswordChange(): JSX.Element {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [done, setDone] = useState(false);
  const action = useAction();
  const differs = repeated !== '' && repeated !== next;
  const change = async (): Promise<void> => {
    if (next !== repeated) return;
    const changed = await action.run(async () => {
      await send('/v1/session/password', { body: { current, next } });
      await enter();
    });
    setDone(changed);
    if (!changed) return;
    setCurrent('');
    setNext('');
    setRepeated('');
  };
  return (
    <Panel title={t('password.change')}>
      <form
        class="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <input
          class="visually-hidden"
          type="text"
          autocomplete="username"
          value={session().officer.name}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <TextField
          label={t('password.current')}
          type="password"
          autocomplete="current-password"
          value={current}
          onValue={setCurrent}
          required
        />
        <TextField
          label={t('password.next')}
          hint={t('password.hint')}
          type="password"
          autocomplete="new-password"
          value={next}
          onValue={setNext}
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
        {done ? <Notice tone="good" title={t('password.changed')} /> : null}
        <div>
          <Button type="submit" look="primary" busy={action.busy}>
            {t('password.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
