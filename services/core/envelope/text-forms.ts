/** Whether it is one line of at most that many characters without control characters; empty is one. */
export function isLine(text: string, maxLength: number): boolean {
  return (
    (text.length <= maxLength || (text.length <= maxLength * 2 && [...text].length <= maxLength)) &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
  );
}

/** Whether it is a reference of at most that many letters, digits and . _ / : -; empty is one. */
export function isReference(text: string, maxLength: number): boolean {
  return text.length <= maxLength && /^[A-Za-z0-9._/:-]*$/.test(text);
}

/** Whether it is a code such as `POLICY_NO_AGREEMENT`; empty is none. */
export function isCode(text: string): boolean {
  return text.length <= 64 && /^[A-Z][A-Z0-9_]+$/.test(text);
}

/** Whether it is a UUIDv7 in lowercase (RFC 9562 §5.7). */
export function isEnvelopeId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

/** Whether it is a whole number of milliseconds after 1970 that a clock could show. */
export function isTime(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms > 0 && ms <= 8_640_000_000_000_000;
}

/** The values of a code list, the unspecified one left out: what a message may say. */
export function specifiedIn(list: Readonly<Record<string, number>>): ReadonlySet<number> {
  return new Set(Object.values(list).filter((code) => code !== 0));
}
