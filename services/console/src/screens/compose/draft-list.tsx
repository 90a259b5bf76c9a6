import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Link } from '../../app/router.tsx';
import { type Draft, draftsOf, dropDraft, newestFirst } from '../../drafts/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, Drill, Panel, Time } from '../../ui/index.ts';
import { templateOf } from './templates.ts';
import { currentOwner } from './use-draft.ts';

/** What this officer began at this device and did not send. */
export function DraftList(): JSX.Element | null {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const owner = currentOwner();
  useEffect(() => {
    let isHere = true;
    void draftsOf(owner).then((found) => {
      if (isHere) setDrafts(newestFirst(found));
    });
    return () => {
      isHere = false;
    };
  }, [owner]);
  if (drafts.length === 0) return null;
  return (
    <Panel title={t('compose.drafts')}>
      <p class="small muted">{t('compose.draftsAbout')}</p>
      <ul class="work-list compose-drafts">
        {drafts.map((draft) => {
          const template = templateOf(draft.template);
          if (template === undefined) return null;
          const name = draft.title === '' ? t('compose.untitled') : draft.title;
          return (
            <li key={draft.id}>
              <Link to={`/compose/${template.id}?draft=${encodeURIComponent(draft.id)}`}>
                <strong>{name}</strong>{' '}
                <span class="small muted">
                  {t(template.title)} · <Time at={new Date(draft.savedMs).toISOString()} />
                </span>
              </Link>
              {draft.value['drill'] === true ? <Drill /> : null}
              <Button
                look="plain"
                aria-label={t('compose.deleteDraft', { name })}
                onClick={() => {
                  void dropDraft(draft.id);
                  setDrafts((before) => before.filter(({ id }) => id !== draft.id));
                }}
              >
                {t('compose.delete')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
