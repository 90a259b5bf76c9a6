import { isLiaisonError, type OfficeId, parsePairScope, type Scope } from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';
import { isSlug } from './token.ts';

/** What a scope stands for: a border pair, or the channel of a joint operation, which is an exercise for ever or never. */
export type ParsedScope =
  | { readonly kind: 'pair'; readonly scope: Scope; readonly offices: readonly [OfficeId, OfficeId] }
  | { readonly kind: 'operation'; readonly scope: Scope; readonly id: string; readonly drill: boolean };

const OPERATION_PREFIX = 'op-';
const DRILL_PREFIX = 'drill-';
const MAX_OPERATION_ID_CHARACTERS = 40;

/** Whether `text` names a joint operation: lowercase letters, digits and single hyphens, 1 to 40 characters. */
export function isOperationId(text: unknown): text is string {
  return isSlug(text) && text.length <= MAX_OPERATION_ID_CHARACTERS;
}

/** The scope of a joint operation's channel, `op-<id>`. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function operationScope(id: string): Scope {
  return channelScope(id, false);
}

/** The scope of the channel of an operation that is an exercise, `drill-<id>`. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function drillScope(id: string): Scope {
  return channelScope(id, true);
}

/** The scope of an operation's channel: of an exercise another than of a real one of that id. @throws SubjectsError SUBJECTS_TOKEN_INVALID. */
export function channelScope(id: string, drill: boolean): Scope {
  if (!isOperationId(id)) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'operation' } });
  return `${drill ? DRILL_PREFIX : OPERATION_PREFIX}${id}` as Scope;
}

/** Whether what travels in a scope is an exercise by the scope's own name. @throws SubjectsError SUBJECTS_SCOPE_INVALID. */
export function isDrillScope(scope: unknown): boolean {
  const parsed = parseScope(scope);
  return parsed.kind === 'operation' && parsed.drill;
}

/**
 * A border pair in canonical order or an operation's channel; `--` never stands in an operation's id and both prefixes
 * differ, so that none of the three can be mistaken for another. @throws SubjectsError SUBJECTS_SCOPE_INVALID.
 */
export function parseScope(text: unknown): ParsedScope {
  if (typeof text === 'string' && text.includes('--')) return parsePair(text);
  for (const [prefix, drill] of [
    [OPERATION_PREFIX, false],
    [DRILL_PREFIX, true],
  ] as const) {
    if (typeof text !== 'string' || !text.startsWith(prefix)) continue;
    const id = text.slice(prefix.length);
    if (isOperationId(id)) return { kind: 'operation', scope: text as Scope, id, drill };
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
