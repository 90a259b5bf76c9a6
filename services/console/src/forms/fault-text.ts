import type { Key } from '../i18n/index.ts';
import { number, t } from '../i18n/index.ts';
import { fieldAt } from './contract.ts';
import type { FormFault } from './find-faults.ts';

/** Reasons that have words of their own; the key of each is `fault.<reason>`. */
export const FAULT_REASONS = [
  'required',
  'too-long',
  'too-many',
  'out-of-range',
  'number-invalid',
  'time-invalid',
  'time-past',
  'time-future',
  'time-too-far',
  'date-invalid',
  'text-invalid',
  'format-wrong',
  'character-hidden',
  'marks-piled',
  'entry-repeated',
  'code-unknown',
  'not-allowed',
  'oneof-ambiguous',
  'recipient-self',
  'office-unknown',
  'pair-unknown',
  'reference-self',
  'reference-unknown',
  'audience-differs',
  'superseded',
  'ring-open',
  'same-as-before',
  'used-before',
  'kind-wrong',
  'signature-invalid',
] as const;

const FORMATS: Readonly<Record<string, Key>> = {
  STRING_FORMAT_NATION: 'fault.format.nation',
  STRING_FORMAT_OFFICE: 'fault.format.office',
  STRING_FORMAT_LANGUAGE: 'fault.format.language',
  STRING_FORMAT_ENVELOPE_ID: 'fault.format.message',
  STRING_FORMAT_REFERENCE: 'fault.format.reference',
  STRING_FORMAT_LINE: 'fault.format.line',
};

/**
 * What is wrong with a field of `message`, in the reader's language; a reason that has no words here is told in the
 * office's English, where the office gave any.
 */
export function faultText(message: string, fault: FormFault & { readonly message?: string }): string {
  const field = fieldAt(message, fault.field)?.field;
  const { reason, character } = fault;
  if (reason === 'format-wrong' || (reason === 'character-hidden' && character === undefined)) {
    const key = FORMATS[field?.format ?? ''];
    if (key !== undefined) return t(key);
  }
  if (reason === 'out-of-range' && field?.minimum !== undefined && field.maximum !== undefined)
    return t('fault.out-of-range.bounds', { minimum: number(field.minimum), maximum: number(field.maximum) });
  if (reason === 'too-long' && field?.kind === 'bytes') return t('fault.too-long.file');
  const values = { max: field?.maxLength ?? 0, items: field?.maxItems ?? 0, character: character ?? '' };
  if ((FAULT_REASONS as readonly string[]).includes(reason)) return t(`fault.${reason}` as Key, values);
  return fault.message ?? t('fault.other');
}
