import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { loadFontFor } from './fonts.ts';
import { splitHidden } from './hidden-characters.ts';

/**
 * What somebody else wrote, as text and nothing else: isolated from the direction of what stands around it, with what
 * would be invisible shown by its code point, and as a block visibly not the console's own words.
 */
export function PeerText({
  text,
  block = false,
  lang,
}: {
  readonly text: string;
  readonly block?: boolean;
  readonly lang?: string | undefined;
}): JSX.Element {
  loadFontFor(text);
  const pieces = splitHidden(text);
  const shown = pieces.map((piece, index) =>
    piece.kind === 'text' ? (
      piece.text
    ) : (
      <span key={index} class="hidden-character" title={t('peer.hiddenCharacter')}>
        {piece.name}
      </span>
    ),
  );
  const language = lang !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(lang) ? { lang } : {};
  return (
    <bdi class={block ? 'peer-text block' : 'peer-text'} {...language}>
      {shown}
    </bdi>
  );
}
