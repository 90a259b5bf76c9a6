import type { JSX } from 'preact';
import { PeerText } from './peer-text.tsx';
import { scriptLanguage } from './script-language.ts';

/**
 * The reason that a rule gives, in its own words: quoted, since whoever wrote the rule wrote it, and nobody translated it.
 * It is marked with the language of its letters; nothing stands where none is known.
 */
export function RuleSentence({ text }: { readonly text: string | null | undefined }): JSX.Element | null {
  if (text === undefined || text === null || text === '') return null;
  return (
    <q>
      <PeerText text={text} lang={scriptLanguage(text)} />
    </q>
  );
}
