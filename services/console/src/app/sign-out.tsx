import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Problem, send, session, stopFollowing } from '../api/index.ts';
import { countDrafts, dropAllDrafts } from '../drafts/index.ts';
import { t } from '../i18n/index.ts';
import { Button, Dialog, ProblemNotice } from '../ui/index.ts';
import { beginAnew, leave as leaveBy } from './leave.ts';
import { tellTabs } from './tabs.ts';

/** Signs the person out; where drafts of theirs are on this device, it asks first whether they are to stay there. */
export function SignOut(): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [drafts, setDrafts] = useState(0);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const { office, officer } = session();
  const owner = { office, officer: officer.name };
  const leave = async (drop: boolean): Promise<void> => {
    setBusy(true);
    const refused = await leaveBy(
      () => send('/v1/session/end'),
      async () => {
        stopFollowing();
        tellTabs({ kind: 'out', officer: officer.name, drop });
        if (drop) await dropAllDrafts(owner);
        beginAnew();
      },
    );
    if (refused === undefined) return;
    setBusy(false);
    setDrafts(0);
    setProblem(refused);
  };
  const ask = async (): Promise<void> => {
    setBusy(true);
    const count = await countDrafts(owner);
    setBusy(false);
    if (count === 0) await leave(false);
    else setDrafts(count);
  };
  return (
    <>
      <Button look="plain" busy={busy} onClick={() => void ask()}>
        {t('signIn.out')}
      </Button>
      {problem === undefined ? null : (
        <Dialog title={t('signIn.out')} onClose={() => setProblem(undefined)}>
          <ProblemNotice problem={problem} />
          <Button onClick={() => setProblem(undefined)}>{t('action.close')}</Button>
        </Dialog>
      )}
      {drafts === 0 ? null : (
        <Dialog title={t('signOut.drafts', { count: drafts })} onClose={() => setDrafts(0)}>
          <p>{t('signOut.draftsAbout')}</p>
          <div class="row">
            <Button look="danger" busy={busy} onClick={() => void leave(true)}>
              {t('signOut.delete')}
            </Button>
            <Button busy={busy} onClick={() => void leave(false)}>
              {t('signOut.keep')}
            </Button>
            <Button look="plain" onClick={() => setDrafts(0)}>
              {t('action.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
