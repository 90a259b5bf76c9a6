import { lineFault } from '../ui/line-fault.ts';
import { allFieldsOf, codesOf, type FormField } from './contract.ts';
import { isList, isObject, type Json, type JsonObject, pathOf } from './json.ts';
import { characterCount, FREE_TEXT, TEXT_FORMATS } from './text-formats.ts';

/** What is wrong with one field, in the office's own words for reasons. */
export interface FormFault {
  /** Path of the field: `alert.subjects[0].person.familyName`. */
  readonly field: string;
  readonly reason: string;
  /** The character that is wrong, where it is one that nobody sees. */
  readonly character?: string;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const UINT32_MAX = 2 ** 32 - 1;

function isThere(value: Json | undefined): boolean {
  if (value === undefined || value === '' || value === 0 || value === false) return false;
  return !isList(value) || value.length > 0;
}

/** How many bytes a text in base64 stands for. */
export function bytesOf(base64: string): number {
  return Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}

type Wrong = Omit<FormFault, 'field'>;

function wrongText(field: FormField, text: string): Wrong | undefined {
  const reason = textReason(field, text);
  if (reason !== undefined || field.format !== 'STRING_FORMAT_LINE')
    return reason === undefined ? undefined : { reason };
  const fault = lineFault(text);
  if (fault === undefined) return undefined;
  return fault.kind === 'piled'
    ? { reason: 'marks-piled' }
    : { reason: 'character-hidden', character: fault.character };
}

function textReason(field: FormField, text: string): string | undefined {
  const format = TEXT_FORMATS[field.format ?? ''] ?? FREE_TEXT;
  if (characterCount(text) > (field.maxLength ?? Number.POSITIVE_INFINITY)) return 'too-long';
  if (text.length <= (format.maxLength ?? text.length) && format.pattern.test(text)) return undefined;
  return format === FREE_TEXT ? 'text-invalid' : 'format-wrong';
}

function numberReason(field: FormField, value: Json): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'number-invalid';
  if (field.whole === true && !Number.isInteger(value)) return 'number-invalid';
  if (field.minimum === undefined || field.maximum === undefined)
    return field.whole === true && (value < 0 || value > UINT32_MAX) ? 'out-of-range' : undefined;
  return value >= field.minimum && value <= field.maximum ? undefined : 'out-of-range';
}

function wrongScalar(field: FormField, value: Json): Wrong | undefined {
  if (field.kind === 'string' && typeof value === 'string') return wrongText(field, value);
  const reason = scalarReason(field, value);
  return reason === undefined ? undefined : { reason };
}

function scalarReason(field: FormField, value: Json): string | undefined {
  switch (field.kind) {
    case 'string':
      return 'type-wrong';
    case 'number':
      return numberReason(field, value);
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'type-wrong';
    case 'enum':
      return codesOf(field.type ?? '').includes(String(value)) ? undefined : 'code-unknown';
    case 'timestamp':
      return typeof value === 'string' && RFC_3339.test(value) && Number.isFinite(Date.parse(value))
        ? undefined
        : 'time-invalid';
    default:
      if (typeof value !== 'string') return 'type-wrong';
      return bytesOf(value) > (field.maxLength ?? Number.POSITIVE_INFINITY) ? 'too-long' : undefined;
  }
}

function checkDate(at: string, { year, month = 0, day = 0 }: JsonObject, faults: FormFault[]): void {
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return;
  if (month > 12 || day > 31) return;
  // The day before the first of the next month is the last of this one.
  const isReal = month === 0 ? day === 0 : day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (!isReal) faults.push({ field: at, reason: 'date-invalid' });
}

function checkOne(at: string, field: FormField, value: Json, faults: FormFault[]): void {
  if (field.kind === 'message') {
    if (isObject(value)) checkMessage(at, field.type ?? '', value, faults);
    else faults.push({ field: at, reason: 'type-wrong' });
    return;
  }
  const wrong = wrongScalar(field, value);
  if (wrong !== undefined) faults.push({ field: at, ...wrong });
}

function checkList(at: string, field: FormField, values: Json, faults: FormFault[]): void {
  if (!isList(values)) {
    faults.push({ field: at, reason: 'type-wrong' });
    return;
  }
  if (values.length > (field.maxItems ?? 0)) {
    faults.push({ field: at, reason: 'too-many' });
    return;
  }
  for (const [index, value] of values.entries()) {
    const here = `${at}[${index}]`;
    if (field.kind !== 'message' && field.kind !== 'bool' && !isThere(value))
      faults.push({ field: here, reason: 'required' });
    else if (field.unique === true && values.indexOf(value) < index)
      faults.push({ field: here, reason: 'entry-repeated' });
    else checkOne(here, field, value, faults);
  }
}

function checkMessage(at: string, message: string, value: JsonObject, faults: FormFault[]): void {
  const chosen = new Set<string>();
  for (const field of allFieldsOf(message)) {
    const here = pathOf(at, field.name);
    const inner = value[field.name];
    if (inner !== undefined && isThere(inner)) {
      if (field.list === true) checkList(here, field, inner, faults);
      else checkOne(here, field, inner, faults);
      if (field.oneof !== undefined) {
        if (chosen.has(field.oneof)) faults.push({ field: here, reason: 'oneof-ambiguous' });
        chosen.add(field.oneof);
      }
    } else if (field.required === true || (field.requiredWith !== undefined && isThere(value[field.requiredWith]))) {
      faults.push({ field: here, reason: 'required' });
    }
  }
  if (message === 'Date') checkDate(at, value, faults);
}

/**
 * What the rules of the contract (required, lengths in Unicode characters, formats, ranges, counts, real dates) do not
 * allow in a message, with the office's own paths and reasons; empty where all is well.
 */
export function findFaults(message: string, value: JsonObject): readonly FormFault[] {
  const faults: FormFault[] = [];
  checkMessage('', message, value, faults);
  return faults;
}

/**
 * What must be said though the contract alone does not demand it: what something is, where it can be one of several kinds
 * (a subject that is neither person nor vehicle), and the other half of a position.
 */
export function findUnsaid(message: string, value: JsonObject, at = ''): readonly FormFault[] {
  const fields = allFieldsOf(message);
  const within = fields.flatMap((field) => {
    const inner = value[field.name];
    if (field.kind !== 'message' || inner === undefined) return [];
    const here = pathOf(at, field.name);
    return (isList(inner) ? inner : [inner]).flatMap((entry, index) =>
      isObject(entry) ? findUnsaid(field.type ?? '', entry, field.list === true ? `${here}[${index}]` : here) : [],
    );
  });
  return [...unsaidHere(message, fields, value, at), ...within];
}

function unsaidHere(
  message: string,
  fields: readonly FormField[],
  value: JsonObject,
  at: string,
): readonly FormFault[] {
  const kinds = fields.filter(({ oneof }) => oneof !== undefined);
  if (kinds.length > 0 && kinds.every(({ name }) => value[name] === undefined))
    return [{ field: at, reason: 'required' }];
  // A number that is left out is 0, and that is a place off the coast of Africa.
  const halves = message === 'GeoPoint' ? ['latitude', 'longitude'] : [];
  const missing = halves.filter((name) => value[name] === undefined);
  return missing.length === 1 ? [{ field: pathOf(at, missing[0] ?? ''), reason: 'required' }] : [];
}
