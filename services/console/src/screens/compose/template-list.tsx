import type { JSX } from 'preact';
import { may } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { t } from '../../i18n/index.ts';
import { Drill, Page, State } from '../../ui/index.ts';
import { DraftList } from './draft-list.tsx';
import { KINDS } from './kinds.ts';
import { TEMPLATES } from './templates.ts';

/** Which kinds of message there are, with one sentence each, and what was begun before. */
export function TemplateList(): JSX.Element {
  const shown = TEMPLATES.filter(
    ({ kind, aboutMessage, preset }) =>
      aboutMessage === undefined &&
      may(KINDS[kind].action) &&
      (preset['emergency'] === undefined || may('break-glass')),
  );
  return (
    <Page title={t('nav.compose')}>
      <DraftList />
      <section aria-labelledby="compose-templates">
        <h2 id="compose-templates">{t('compose.templates')}</h2>
        <ul class="compose-templates">
          {shown.map(({ id, title, about, preset }) => (
            <li key={id} class={preset['drill'] === true ? 'drill' : undefined}>
              <Link to={`/compose/${id}`} aria-describedby={`compose-${id}`}>
                <strong>{t(title)}</strong>
              </Link>
              <span id={`compose-${id}`}>{t(about)}</span>
              {preset['drill'] === true ? <Drill /> : null}
              {preset['emergency'] === undefined ? null : (
                <State shape="diamond" tone="danger">
                  {t('compose.emergency')}
                </State>
              )}
            </li>
          ))}
        </ul>
      </section>
      <p class="small muted">{t('compose.others')}</p>
    </Page>
  );
}
