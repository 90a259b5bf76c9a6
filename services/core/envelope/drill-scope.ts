import { channelOf } from '../foundation/index.ts';
import type { EnvelopeHeader } from '../wire/index.ts';
import { EnvelopeError } from './errors.ts';

/** An exercise is in no channel of a real operation, and nothing real in the channel of an exercise. @throws EnvelopeError ENVELOPE_DRILL_SCOPE_MISMATCH. */
export function assertDrillScope({ id, drill }: Pick<EnvelopeHeader, 'id' | 'drill'>, scope: string): void {
  const channel = channelOf(scope);
  if (channel !== undefined && channel.drill !== drill)
    throw new EnvelopeError('ENVELOPE_DRILL_SCOPE_MISMATCH', { context: { id, drill } });
}
