import type { Key } from './catalogue.ts';
import { isWhole, language, said } from './language.ts';
import { leadingIn, listedIn } from './marks.ts';
import { fillText, type Numbers, type Values } from './text-form.ts';

const NO_VALUES: Values = {};
const numbersByTag = new Map<string, Numbers>();

/** The text of that key in the reader's language. Values are text, never markup. */
export function t(key: Key, values: Values = NO_VALUES): string {
  const text = said(({ ui }) => ui[key]);
  // What is not there yet is nothing for a moment; what is nowhere is called by its key.
  if (text === undefined) return isWhole() ? key : '';
  return typeof text === 'string' ? text : fillText(text, values, numbersOf(language()));
}

/** What a code is called; a code that this console does not know is shown as it came. */
export function code(list: string, value: string): string {
  return said(({ codes }) => codes[list]?.[value]) ?? value;
}

/** The codes of a list, in the order of the contract. */
export function codesOf(list: string): readonly string[] {
  return Object.keys(said(({ codes }) => codes[list]) ?? {});
}

/** What a field is called; one that has no label is shown by its name. */
export function field(message: string, name: string): string {
  return said(({ fields }) => fields[message]?.[name]) ?? name;
}

/** Several as one text, with the comma of the reader's language: `Drugs, Timber`. */
export function listed(texts: readonly string[]): string {
  return listedIn(language(), texts);
}

/** A label before what it names, with the colon of the reader's language: `Where: `. */
export function leading(label: string): string {
  return leadingIn(language(), label);
}

/** What the browser has for numbers is made when it is needed: a phone takes longer to make it than to draw a list. */
function numbersOf(tag: string): Numbers {
  const known = numbersByTag.get(tag);
  if (known !== undefined) return known;
  let format: Intl.NumberFormat | undefined;
  const made: Numbers = {
    write: (value) => {
      if (isPlain(value)) return String(value);
      format ??= new Intl.NumberFormat(localeOf(tag));
      return format.format(value);
    },
    plural: pluralIn(tag),
  };
  numbersByTag.set(tag, made);
  return made;
}

/** Which plural a number takes in that language. */
export function pluralIn(tag: string): Numbers['plural'] {
  let rules: Intl.PluralRules | undefined;
  return (value) => {
    if (tag === 'en') return value === 1 ? 'one' : 'other';
    rules ??= new Intl.PluralRules(localeOf(tag));
    return rules.select(value);
  };
}

/** Whether every language of the console writes the number as it is: no group of digits, no sign, no fraction. */
export function isPlain(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1000;
}

/** The locale for numbers and times: the reader's language with the calendar and digits of evidence. */
export function localeOf(tag: string): string {
  // Days stand before months, as everybody in the region writes them.
  return `${tag === 'en' ? 'en-GB' : tag}-u-ca-gregory-nu-latn`;
}
