import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { compareWords } from './compare-words.ts';

/** A digest of what is shown, in words that two people can read to each other, with the whole of it below. */
export function ShownDigest({ digest }: { readonly digest: string }): JSX.Element {
  return (
    <div class="stack-tight">
      <p class="board-words" translate={false}>
        {compareWords(digest).join(' ')}
      </p>
      <p class="small muted">{t('boards.wordsAbout')}</p>
      <p class="mono small muted" translate={false}>
        {digest}
      </p>
    </div>
  );
}
