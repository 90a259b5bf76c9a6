import type { JSX } from 'preact';
import { Link } from '../../app/router.tsx';
import { dateTime, t } from '../../i18n/index.ts';
import { CopyState } from '../../message-list/index.ts';
import { ReasonText, WithheldParts } from '../../messages/index.ts';
import { Panel, RuleSentence } from '../../ui/index.ts';
import type { OwnMessage } from './message-types.ts';

/** Every office that a message of this office is for: how far its copy is, what it did not get, and why. */
export function RecipientsPanel({
  message,
  sentences,
}: {
  readonly message: OwnMessage;
  readonly sentences: ReadonlyMap<string, string>;
}): JSX.Element {
  return (
    <Panel title={t('message.recipients')}>
      <ul class="message-recipients">
        {message.recipients.map((copy) => (
          <li key={copy.office} class="stack-tight">
            <p>
              <strong>{copy.office}</strong> <CopyState state={copy.state} />
            </p>
            <WithheldParts withheld={copy.decision.withheldParts} sentences={sentences} />
            {copy.state === 'held' || copy.state === 'refused' ? (
              <Rules policies={copy.policies} sentences={sentences} reason={copy.reason} />
            ) : null}
            {copy.state === 'held' ? (
              <p>
                <Link to="/held">{t('nav.held')}</Link>
              </p>
            ) : null}
            {copy.hold === null ? null : (
              <p class="small">
                {t('message.holdEnded', {
                  by: copy.hold.by,
                  at: dateTime(copy.hold.at),
                  resolution: t(`message.hold.${copy.hold.resolution}`),
                })}
              </p>
            )}
            {copy.agreement === null ? null : (
              <p class="small muted">
                {t('limits.agreement', {
                  article: copy.agreement.article,
                  id: copy.agreement.id,
                  version: copy.agreement.version,
                })}
              </p>
            )}
          </li>
        ))}
        {(message.added ?? []).map((copy) => (
          <li key={`${copy.office} ${copy.decidedAt}`} class="stack-tight">
            <p>
              <strong>{copy.office}</strong> <CopyState state={copy.state} />{' '}
              <span class="muted">
                {t(`message.added.${copy.occasion}`, { by: copy.by, at: dateTime(copy.decidedAt) })}
              </span>
            </p>
            <p class="small">{copy.why}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Rules({
  policies,
  sentences,
  reason,
}: {
  readonly policies: readonly string[];
  readonly sentences: ReadonlyMap<string, string>;
  readonly reason: string | undefined;
}): JSX.Element {
  return (
    <ul class="limits small">
      {reason === undefined ? null : (
        <li>
          <ReasonText reason={reason} />
        </li>
      )}
      {policies.map((policy) => (
        <li key={policy}>
          <RuleSentence text={sentences.get(policy)} /> <span class="mono muted">{policy}</span>
        </li>
      ))}
    </ul>
  );
}
