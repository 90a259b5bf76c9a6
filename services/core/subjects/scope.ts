import { isLiaisonError, type OfficeId, parsePairScope, type Scope } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';
import { isSlug } from './token.ts';

/** What a scope stands for. */
export type ParsedScope =
  | { readonly kind: 'pair'; readonly scope: Scope; readonly offices: readonly [OfficeId, OfficeId] }
  | { readonly kind: 'operation'; readonly scope: Scope; readonly name: string };

const OPERATION_PREFIX = 'op-';

/** The scope of a joint operation, `op-<name>`. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function operationScope(name: string): Scope {
  if (!isSlug(name)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'operation' } });
  return `${OPERATION_PREFIX}${name}` as Scope;
}

/**
 * A border pair in canonical order or an operation; `--` never stands in an operation's name, so the two cannot be
 * mistaken for each other. @throws SubjectsError SUBJECTS_SCOPE_INVALID.
 */
export function parseScope(text: unknown): ParsedScope {
  if (typeof text === 'string' && text.includes('--')) return parsePair(text);
  if (typeof text === 'string' && text.startsWith(OPERATION_PREFIX) && isSlug(text.slice(OPERATION_PREFIX.length))) {
    return { kind: 'operation', scope: text as Scope, name: text.slice(OPERATION_PREFIX.length) };
  }
  throw new SubjectsError('SUBJECTS_SCOPE_INVALID');
}

function parsePair(text: string): ParsedScope {
  try {
    return { kind: 'pair', scope: text as Scope, offices: parsePairScope(text) };
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    throw new SubjectsError('SUBJECTS_SCOPE_INVALID', { cause });
  }
}
