import type { Scope } from './ids.ts';

const OPERATION_PREFIX = 'op-';
const DRILL_PREFIX = 'drill-';
const MAX_ID_CHARACTERS = 40;

/** The channel of a joint operation: which one, and whether that is an exercise. */
export interface Channel {
  readonly id: string;
  readonly drill: boolean;
}

/** Whether `text` names a joint operation: lowercase letters, digits and single hyphens, 1 to 40 characters. */
export function isOperationId(text: unknown): text is string {
  return typeof text === 'string' && text.length <= MAX_ID_CHARACTERS && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** The scope of a channel, `op-<id>` or of an exercise `drill-<id>`; undefined for an id that names no operation. */
export function scopeOfChannel({ id, drill }: Channel): Scope | undefined {
  return isOperationId(id) ? (`${drill ? DRILL_PREFIX : OPERATION_PREFIX}${id}` as Scope) : undefined;
}

/** The channel that a scope is of; undefined for the scope of a border pair, and for what is none. */
export function channelOf(scope: unknown): Channel | undefined {
  if (typeof scope !== 'string') return undefined;
  for (const drill of [false, true]) {
    const prefix = drill ? DRILL_PREFIX : OPERATION_PREFIX;
    const id = scope.slice(prefix.length);
    if (scope.startsWith(prefix) && isOperationId(id)) return { id, drill };
  }
  return undefined;
}

/** Whether all that travels in a scope is an exercise, by the scope's own name. */
export function isDrillScope(scope: unknown): boolean {
  return channelOf(scope)?.drill === true;
}
