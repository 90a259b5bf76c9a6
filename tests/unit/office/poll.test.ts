import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poll } from '../../../services/office/poll.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('poll', () => {
  it('does the work again and again, never twice at once', async () => {
    let running = 0;
    let most = 0;
    let rounds = 0;
    const polling = poll(1000, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      running--;
      rounds++;
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([rounds, most]).toEqual([4, 1]);
    const closed = polling.close();
    await vi.advanceTimersByTimeAsync(2000);
    await closed;
  });

  it('ends the round that is under way and begins no other', async () => {
    let rounds = 0;
    const polling = poll(1000, async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      rounds++;
    });
    await vi.advanceTimersByTimeAsync(1200);
    const closed = polling.close();
    await vi.advanceTimersByTimeAsync(300);
    await closed;
    expect(rounds).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rounds).toBe(1);
  });
});
