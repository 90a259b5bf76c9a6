import type { JSX } from 'preact';
import { PeerText } from './peer-text.tsx';

/**
 * The reason that a rule gives, in its own words: quoted, since whoever wrote the rule wrote it, and nobody translated it.
 * One without other letters is read out as English; nothing stands where none is known.
 */
export function RuleSentence({ text }: { readonly text: string | null | undefined }): JSX.Element | null {
  if (text === undefined || text === null || text === '') return null;
  return (
    <q>
      <PeerText text={text} lang={/^[ -~‘’“”–—]*$/.test(text) ? 'en' : undefined} />
    </q>
  );
}
