import type { JSX } from 'preact';
import { code, dateTime, listed, t } from '../../i18n/index.ts';
import { ContentView } from '../../messages/index.ts';
import { Panel } from '../../ui/index.ts';
import type { Message } from './message-types.ts';

/** What was said, what of it is not here and by whose rule, and what was opened since. */
export function SaidPanel({
  message,
  sentences,
}: {
  readonly message: Message;
  readonly sentences: ReadonlyMap<string, string>;
}): JSX.Element {
  const { content, withheldParts = [], supplements = [] } = message;
  return (
    <Panel title={t('message.said')}>
      <div class="stack">
        {content === null ? (
          <p class="muted">{t('message.nothingShown')}</p>
        ) : (
          <ContentView content={content} withheld={withheldParts} sentences={sentences} headline={false} />
        )}
        {supplements.map(({ receivedAt, opened }) => (
          <p key={receivedAt}>
            {t('message.supplement', {
              origin: message.origin,
              at: dateTime(receivedAt),
              categories: listed(opened.map((category) => code('DataCategory', category))),
            })}
          </p>
        ))}
      </div>
    </Panel>
  );
}
