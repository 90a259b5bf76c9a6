import type { Catalogue } from '../src/i18n/catalogue.ts';
import { compileText } from './compile-text.ts';
import { namesIn } from './names.ts';

/** The areas of texts that the frame, the sign-in and the inbox say: what is drawn first waits for these alone. */
const FIRST_AREAS: ReadonlySet<string> = new Set([
  'action',
  'copy',
  'drill',
  'firstRun',
  'flash',
  'inbox',
  'line',
  'list',
  'mark',
  'nav',
  'password',
  'peer',
  'print',
  'problem',
  'proof',
  'role',
  'signIn',
  'signOut',
  'state',
  'time',
]);
/** What they say of areas that are otherwise not theirs. */
const FIRST_KEYS: ReadonlySet<string> = new Set(['settings.language', 'triage.open', 'triage.titleOf']);
/** The code lists that a line of the inbox and its filters show. */
const FIRST_LISTS: ReadonlySet<string> = new Set(['CrimeArea', 'MessageKind', 'Precedence']);

/** The languages' files as translators have them. */
export type WrittenCatalogue = Omit<Catalogue, 'ui' | 'names'> & { readonly ui: Readonly<Record<string, string>> };

/** Whether the text of that key comes with the first drawing. */
export function isFirst(key: string): boolean {
  return FIRST_AREAS.has(key.split('.')[0] ?? '') || FIRST_KEYS.has(key);
}

/** One of the two parts of a catalogue, which have nothing twice: what is drawn first, or all the rest. */
export function splitCatalogue(written: WrittenCatalogue, part: 'first' | 'rest'): Catalogue {
  const isWanted = (first: boolean): boolean => first === (part === 'first');
  const ui = Object.entries(written.ui).filter(([key]) => isWanted(isFirst(key)));
  const codes = Object.entries(written.codes).filter(([list]) => isWanted(FIRST_LISTS.has(list)));
  return {
    language: written.language,
    name: written.name,
    ui: Object.fromEntries(ui.map(([key, text]) => [key, compileText(text)])),
    codes: Object.fromEntries(codes),
    fields: part === 'first' ? {} : written.fields,
    errors: part === 'first' ? {} : written.errors,
    names: part === 'first' ? { region: {}, language: {} } : namesIn(written.language),
  };
}
