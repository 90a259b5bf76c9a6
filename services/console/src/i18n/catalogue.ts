import type en from '../../languages/en.json';

/** What the console says: every text has one of these keys. */
export type Key = keyof typeof en.ui;

/** Everything that people read in one language. */
export interface Catalogue {
  /** BCP 47 tag. */
  readonly language: string;
  /** The language's own name for itself. */
  readonly name: string;
  readonly ui: Readonly<Record<string, string>>;
  /** By code list and code. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By message and field. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By error code: what it means and what to do; English texts come with the error itself. */
  readonly errors: Readonly<Record<string, readonly [meaning: string, action: string]>>;
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

const files = import.meta.glob<File>('../../languages/*.json');

/** The texts of that language; English has its codes and fields from the contract's own labels. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const load = files[`../../languages/${language}.json`];
  if (load === undefined) throw new TypeError('a language without a file');
  if (language !== 'en') return contentOf(await load());
  // Both at once: on a slow line each wait for the other is felt.
  const [file, labelFile] = await Promise.all([load(), import('../../../../proto/labels/en.json')]);
  const [catalogue, labels] = [contentOf(file), contentOf(labelFile as unknown as File)];
  return { ...catalogue, codes: labels.codes, fields: labels.fields, errors: {} };
}

function contentOf(file: File): Catalogue {
  return 'default' in file ? file.default : file;
}
