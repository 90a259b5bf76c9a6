import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../deploy/bootstrap/paths.mjs';
import { addressesOf } from '../../support/console/screens.ts';
import { seedRequestAndHeld } from '../../support/console/seed.ts';
import { endVisits, openDevice, seriousFindings, visit } from '../../support/console/visit.ts';
import { eventually } from '../../support/eventually.ts';

endVisits();

const OFFICE = 'th-chiang-khong';
beforeAll(() => seedRequestAndHeld(OFFICE, 'la-houayxay'));

const PEOPLE = ['duty-supervisor', 'auditor', 'operator'] as const;
const LANGUAGES = ['en', 'th', 'lo', 'km', 'my', 'vi', 'zh', 'ms', 'id'] as const;
/** The font that has the letters of a language, where the first one has not. */
const FONTS: Readonly<Record<string, string>> = {
  th: 'Noto Sans Thai Variable',
  lo: 'Noto Sans Lao Variable',
  km: 'Noto Sans Khmer Variable',
  my: 'Noto Sans Myanmar Variable',
  zh: 'Noto Sans SC Variable',
};

/** Opens a screen and waits until it shows what it asked for. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(`/console${address}`);
  await page.locator('main h1').first().waitFor();
  // The events never end, so the network is never idle: what is shown has come when it stays as it is.
  let before = '';
  await eventually(
    async () => {
      const now = (await page.locator('main').textContent()) ?? '';
      const isSame = now === before;
      before = now;
      expect(isSame && now !== '').toBe(true);
    },
    { everyMs: 200, withinMs: 5000 },
  );
}

/** By how many pixels the page is wider than the device; what scrolls within itself does not count. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

describe.each(PEOPLE)('the screens of %s', (who) => {
  it('have nothing that axe-core finds serious, in the light and in the dark, and fit a phone', async () => {
    const page = await visit({ office: OFFICE, name: who });
    for (const [name, to] of await addressesOf(page, who)) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      await open(page, to);
      expect(await seriousFindings(page), `${name}, light`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page), `${name}, dark`).toEqual([]);
      // 360 px is also 200 % of a window of 720 px.
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await overflow(page), `${name}, phone`).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page), `${name}, phone`).toEqual([]);
    }
  });
});

describe.each(LANGUAGES)('the console in %s', (language) => {
  it('has every text, in letters that are there, and says so to a screen reader', async () => {
    const keys = Object.keys(
      (JSON.parse(readFileSync(join(projectRoot, 'services/console/languages/en.json'), 'utf8')) as { ui: object }).ui,
    );
    const page = await visit({ office: OFFICE, name: 'duty-supervisor', language, path: '/inbox' });
    for (const address of ['/inbox', '/compose/warning', '/held', '/directory']) {
      await open(page, address);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read by anybody
      const text = await page.locator('body').innerText();
      expect(keys.filter((key) => text.split(/\s/).includes(key))).toEqual([]);
      expect(text).not.toMatch(/\b[A-Z]+(?:_[A-Z]+)+_[A-Z]+\b/);
    }
    const font = FONTS[language];
    if (font === undefined) return;
    const isLoaded = await page.evaluate(
      `[...document.fonts].some((face) => face.family.replaceAll('"', '') === ${JSON.stringify(font)} && face.status === 'loaded')`,
    );
    expect(isLoaded, font).toBe(true);
  });
});

describe('the sign-in', () => {
  it('has nothing that axe-core finds serious, and fits a phone', async () => {
    const page = await openDevice(OFFICE, { device: { viewport: { width: 360, height: 740 } } });
    await page.goto('/console/');
    await page.locator('input[name="password"]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
