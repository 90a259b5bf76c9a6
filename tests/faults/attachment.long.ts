import { describe, expect, it } from 'vitest';
import { bugsOf, overBadLines, textOf } from '../unit/relay/operations/attachments/scene.ts';
import { liveOperation, operationOffices } from '../unit/relay/operations/operation-offices.ts';

const WITHIN_MS = 300_000;

describe('a file of 25 MB between three offices', () => {
  it(
    'arrives whole over lines that lose, repeat, damage and are cut, with both ends killed on the way',
    async () => {
      const offices = await operationOffices();
      await liveOperation(offices);
      expect(await overBadLines(offices, textOf(25 * 1024 * 1024), WITHIN_MS)).toBe('');
      expect(bugsOf(offices)).toEqual([]);
      await offices.close();
    },
    3 * WITHIN_MS,
  );
});
