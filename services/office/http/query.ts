import { type EpochMs, isOfficeId, type OfficeId } from '../../core/foundation/index.ts';
import { type Fault, OfficeError } from '../errors.ts';

/** What one parameter of an address may be; the reader and the API description are both made of it. */
export type ParamSpec =
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number; readonly about: string }
  | { readonly kind: 'word'; readonly words: readonly string[]; readonly about: string }
  | { readonly kind: 'time'; readonly about: string }
  | { readonly kind: 'office'; readonly about: string }
  | { readonly kind: 'text'; readonly pattern: RegExp; readonly about: string };

/** The parameters that an address takes, by name. */
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** What a parameter is once it was read. */
export type ParamValue<Spec extends ParamSpec> = Spec extends { readonly kind: 'integer' }
  ? number
  : Spec extends { readonly kind: 'time' }
    ? EpochMs
    : Spec extends { readonly kind: 'office' }
      ? OfficeId
      : string;

/** The parameters that were read; one that was left out is `undefined`. */
export type ParamValues<Specs extends ParamSpecs> = {
  readonly [Name in keyof Specs]: ParamValue<Specs[Name]> | undefined;
};

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
const WHOLE = /^(0|[1-9]\d{0,8})$/;

/** What is wrong with a value, or what it is. */
type Reading = { readonly value: string | number } | { readonly reason: string; readonly message: string };

/**
 * The parameters of a query or path: every one known, given once and of its kind.
 *
 * @throws OfficeError OFFICE_REQUEST_INVALID with one fault for each that is not.
 */
export function readParams<Specs extends ParamSpecs>(
  specs: Specs,
  given: Readonly<Record<string, unknown>>,
): ParamValues<Specs> {
  const faults: Fault[] = [];
  const values: Record<string, string | number | undefined> = {};
  for (const [field, text] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, field) ? specs[field] : undefined;
    if (spec === undefined) {
      faults.push({ field, reason: 'field-unknown', message: 'there is no such parameter' });
    } else if (typeof text !== 'string') {
      faults.push({ field, reason: 'field-repeated', message: 'a parameter is given once' });
    } else {
      const reading = readParam(spec, text);
      if ('reason' in reading) faults.push({ field, ...reading });
      else values[field] = reading.value;
    }
  }
  if (faults.length > 0) throw new OfficeError('OFFICE_REQUEST_INVALID', { faults });
  return values as ParamValues<Specs>;
}

function readParam(spec: ParamSpec, text: string): Reading {
  switch (spec.kind) {
    case 'integer': {
      const value = WHOLE.test(text) ? Number(text) : Number.NaN;
      if (value >= spec.minimum && value <= spec.maximum) return { value };
      return { reason: 'out-of-range', message: `a whole number from ${spec.minimum} to ${spec.maximum}` };
    }
    case 'word':
      if (spec.words.includes(text)) return { value: text };
      return { reason: 'code-unknown', message: `one of ${spec.words.join(', ')}` };
    case 'time': {
      const value = TIME.test(text) ? Date.parse(text) : Number.NaN;
      return value >= 0 ? { value } : { reason: 'time-invalid', message: 'a time of RFC 3339 with its offset' };
    }
    case 'office':
      return isOfficeId(text) ? { value: text } : { reason: 'format-wrong', message: 'an office id, <nation>-<place>' };
    case 'text':
      return spec.pattern.test(text) ? { value: text } : { reason: 'format-wrong', message: spec.about };
  }
}

/** The JSON Schema of a parameter. */
export function paramSchema(spec: ParamSpec): Readonly<Record<string, unknown>> {
  switch (spec.kind) {
    case 'integer':
      return { type: 'integer', minimum: spec.minimum, maximum: spec.maximum };
    case 'word':
      return { type: 'string', enum: spec.words };
    case 'time':
      return { type: 'string', format: 'date-time' };
    case 'office':
      return { type: 'string', pattern: '^[a-z]{2}(-[a-z0-9]+)+$', maxLength: 48 };
    case 'text':
      return { type: 'string', pattern: spec.pattern.source };
  }
}
