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
  return texts.join(COMMAS.get(tag) ?? ', ');
}

/** A label before what it names, with the colon of that language; after Latin letters and digits it is the Latin one. */
export function leadingIn(tag: string, label: string): string {
  return `${label}${(/[ -~]$/.test(label) ? undefined : COLONS.get(tag)) ?? ': '}`;
}
