/** What a report is made of: no fractions, nothing undefined. */
export type ReportValue =
  | string
  | number
  | boolean
  | null
  | readonly ReportValue[]
  | { readonly [name: string]: ReportValue };

/**
 * The one text of a value: names in the order of their UTF-16 units, no space. RFC 8785, for whole numbers.
 * @throws TypeError for a number that is no safe whole one.
 */
export function canonicalJson(value: ReportValue): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('not a whole number');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value as { readonly [name: string]: ReportValue });
  // RFC 8785 section 3.2.3: by code units, which is how JavaScript compares strings.
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
