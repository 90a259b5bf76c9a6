import type { JSX } from 'preact';
import type { Resource, Schemas } from '../../api/index.ts';
import { MessageLink } from '../../boards/index.ts';
import { code, dateTime, t } from '../../i18n/index.ts';
import { Drill, Loaded, PeerText } from '../../ui/index.ts';

/** Names the message that a form is about, so that nobody asks about the wrong one. */
export function NamedMessage({ resource }: { readonly resource: Resource<Schemas['Message']> }): JSX.Element {
  return (
    <Loaded resource={resource}>
      {(message) => (
        <p class="row">
          {message.drill ? <Drill /> : null}
          <span>
            {t('control.about', { kind: code('MessageKind', message.kind), at: dateTime(message.createdAt) })}
          </span>
          <MessageLink origin={message.origin} id={message.id} />
          <AlertHeadline message={message} />
        </p>
      )}
    </Loaded>
  );
}

function AlertHeadline({ message }: { readonly message: Schemas['Message'] }): JSX.Element | null {
  const { content } = message as { readonly content?: { readonly alert?: { readonly headline?: unknown } } | null };
  const headline = content?.alert?.headline;
  return typeof headline === 'string' && headline !== '' ? <PeerText text={headline} /> : null;
}
