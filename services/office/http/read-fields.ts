import { OfficeError } from '../errors.ts';
import { type ParamSpecs, readParams } from './query.ts';

/** The texts of a body, every one of them required. @throws OfficeError OFFICE_REQUEST_MALFORMED, OFFICE_REQUEST_INVALID. */
export function readFields<const Specs extends ParamSpecs>(
  specs: Specs,
  body: Uint8Array,
): { readonly [Name in keyof Specs]: string } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new OfficeError('OFFICE_REQUEST_MALFORMED', {
      faults: [{ field: '', reason: 'not-json', message: 'must be JSON in UTF-8' }],
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OfficeError('OFFICE_REQUEST_INVALID', {
      faults: [{ field: '', reason: 'type-wrong', message: 'must be an object' }],
    });
  }
  const fields = readParams<ParamSpecs>(specs, value as Record<string, unknown>);
  const missing = Object.keys(specs).filter((name) => fields[name] === undefined);
  if (missing.length > 0)
    throw new OfficeError('OFFICE_REQUEST_INVALID', {
      faults: missing.map((field) => ({ field, reason: 'required', message: 'is required' })),
    });
  return fields as unknown as { readonly [Name in keyof Specs]: string };
}
