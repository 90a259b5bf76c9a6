import { type CodeList, codeNames } from '../views/code-names.ts';
import type { JsonSchema } from './route.ts';

/** A text of any length. */
export const TEXT = { type: 'string' } as const;
/** A whole number from 0. */
export const WHOLE = { type: 'integer', minimum: 0 } as const;
/** Yes or no. */
export const FLAG = { type: 'boolean' } as const;
/** A moment, by RFC 3339. */
export const TIME = { type: 'string', format: 'date-time' } as const;
/** A digest. */
export const DIGEST = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hexadecimal.' } as const;
/** An office. */
export const OFFICE = { type: 'string', description: 'An office id, `<nation>-<place>`.' } as const;
/** Texts. */
export const NAMES = { type: 'array', items: TEXT } as const;

/** A code of the contract, by its full name. */
export const code = (list: CodeList): JsonSchema => ({ type: 'string', enum: codeNames(list) });

/** One of these words. */
export const oneOf = (words: readonly string[], description: string): JsonSchema => ({
  type: 'string',
  enum: words,
  description,
});

/** A list of such values. */
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** Such a value, or null. */
export const orNull = (schema: JsonSchema): JsonSchema => ({ oneOf: [schema, { type: 'null' }] });

/** What tells one line of a list from another. */
export const HEADLINE = {
  crimeArea: orNull(code('CrimeArea')),
  headline: {
    ...orNull(TEXT),
    description: 'Or how its words begin; null where there are none, or the asker may not read them.',
  },
  headlineLanguage: orNull(TEXT),
} as const;

/** The same of a message that something else names; in lists. */
export const ABOUT = {
  'about?': {
    ...object(HEADLINE),
    description: 'What the message is about; only in lists, of a message that is here.',
  },
} as const;

/** An object with exactly these properties; those whose name ends with `?` may be absent. */
export function object(properties: Readonly<Record<string, JsonSchema>>, description?: string): JsonSchema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema])),
  };
}
