import { IntlMessageFormat } from 'intl-messageformat';
import type { Key } from './catalogue.ts';
import { catalogue, language } from './language.ts';
import { leadingIn, listedIn } from './marks.ts';

/** What a text takes in: numbers are written in the digits of evidence, others as they are. */
export type Values = Readonly<Record<string, string | number>>;

const formats = new Map<string, IntlMessageFormat>();

/** The text of that key in the reader's language. Values are text, never markup. */
export function t(key: Key, values?: Values): string {
  const { ui, language: tag } = catalogue();
  const text = ui[key];
  if (text === undefined) return key;
  if (values === undefined && !text.includes('{') && !text.includes("'")) return text;
  const at = `${tag}/${key}`;
  let format = formats.get(at);
  if (format === undefined) {
    format = new IntlMessageFormat(text, localeOf(language()), undefined, { ignoreTag: true });
    formats.set(at, format);
  }
  return String(format.format(values));
}

/** What a code is called; a code that this console does not know is shown as it came. */
export function code(list: string, value: string): string {
  return catalogue().codes[list]?.[value] ?? value;
}

/** What a field is called; one that has no label is shown by its name. */
export function field(message: string, name: string): string {
  return catalogue().fields[message]?.[name] ?? name;
}

/** Several as one text, with the comma of the reader's language: `Drugs, Timber`. */
export function listed(texts: readonly string[]): string {
  return listedIn(language(), texts);
}

/** A label before what it names, with the colon of the reader's language: `Where: `. */
export function leading(label: string): string {
  return leadingIn(language(), label);
}

/** The locale for numbers and times: the reader's language with the calendar and digits of evidence. */
export function localeOf(tag: string): string {
  // Days stand before months, as everybody in the region writes them.
  return `${tag === 'en' ? 'en-GB' : tag}-u-ca-gregory-nu-latn`;
}
