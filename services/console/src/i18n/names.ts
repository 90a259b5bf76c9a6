import { language, said } from './language.ts';

/**
 * What a nation (`TH`) or a language (`th`) is called in the reader's language. What the texts do not name is asked of the
 * browser, which may know it in English only; a code that nobody knows is shown as it came.
 */
export function nameOf(type: 'region' | 'language', value: string): string {
  const known = said(({ names }) => (Object.hasOwn(names[type], value) ? names[type][value] : undefined));
  if (known !== undefined) return known;
  try {
    return new Intl.DisplayNames([language(), 'en'], { type }).of(value) ?? value;
  } catch (error) {
    // What is no code of a nation or language is shown as it came.
    if (error instanceof RangeError) return value;
    throw error;
  }
}

/** The nations or languages that can be chosen, in the order to choose from. */
export function codesNamed(type: 'region' | 'language'): readonly string[] {
  return Object.keys(said(({ names }) => (Object.keys(names[type]).length === 0 ? undefined : names[type])) ?? {});
}
