import type { JSX } from 'preact';
import { session } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import type { JsonObject } from '../../forms/index.ts';
import { t } from '../../i18n/index.ts';
import { ContentView } from '../../messages/index.ts';
import { Notice } from '../../ui/index.ts';
import type { Template } from './templates.ts';

/** Which message a draft changes or answers, and what was asked. */
export function AboutMessage({
  template,
  value,
  asked,
}: {
  readonly template: Template;
  readonly value: JsonObject;
  readonly asked?: Readonly<Record<string, unknown>>;
}): JSX.Element | null {
  const { supersedes, request, origin } = value;
  if (template.kind === 'AnswerSubmission' && typeof request === 'string' && typeof origin === 'string')
    return (
      <>
        <p>
          <Link to={`/requests/${encodeURIComponent(origin)}/${encodeURIComponent(request)}`}>
            {t('compose.answers', { office: origin })}
          </Link>
        </p>
        {asked === undefined ? null : (
          <details class="details" open>
            <summary>{t('compose.asked')}</summary>
            <ContentView content={asked as never} />
          </details>
        )}
      </>
    );
  if (typeof supersedes !== 'string') return null;
  return (
    <Notice title={t('compose.changes')}>
      <p>
        {t('compose.sameAudience')}{' '}
        <Link to={`/messages/${encodeURIComponent(session().office)}/${encodeURIComponent(supersedes)}`}>
          {t('compose.earlier')}
        </Link>
      </p>
    </Notice>
  );
}
