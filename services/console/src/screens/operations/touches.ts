import type { LiveEvent } from '../../api/live.ts';

/** Whether the transcript may be another after it: it is about the operation, or about a post of it that is loaded. */
export function touches(
  { type, facts }: Pick<LiveEvent, 'type' | 'facts'>,
  operation: string,
  has: (origin: string, id: string) => boolean,
): boolean {
  if (type === 'reset') return true;
  // Of a file, its pieces come by the hundred.
  if (facts['messageKind'] === 'attachment-chunk') return false;
  if (typeof facts['operation'] === 'string') return facts['operation'] === operation;
  const { origin, envelopeId } = facts;
  return typeof origin === 'string' && typeof envelopeId === 'string' && has(origin, envelopeId);
}
