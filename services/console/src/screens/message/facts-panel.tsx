import type { JSX } from 'preact';
import { Link } from '../../app/router.tsx';
import { dateTime, t } from '../../i18n/index.ts';
import { messageAddress } from '../../message-list/index.ts';
import { LimitsView } from '../../messages/index.ts';
import { Facts, Panel, PeerText, scriptLanguage, Time } from '../../ui/index.ts';
import type { Message } from './message-types.ts';

/** Whose message it is, since when it is here, and what may be done with it. */
export function FactsPanel({
  message,
  article,
}: {
  readonly message: Message;
  /** The article under which it crossed, in plain words. */
  readonly article: string | undefined;
}): JSX.Element {
  const { content, versions = [] } = message;
  const inbound = message.direction === 'inbound' ? message : undefined;
  return (
    <Panel title={t('message.about')}>
      <div class="stack">
        <Facts
          entries={[
            [t('message.origin'), message.origin],
            [t('message.from'), inbound === undefined || inbound.from === message.origin ? undefined : inbound.from],
            [t('message.officer'), content === null ? undefined : <PeerText key="officer" text={content.officer} />],
            [
              t('message.theirCase'),
              content?.caseReference === undefined ? undefined : <PeerText key="case" text={content.caseReference} />,
            ],
            [t('message.createdAt'), <Time key="created" at={message.createdAt} withLocal />],
            [
              t('message.receivedAt'),
              inbound === undefined ? undefined : <Time key="received" at={inbound.receivedAt} withLocal />,
            ],
            [t('message.submittedBy'), message.direction === 'outbound' ? message.submittedBy : undefined],
            [
              t('message.inReplyTo'),
              content?.inReplyTo === undefined ? undefined : <span class="mono small">{content.inReplyTo}</span>,
            ],
            [t('message.versions'), versions.length < 2 ? undefined : <Versions message={message} />],
            [
              t('message.id'),
              <span key="id" class="mono small">
                {message.id}
              </span>,
            ],
          ]}
        />
        <section aria-label={t('limits.title')}>
          <h3>{t('limits.title')}</h3>
          <LimitsView
            message={{
              origin: message.origin,
              expiresAt: message.expiresAt,
              keptUntil: message.keptUntil,
              handling: content?.handling,
              purpose: content?.purpose,
              agreement: inbound?.agreement,
              onward: message.onward,
              from: inbound?.from,
            }}
            caveat={content?.caveat}
          />
          {article === undefined ? null : (
            <blockquote class="message-article small">
              <PeerText text={article} lang={scriptLanguage(article)} block />
            </blockquote>
          )}
        </section>
      </div>
    </Panel>
  );
}

/** Every version that is here, the oldest first, each by when it was signed. */
function Versions({ message }: { readonly message: Message }): JSX.Element {
  return (
    <ol class="message-versions">
      {(message.versions ?? []).map(({ id, createdAt }) => (
        <li key={id}>
          {id === message.id ? (
            <strong>{t('message.thisVersion', { at: dateTime(createdAt) })}</strong>
          ) : (
            <Link to={messageAddress({ origin: message.origin, id })}>{dateTime(createdAt)}</Link>
          )}
        </li>
      ))}
    </ol>
  );
}
