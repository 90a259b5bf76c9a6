import type en from '../../languages/en.json';
import type { Text } from './text-form.ts';

/** What the console says: every text has one of these keys. */
export type Key = keyof typeof en.ui;

/** By code, what nations and languages are called, in the order to choose from. */
export interface Names {
  readonly region: Readonly<Record<string, string>>;
  readonly language: Readonly<Record<string, string>>;
}

/** What people read in one language, or a part of it. */
export interface Catalogue {
  /** BCP 47 tag. */
  readonly language: string;
  /** The language's own name for itself. */
  readonly name: string;
  readonly ui: Readonly<Record<string, Text>>;
  /** By code list and code. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By message and field. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By error code: what it means and what to do; English texts come with the error itself. */
  readonly errors: Readonly<Record<string, readonly [meaning: string, action: string]>>;
  readonly names: Names;
}

/** The languages of the console with their own names, English first; each is one file of `languages/`. */
export const LANGUAGES = {
  en: 'English',
  th: 'ไทย',
  lo: 'ລາວ',
  km: 'ខ្មែរ',
  my: 'မြန်မာ',
  vi: 'Tiếng Việt',
  zh: '中文',
  ms: 'Bahasa Melayu',
  id: 'Bahasa Indonesia',
} as const;

/** One of them. */
export type Language = keyof typeof LANGUAGES;

/** Whether the console speaks it. */
export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value);
}

type File = Catalogue | { readonly default: Catalogue };

// The build makes two parts of each file: the first is what the sign-in, the frame and the inbox say.
const files = {
  first: import.meta.glob<File>('../../languages/*.json', { query: '?first' }),
  rest: import.meta.glob<File>('../../languages/*.json', { query: '?rest' }),
};

/** One part of the texts of that language. */
export async function loadCatalogue(language: Language, part: keyof typeof files): Promise<Catalogue> {
  const load = files[part][`../../languages/${language}.json`];
  if (load === undefined) throw new TypeError('a language without a file');
  const file = await load();
  return 'default' in file ? file.default : file;
}
