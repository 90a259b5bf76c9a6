import { type FormFault, findFaults, findUnsaid } from '../../forms/find-faults.ts';
import { isList, isWithin, type JsonObject, valueAt } from '../../forms/json.ts';
import { prepare } from '../../forms/prepare.ts';
import { KINDS } from './kinds.ts';
import { otherFields, type Template } from './templates.ts';

/** A draft as it would be sent, and what stands in the way. */
export interface CheckedDraft {
  readonly prepared: JsonObject;
  /** What is needed and not there yet. */
  readonly missing: readonly FormFault[];
  /** What is there and wrong. */
  readonly wrong: readonly FormFault[];
}

/** Checks a draft by the rules of the contract and of its template. */
export function checkDraft(template: Template, value: JsonObject): CheckedDraft {
  const { message, hasRecipients } = KINDS[template.kind];
  const prepared = prepare(message, value);
  const faults = [...findFaults(message, prepared), ...findUnsaid(message, prepared)];
  const needs = [
    ...(hasRecipients && prepared['supersedes'] === undefined ? ['recipients'] : []),
    // A restriction in words has to have words.
    ...(prepared['handling'] === 'HANDLING_CODE_H3' && template.kind !== 'BulletinSubmission' ? ['caveat'] : []),
    ...(template.needs ?? []),
  ];
  for (const field of needs) {
    const given = valueAt(prepared, field);
    const isThere = given !== undefined && (!isList(given) || given.length > 0);
    if (!isThere && !faults.some((fault) => fault.field === field)) faults.push({ field, reason: 'required' });
  }
  faults.sort((one, other) => placeIn(template, one) - placeIn(template, other));
  return {
    prepared,
    missing: faults.filter(({ reason }) => reason === 'required'),
    wrong: faults.filter(({ reason }) => reason !== 'required'),
  };
}

/** Where a field stands in the form, so that what is wrong is told from the top down. */
function placeIn(template: Template, { field }: FormFault): number {
  const order = ['recipients', ...template.first, ...template.next, ...otherFields(template)];
  const place = order.findIndex((path) => isWithin(field, path) || isWithin(path, field));
  return place < 0 ? order.length : place;
}
