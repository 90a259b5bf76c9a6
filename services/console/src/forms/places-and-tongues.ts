import { codesNamed, isLanguage, LANGUAGES, nameOf } from '../i18n/index.ts';
import type { Choice } from './form-context.ts';

/** Every nation by its name in the reader's language, those near first. */
export function nationChoices(): readonly Choice[] {
  return codesNamed('region').map((value) => ({ value, label: `${nameOf('region', value)} (${value})` }));
}

/** Languages: those of the console by their own names, then others of the region by their name in the reader's language. */
export function languageChoices(): readonly Choice[] {
  return codesNamed('language').map((value) => ({
    value,
    label: `${isLanguage(value) ? LANGUAGES[value] : nameOf('language', value)} (${value})`,
  }));
}
