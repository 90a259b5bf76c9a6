import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';
import { addressesOf, SCREENS } from '../support/console/screens.ts';
import { seedRequestAndHeld } from '../support/console/seed.ts';
import { endVisits, openDevice, visit } from '../support/console/visit.ts';

/** Where the pictures go; not part of the project but for those that the README shows. */
const folder = process.env['SCREENSHOTS'] ?? join(projectRoot, '.liaison/screenshots');
/** Latin, Thai, Burmese and Chinese letters. */
const LANGUAGES = (process.env['SCREENSHOT_LANGUAGES'] ?? 'en,th,my,zh').split(',');
const DEVICES = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
} as const;

endVisits();
beforeAll(() => seedRequestAndHeld('th-chiang-khong', 'la-houayxay'));

async function picture(page: Page, name: string): Promise<void> {
  // What is asked for has come, and nothing moves any more.
  await page.waitForTimeout(1500);
  const device = page.viewportSize();
  if (device === null) throw new TypeError('a device without a size');
  // As high as the page: a picture of more than the window would be drawn without the finger, and with bars in its middle.
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ ...device, height: Math.max(device.height, height) });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.setViewportSize(device);
}

it.each(LANGUAGES)('takes a picture of every screen in %s', async (language) => {
  await mkdir(folder, { recursive: true });
  const taken = new Set<string>();
  // The other languages are looked at on the desk; what a phone and the dark do is the same in all.
  const devices = language === 'en' ? Object.entries(DEVICES) : [['desk', DEVICES.desk] as const];
  for (const [name, device] of devices) {
    const signIn = await openDevice('th-chiang-khong', { language, device });
    await signIn.goto('/console/');
    await picture(signIn, `${language}-${name}-sign-in`);
    await signIn.context().close();
    for (const who of ['duty-supervisor', 'auditor', 'operator'] as const) {
      const page = await visit({ office: 'th-chiang-khong', name: who, language, device });
      for (const [screen, to] of await addressesOf(page, who)) {
        await page.goto(`/console${to}`);
        await page.locator('main h1').first().waitFor();
        await picture(page, `${language}-${name}-${screen}`);
        taken.add(screen);
      }
      await page.context().close();
    }
  }
  expect([...taken].sort()).toEqual(SCREENS.map(({ name }) => name).sort());
});
