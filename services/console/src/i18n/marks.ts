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
    .map((text, index) => (index === last ? text : `${text}${markAfter(text, tag, COMMAS) ?? ', '}`))
    .join('');
}

/** A label before what it names, with the colon of that language. */
export function leadingIn(tag: string, label: string): string {
  return `${label}${markAfter(label, tag, COLONS) ?? ': '}`;
}

/** In Burmese, Latin letters and digits keep the Latin mark: `၊` behind the name of an office looks like a letter of it. */
function markAfter(text: string, tag: string, marks: ReadonlyMap<string, string>): string | undefined {
  return tag === 'my' && /[0-9A-Za-z]$/.test(text) ? undefined : marks.get(tag);
}
