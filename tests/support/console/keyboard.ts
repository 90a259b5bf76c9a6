import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until what has the focus fits, as somebody without a mouse does; fails where nothing in reach does. */
export async function tabTo(page: Page, fits: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if ((await page.evaluate(fits)) === true) return;
  }
  expect.unreachable(`no press of ${key} reaches what fits ${fits}`);
}

/** More than any page has to tab through. */
const MOST_STOPS = 100;

/** Where the focus is, and whether a ring on the screen says so: on it, on its line, or drawn over its line. */
interface Look {
  /** Null where nothing has it. */
  readonly name: string | null;
  readonly isThere: boolean;
  readonly isSeen: boolean;
  /** Whether it comes after what is wanted. */
  readonly isPast: boolean;
}

interface Ringed {
  readonly outlineStyle: string;
  readonly outlineWidth: string;
}

interface Focused {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly labels?: readonly { readonly textContent: string | null }[];
  readonly getAttribute: (name: string) => string | null;
  readonly compareDocumentPosition: (other: unknown) => number;
  readonly closest: (selector: string) => Focused | null;
  readonly getBoundingClientRect: () => Readonly<Record<'width' | 'top' | 'bottom' | 'left' | 'right', number>>;
}

/** Runs in the page. */
function look(wanted: unknown): Look {
  const PRECEDING = 2;
  const { document, getComputedStyle, innerHeight, innerWidth } = globalThis as unknown as {
    readonly document: { readonly activeElement: Focused | null; readonly body: unknown };
    readonly getComputedStyle: (element: Focused, pseudo?: string) => Ringed;
    readonly innerHeight: number;
    readonly innerWidth: number;
  };
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: null, isThere: false, isSeen: false, isPast: false };
  const hasRing = ({ outlineStyle, outlineWidth }: Ringed): boolean =>
    outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  const line = at.closest('li, label') ?? at;
  const { width, top, bottom, left, right } = at.getBoundingClientRect();
  const words = at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent ?? '';
  return {
    name: `${at.tagName.toLowerCase()} ${words.slice(0, 60)}`,
    isThere: at === wanted,
    isPast: (at.compareDocumentPosition(wanted) & PRECEDING) !== 0,
    isSeen:
      width > 0 &&
      bottom > 0 &&
      right > 0 &&
      top < innerHeight &&
      left < innerWidth &&
      [getComputedStyle(at), getComputedStyle(at, '::after'), getComputedStyle(line)].some(hasRing),
  };
}

/** What somebody without a mouse does on a page. Everything that they pass on the way must show that it has the focus. */
export interface Keyboard {
  /** Tabs to it, forwards or backwards, whichever is its way. */
  readonly reach: (wanted: Locator) => Promise<void>;
  /** Tabs to it and presses a key there. */
  readonly press: (wanted: Locator, key?: string) => Promise<void>;
  /** Tabs to a field and types into it, over what was there. */
  readonly type: (field: Locator, text: string) => Promise<void>;
  /** Tabs to a list of choices and goes down to that one. */
  readonly choose: (field: Locator, option: string) => Promise<void>;
  /** The act is over and the keyboard goes on from somewhere in the page, not from its beginning. */
  readonly goesOn: () => Promise<void>;
}

/** Whether it has the focus itself. */
export async function hasFocus(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(':focus')).count()) === 1;
}

/** The keyboard of that page. */
export function keyboardOf(page: Page): Keyboard {
  const reach: Keyboard['reach'] = async (wanted) => {
    await wanted.waitFor();
    let at = await wanted.evaluate(look);
    const key = at.isPast ? 'Shift+Tab' : 'Tab';
    for (let presses = 0; !at.isThere && presses < MOST_STOPS; presses++) {
      await page.keyboard.press(key);
      at = await wanted.evaluate(look);
      if (at.name !== null) expect(at.isSeen, `the focus is seen on ${at.name}`).toBe(true);
    }
    expect(at.isThere, `${key} reaches ${wanted}`).toBe(true);
  };
  return {
    reach,
    press: async (wanted, key = 'Enter') => {
      await reach(wanted);
      await page.keyboard.press(key);
    },
    type: async (field, text) => {
      await reach(field);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    choose: async (field, option) => {
      await reach(field);
      const chosen = (): Promise<string | null> => field.locator('option:checked').textContent();
      await page.keyboard.press('Home');
      for (let presses = 0; presses < MOST_STOPS && (await chosen()) !== option; presses++)
        await page.keyboard.press('ArrowDown');
      expect(await chosen()).toBe(option);
    },
    goesOn: async () => {
      const where = async (): Promise<string | null> => (await page.locator('body').evaluate(look)).name;
      await expect.poll(where, { message: 'the focus is lost' }).not.toBeNull();
    },
  };
}
