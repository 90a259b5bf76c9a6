import type { JSX } from 'preact';
import { code } from '../i18n/index.ts';
import { PeerText } from '../ui/index.ts';

/** What a line is about: its crime area, and its headline where it may be read; nothing of what is not here. */
export function Headline({
  item,
}: {
  readonly item:
    | {
        readonly crimeArea: string | null;
        readonly headline: string | null;
        readonly headlineLanguage: string | null;
      }
    | undefined;
}): JSX.Element | null {
  if (item === undefined) return null;
  if (item.crimeArea === null && item.headline === null) return null;
  return (
    <p>
      {item.headline === null ? null : <PeerText text={item.headline} lang={item.headlineLanguage ?? undefined} />}
      {item.crimeArea === null ? null : (
        <span class="small muted">
          {item.headline === null ? '' : ' · '}
          {code('CrimeArea', item.crimeArea)}
        </span>
      )}
    </p>
  );
}
