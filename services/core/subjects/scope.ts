import {
  channelOf,
  isLiaisonError,
  type OfficeId,
  parsePairScope,
  type Scope,
  scopeOfChannel,
} from '../foundation/index.ts';
import { SubjectsError } from './errors.ts';

/** What a scope stands for: a border pair, or the channel of a joint operation, which is an exercise for ever or never. */
export type ParsedScope =
  | { readonly kind: 'pair'; readonly scope: Scope; readonly offices: readonly [OfficeId, OfficeId] }
  | { readonly kind: 'operation'; readonly scope: Scope; readonly id: string; readonly drill: boolean };

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
  const scope = scopeOfChannel({ id, drill });
  if (scope === undefined) throw new SubjectsError('SUBJECTS_TOKEN_INVALID', { context: { piece: 'operation' } });
  return scope;
}

/**
 * A border pair in canonical order or an operation's channel; `--` never stands in an operation's id and both prefixes
 * differ, so that none of the three can be mistaken for another. @throws SubjectsError SUBJECTS_SCOPE_INVALID.
 */
export function parseScope(text: unknown): ParsedScope {
  if (typeof text === 'string' && text.includes('--')) return parsePair(text);
  const channel = channelOf(text);
  if (channel === undefined) throw new SubjectsError('SUBJECTS_SCOPE_INVALID');
  return { kind: 'operation', scope: text as Scope, ...channel };
}

function parsePair(text: string): ParsedScope {
  try {
    return { kind: 'pair', scope: text as Scope, offices: parsePairScope(text) };
  } catch (cause) {
    if (!isLiaisonError(cause)) throw cause;
    throw new SubjectsError('SUBJECTS_SCOPE_INVALID', { cause });
  }
}
