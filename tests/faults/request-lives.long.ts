import { describe, expect, it } from 'vitest';
import { seededRandom } from './fault-scene.ts';
import { walkRequests } from './request-walk.ts';

const MINUTES = Number(process.env['LIAISON_FAULT_MINUTES'] ?? '10');
const SETTLING_MS = 600_000;

describe('requests between two real offices, for long', () => {
  it(
    `come to the same state and the same figures on both sides after ${MINUTES} minutes of faults, drawn from a seed`,
    async () => {
      const report = await walkRequests(seededRandom(), MINUTES * 60_000, SETTLING_MS);
      expect(report.said).toBeGreaterThan(0);
      console.log(JSON.stringify(report));
    },
    MINUTES * 60_000 + 2 * SETTLING_MS,
  );
});
