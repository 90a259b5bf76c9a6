interface TextFormat {
  readonly pattern: RegExp;
  readonly maxLength?: number;
}

/** What a text of that format looks like; the office checks the same. By name of the StringFormat. */
export const TEXT_FORMATS: Readonly<Record<string, TextFormat>> = {
  STRING_FORMAT_NATION: { pattern: /^[A-Z]{2}$/u, maxLength: 2 },
  STRING_FORMAT_OFFICE: { pattern: /^[a-z]{2}(-[a-z0-9]+)+$/u, maxLength: 48 },
  STRING_FORMAT_LANGUAGE: { pattern: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, maxLength: 35 },
  STRING_FORMAT_ENVELOPE_ID: {
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    maxLength: 36,
  },
  STRING_FORMAT_REFERENCE: { pattern: /^[A-Za-z0-9._/:-]+$/u },
  STRING_FORMAT_LINE: {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be refused
    pattern: /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]*$/u,
  },
};

/** What any other text may hold: several lines, tabs, no other control character. */
export const FREE_TEXT: TextFormat = {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are named to be refused
  pattern: /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff]*$/u,
};

/** Number of Unicode characters (code points). */
export function characterCount(text: string): number {
  return [...text].length;
}
