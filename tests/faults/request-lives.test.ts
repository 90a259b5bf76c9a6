import { describe, expect, it } from 'vitest';
import { seededRandom } from './fault-scene.ts';
import { walkRequests } from './request-walk.ts';

describe('requests between two real offices', () => {
  it('come to the same state and the same figures on both sides, though the line is cut and slow and everything is killed', async () => {
    const report = await walkRequests(seededRandom(), 15_000, 90_000);
    expect(report.requests).toBeGreaterThanOrEqual(6);
    expect(report.said).toBeGreaterThanOrEqual(6);
    expect(report.kills).toBeGreaterThan(0);
    console.log(JSON.stringify(report));
  }, 240_000);
});
