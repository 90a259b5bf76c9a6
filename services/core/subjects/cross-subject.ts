import { type Brand, isOfficeId, nationOf, type OfficeId, type Scope } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';
import { type Precedence, parsePrecedence } from './precedence.ts';
import { parseScope } from './scope.ts';

/** `cross.<scope>.<from>.<to>.<precedence>`: what one office publishes for another over a border. */
export type CrossSubject = Brand<string, 'CrossSubject'>;

/** The pieces of a subject between two offices. */
export interface CrossParts {
  readonly scope: Scope;
  readonly from: OfficeId;
  readonly to: OfficeId;
  readonly precedence: Precedence;
}

/**
 * The subject of a crossing; every piece is checked, so that nothing else can be smuggled into it.
 *
 * @throws SubjectsError SUBJECTS_SCOPE_INVALID, SUBJECTS_TOKEN_INVALID, SUBJECTS_PARTIES_INVALID, SUBJECTS_PRECEDENCE_INVALID.
 */
export function crossSubject(parts: CrossParts): CrossSubject {
  const { scope, from, to, precedence } = checkedParts(parts);
  return `cross.${scope}.${from}.${to}.${precedence}` as CrossSubject;
}

/** The pieces of a crossing's subject: exactly what built it. @throws SubjectsError SUBJECTS_FORM_INVALID and as `crossSubject`. */
export function parseCrossSubject(text: unknown): CrossParts {
  const tokens = typeof text === 'string' ? text.split('.') : [];
  const [family, scope, from, to, precedence, ...more] = tokens;
  if (family !== 'cross' || precedence === undefined || more.length > 0)
    throw new SubjectsError('SUBJECTS_FORM_INVALID');
  return checkedParts({ scope, from, to, precedence });
}

/** Every subject that `from` may publish for `to`, in one scope or in any, as a filter that ends in one token. */
export function crossFilter(from: OfficeId, to: OfficeId, scope?: Scope): string {
  const parts = checkedOffices(from, to);
  const scopeToken = scope === undefined ? '*' : scopeOf(scope, parts.from, parts.to);
  return `cross.${scopeToken}.${parts.from}.${parts.to}.*`;
}

/** What `from` publishes for `to` with one precedence, in any scope, as a filter. */
export function crossLaneFilter(from: OfficeId, to: OfficeId, precedence: Precedence): string {
  const parts = checkedOffices(from, to);
  return `cross.*.${parts.from}.${parts.to}.${parsePrecedence(precedence)}`;
}

function checkedParts(parts: { readonly [K in keyof CrossParts]: unknown }): CrossParts {
  const { from, to } = checkedOffices(parts.from, parts.to);
  return { scope: scopeOf(parts.scope, from, to), from, to, precedence: parsePrecedence(parts.precedence) };
}

function checkedOffices(from: unknown, to: unknown): { from: OfficeId; to: OfficeId } {
  if (!isOfficeId(from)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'from' } });
  if (!isOfficeId(to)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'to' } });
  if (nationOf(from) === nationOf(to)) throw new SubjectsError('SUBJECTS_PARTIES_INVALID');
  return { from, to };
}

function scopeOf(text: unknown, from: OfficeId, to: OfficeId): Scope {
  const parsed = parseScope(text);
  if (parsed.kind === 'pair' && !(parsed.offices.includes(from) && parsed.offices.includes(to))) {
    throw new SubjectsError('SUBJECTS_PARTIES_INVALID');
  }
  return parsed.scope;
}
