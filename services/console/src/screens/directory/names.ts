import { nameOf } from '../../i18n/index.ts';

/** What a nation is called in the reader's language; its code where there is no name. */
export function nationName(nation: string): string {
  return nameOf('region', nation);
}

/** What a language is called in the reader's language; its tag where there is no name. */
export function languageName(tag: string): string {
  return nameOf('language', tag);
}
