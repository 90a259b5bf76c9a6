import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { session } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { code, listed, t } from '../../i18n/index.ts';
import { Notice, Page, Panel } from '../../ui/index.ts';
import { OutcomeState } from './preview-panel.tsx';
import type { Template } from './templates.ts';

/** What the office answered to something that was sent. */
export interface SentAnswer {
  readonly id: string;
  readonly origin?: string;
  readonly repeated?: boolean;
  readonly emergency?: boolean;
  readonly recipients?: readonly {
    readonly office: string;
    readonly outcome: string;
    readonly withheld: readonly string[];
  }[];
  readonly region?: { readonly outcome: string };
}

function addressOf({ kind }: Template, { id, origin = session().office }: SentAnswer): string {
  if (kind === 'SearchSubmission' || kind === 'LookoutSubmission') return '/hits';
  if (kind === 'BulletinSubmission') return '/bulletins';
  return `/${kind === 'RequestSubmission' ? 'requests' : 'messages'}/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`;
}

/** What became of it for each recipient, and where to look further. */
export function SentResult({
  template,
  answer,
  downTo,
}: {
  readonly template: Template;
  readonly answer: SentAnswer;
  /** Neighbours whose line is down now. */
  readonly downTo: readonly string[];
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const recipients = answer.recipients ?? [];
  return (
    <Page title={t(template.title)}>
      <div ref={place} tabIndex={-1} class="stack">
        <Notice tone="good" title={t(template.kind === 'LookoutSubmission' ? 'compose.lookoutKept' : 'compose.sent')}>
          {answer.repeated === true ? <p>{t('compose.repeated')}</p> : null}
          {answer.emergency === true ? <p>{t('compose.emergencySent')}</p> : null}
        </Notice>
        {recipients.length === 0 && answer.region === undefined ? null : (
          <Panel title={t('compose.perRecipient')}>
            <ul class="compose-results">
              {recipients.map(({ office, outcome, withheld }) => (
                <li key={office}>
                  <span class="mono">{office}</span> <OutcomeState outcome={outcome} isEmergency={false} />
                  {outcome === 'released' && downTo.includes(office) ? <span> {t('compose.waitsForLine')}</span> : null}
                  {withheld.length === 0 ? null : (
                    <p class="small">
                      {t('compose.withheldList', {
                        categories: listed(withheld.map((category) => code('DataCategory', category))),
                      })}
                    </p>
                  )}
                </li>
              ))}
              {answer.region === undefined ? null : (
                <li>
                  {t('compose.region')} <OutcomeState outcome={answer.region.outcome} isEmergency={false} />
                </li>
              )}
            </ul>
          </Panel>
        )}
        <div class="row">
          <Link class="button primary" to={addressOf(template, answer)}>
            {t('compose.open')}
          </Link>
          {recipients.some(({ outcome }) => outcome === 'held') ? (
            <Link class="button" to="/held">
              {t('nav.held')}
            </Link>
          ) : null}
          <Link class="button" to="/compose">
            {t('compose.another')}
          </Link>
        </div>
      </div>
    </Page>
  );
}
