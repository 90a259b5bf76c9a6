import type { OfficeId, Scope } from '../../foundation/index.ts';
import { crossFilter } from '../../subjects/index.ts';
import { BusError } from '../errors.ts';

/** @throws BusError BUS_CONFIG_INVALID, naming what was repeated. */
export function assertUnique(values: readonly string[], value: string): void {
  if (new Set(values).size !== values.length) throw configInvalid(value, 'repeated');
}

/** The filters of what `from` publishes for `to`: one per scope, or one for every scope where they run operations together. @throws BusError BUS_CONFIG_INVALID without a scope; SubjectsError. */
export function filtersOf(
  from: OfficeId,
  to: OfficeId,
  { scopes, operations = false }: { readonly scopes: readonly Scope[]; readonly operations?: boolean },
): readonly string[] {
  if (scopes.length === 0) throw configInvalid('scopes', 'empty');
  // It takes in those of the scopes: two that overlap would hand one message over twice.
  if (operations) return [crossFilter(from, to)];
  return scopes.map((scope) => crossFilter(from, to, scope));
}

/** The error for an input that no configuration can be made of. */
export function configInvalid(value: string, fault: string): BusError {
  return new BusError('BUS_CONFIG_INVALID', { context: { value, fault } });
}
