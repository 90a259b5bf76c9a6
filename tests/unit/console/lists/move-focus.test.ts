import { describe, expect, it } from 'vitest';
import { nextLine } from '../../../../services/console/src/lists/move-focus.ts';

describe('nextLine', () => {
  it('goes down and up without leaving the list', () => {
    expect([nextLine('ArrowDown', -1, 3), nextLine('ArrowDown', 2, 3)]).toEqual([0, 2]);
    expect([nextLine('ArrowUp', 1, 3), nextLine('ArrowUp', 0, 3)]).toEqual([0, 0]);
  });

  it('goes to the ends', () => {
    expect([nextLine('Home', 2, 3), nextLine('End', 0, 3)]).toEqual([0, 2]);
  });

  it('leaves other keys and an empty list alone', () => {
    expect([nextLine('a', 1, 3), nextLine('ArrowDown', -1, 0)]).toEqual([undefined, undefined]);
  });
});
