import type { JSX } from 'preact';
import { Link } from '../../app/router.tsx';
import { code, dateTime, t } from '../../i18n/index.ts';
import { Drill, Notice } from '../../ui/index.ts';
import type { Message } from './message-types.ts';

/** What has to be known before a word of it is read: an exercise, called back, replaced, past a hold, no longer there. */
export function Banners({ message }: { readonly message: Message }): JSX.Element {
  const { recalled, supersededBy, supersedes, versions, erased, contentState } = message;
  const path = (id: string) => `/messages/${encodeURIComponent(message.origin)}/${encodeURIComponent(id)}`;
  return (
    <>
      {message.drill ? (
        <p class="message-drill">
          <Drill /> <strong>{t('drill.banner')}</strong>
        </p>
      ) : null}
      {recalled === undefined ? null : (
        <Notice tone="danger" title={t('message.recalled', { origin: message.origin, at: dateTime(recalled.at) })}>
          <p>
            {t(recalled.action === 'RECALL_ACTION_DELETE' ? 'message.recalledDelete' : 'message.recalledRestrict', {
              ground: code('RecallGround', recalled.ground),
            })}
          </p>
          <p>
            <Link to="/control">{t('nav.control')}</Link>
          </p>
        </Notice>
      )}
      {supersededBy === undefined ? null : (
        <Notice tone="warn" title={t('message.superseded')}>
          <p>
            <Link to={path(supersededBy)}>{t('message.newerVersion')}</Link>
          </p>
        </Notice>
      )}
      {supersedes === undefined ? null : (
        <Notice title={t('message.supersedes')}>
          <p>
            {versions?.some(({ id }) => id === supersedes) === true ? (
              <Link to={path(supersedes)}>{t('message.earlierVersion')}</Link>
            ) : (
              t('message.earlierVersionUnknown')
            )}
          </p>
        </Notice>
      )}
      {message.emergency === true ? <Notice tone="warn" title={t('message.emergency')} /> : null}
      {contentState === 'present' ? null : (
        <Notice tone="warn" title={t(`message.content.${contentState}`)}>
          {erased === undefined ? null : <p>{t('message.erased', { by: erased.by, at: dateTime(erased.at) })}</p>}
        </Notice>
      )}
    </>
  );
}
