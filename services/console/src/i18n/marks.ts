/** Where a language has marks of its own; the others write a comma and a colon. */
const COMMAS = new Map([
  ['my', '၊ '],
  ['zh', '、'],
]);
const COLONS = new Map([
  ['km', '៖ '],
  ['my', '- '],
  ['zh', '：'],
]);

/** Several as one text, with the comma of that language. */
export function listedIn(tag: string, texts: readonly string[]): string {
  const last = texts.length - 1;
  return texts
    .map((text, index) => (index === last ? text : `${text}${markAfter(text, COMMAS.get(tag)) ?? ', '}`))
    .join('');
}

/** A label before what it names, with the colon of that language. */
export function leadingIn(tag: string, label: string): string {
  return `${label}${markAfter(label, COLONS.get(tag)) ?? ': '}`;
}

/** Latin letters and digits keep the Latin mark: a Burmese comma behind the name of an office looks like a letter of it. */
function markAfter(text: string, mark: string | undefined): string | undefined {
  return /[0-9A-Za-z]$/.test(text) ? undefined : mark;
}
