/** A piece of a text: words, the place of a value, the choice by a number, or (0) the number that it was chosen by. */
export type Piece =
  | string
  | readonly [name: string]
  | readonly [name: string, choices: Readonly<Record<string, Text>>]
  | 0;

/** A text as the build prepares it from ICU: words alone, or words with places for values. */
export type Text = string | readonly Piece[];

/** What a text takes in: numbers are written in the digits of evidence, others as they are. */
export type Values = Readonly<Record<string, string | number>>;

/** How numbers are written and which plural they take in the reader's language. */
export interface Numbers {
  readonly write: (value: number) => string;
  readonly plural: (value: number) => string;
}

/** The text with the values in their places; a place without a value keeps its name, so that nothing is silently unsaid. */
export function fillText(text: Text, values: Values, numbers: Numbers, counted = 0): string {
  if (typeof text === 'string') return text;
  return text.map((piece) => fillPiece(piece, values, numbers, counted)).join('');
}

function fillPiece(piece: Piece, values: Values, numbers: Numbers, counted: number): string {
  if (typeof piece === 'string') return piece;
  if (piece === 0) return numbers.write(counted);
  const [name, choices] = piece;
  const value = values[name];
  if (choices === undefined) return value === undefined ? `{${name}}` : String(value);
  const count = Number(value);
  const chosen =
    choices[`=${count}`] ?? (hasForms(choices) ? choices[numbers.plural(count)] : undefined) ?? choices['other'];
  return chosen === undefined ? '' : fillText(chosen, values, numbers, count);
}

/** Most languages of the region have one form for every number: then nothing is to be chosen. */
function hasForms(choices: Readonly<Record<string, Text>>): boolean {
  return Object.keys(choices).some((name) => name !== 'other' && !name.startsWith('='));
}
