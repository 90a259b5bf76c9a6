import { describe, it } from 'vitest';
import { deliverThroughStorm } from './alert-storm.ts';

describe('a border pair, for long', () => {
  it('delivers each of 1,000 alerts exactly once, flash first, though every process is killed and the link is cut for a minute', async () => {
    await deliverThroughStorm({ alerts: 1_000, cutMs: 60_000 });
  }, 480_000);
});
