import type { JSX } from 'preact';
import { useResource } from '../api/index.ts';
import { PeerText } from '../ui/index.ts';

/**
 * The words that came with a step, a recall or a request, as long as they are kept and may be seen: terms stand in the
 * ledger, words are content of the message. `body` is the name of its kind.
 */
export function SaidWords({
  origin,
  id,
  body,
}: {
  readonly origin: string;
  readonly id: string;
  readonly body: string;
}): JSX.Element | null {
  const message = useResource<{ readonly content?: Readonly<Record<string, unknown>> | null }>(
    `/v1/messages/${encodeURIComponent(id)}?origin=${encodeURIComponent(origin)}`,
  );
  const said = message.value?.content?.[body];
  if (typeof said !== 'object' || said === null) return null;
  const { text, textLanguage } = said as { readonly text?: unknown; readonly textLanguage?: unknown };
  if (typeof text !== 'string' || text === '') return null;
  return <PeerText text={text} lang={typeof textLanguage === 'string' ? textLanguage : undefined} block />;
}
