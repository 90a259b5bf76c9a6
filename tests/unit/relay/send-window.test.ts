import { describe, expect, it } from 'vitest';
import { sendWindow } from '../../../services/core/relay/send-window.ts';

/** Fills the window again and again on a line of that length and rate; how long the last byte of a full line takes to go, in the end. */
function queueAfter(
  wayMs: number,
  bytesPerMs: number,
  frames = 60,
): { readonly queueMs: number; readonly room: number } {
  const window = sendWindow(() => 0.5);
  // A status is what goes first.
  window.acknowledged(1024, wayMs + 1024 / bytesPerMs);
  for (let frame = 0; frame < frames; frame++)
    window.acknowledged(window.maxFrameBytes() * 2, wayMs + (window.maxFrameBytes() * 2) / bytesPerMs);
  const room = window.maxFrameBytes() * 2;
  return { queueMs: room / bytesPerMs - wayMs, room };
}

describe('sendWindow', () => {
  it.each([
    [1, 100_000],
    [20, 10_000],
    [40, 100],
    [600, 50],
    [1200, 125],
    [150, 8],
  ])(
    'puts no more on a line of %i ms and %i bytes a millisecond than goes in little over a second',
    (wayMs, bytesPerMs) => {
      expect(queueAfter(wayMs, bytesPerMs).queueMs).toBeLessThan(1300);
    },
  );

  it.each([
    [1, 100_000],
    [600, 50],
    [1200, 125],
  ])('fills a line that is only long: %i ms and %i bytes a millisecond', (wayMs, bytesPerMs) => {
    expect(queueAfter(wayMs, bytesPerMs).room).toBeGreaterThanOrEqual(Math.min(1536 * 1024, wayMs * bytesPerMs));
  });

  it('always lets something go when nothing is on the line', () => {
    const window = sendWindow(() => 0.5);
    window.acknowledged(1, 60_000);
    expect(window.hasRoom(0)).toBe(true);
    expect(window.hasRoom(1024 * 1024)).toBe(false);
  });

  it('begins anew after the line was gone', () => {
    const window = sendWindow(() => 0.5);
    for (let frame = 0; frame < 20; frame++) window.acknowledged(1024 * 1024, 1);
    window.lost();
    expect(window.maxFrameBytes()).toBeLessThanOrEqual(16 * 1024);
  });

  it('tries again after a quarter of a second, then twice as long, never more than about ten seconds', () => {
    const window = sendWindow(() => 0.5);
    expect([1, 2, 3, 20].map(window.retryDelayMs)).toEqual([250, 500, 1000, 10_000]);
  });
});
