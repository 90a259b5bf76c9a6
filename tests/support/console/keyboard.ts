import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until what has the focus fits, as somebody without a mouse does; fails where nothing in reach does. */
export async function tabTo(page: Page, fits: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if ((await page.evaluate(fits)) === true) return;
  }
  expect.unreachable(`no press of ${key} reaches what fits ${fits}`);
}
