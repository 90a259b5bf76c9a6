import { describe, it } from 'vitest';
import { deliverThroughStorm } from './alert-storm.ts';

describe('a border pair', () => {
  it('delivers each of 400 alerts exactly once, flash first, though every process is killed and the link is cut', async () => {
    // Long enough for the pauses between tries to have grown almost as long as they get.
    await deliverThroughStorm({ alerts: 400, cutMs: 20_000 });
  }, 300_000);
});
