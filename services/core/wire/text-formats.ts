/** What a string of that format must look like: a pattern that JSON Schema can carry too, and how to say it. */
export interface TextFormat {
  readonly pattern: RegExp;
  readonly maxLength?: number;
  /** Completes "must be ...". */
  readonly says: string;
}

// No control character, no half of a character, no line separator, and nothing that turns the direction of what follows:
// in one line of text those serve only to show a reader something else than what is written.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be refused
const LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]*$/u;

/** By name of the StringFormat. */
export const TEXT_FORMATS: Readonly<Record<string, TextFormat>> = {
  STRING_FORMAT_NATION: { pattern: /^[A-Z]{2}$/u, maxLength: 2, says: 'an ISO 3166-1 code of two capital letters' },
  STRING_FORMAT_OFFICE: {
    pattern: /^[a-z]{2}(-[a-z0-9]+)+$/u,
    maxLength: 48,
    says: 'an office id such as th-chiang-khong',
  },
  STRING_FORMAT_LANGUAGE: {
    pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u,
    maxLength: 35,
    says: 'a language tag such as en or zh-Hans',
  },
  STRING_FORMAT_ENVELOPE_ID: {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    maxLength: 36,
    says: 'an envelope id, a UUID version 7 in lowercase',
  },
  STRING_FORMAT_REFERENCE: { pattern: /^[A-Za-z0-9._/:-]+$/u, says: 'letters, digits and . _ / : - only' },
  STRING_FORMAT_LINE: { pattern: LINE, says: 'one line of text without control characters' },
};

/** What any other text may hold: several lines, tabs, no other control character. */
export const FREE_TEXT: TextFormat = {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be refused
  pattern: /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]*$/u,
  says: 'Unicode text without control characters',
};

/** Number of Unicode characters (code points). */
export function characterCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    count++;
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800) at++;
  }
  return count;
}
