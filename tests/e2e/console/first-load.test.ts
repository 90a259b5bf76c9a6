import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { arrived, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, openDevice, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';
/** Half of what a first load may be in all, since most lines here carry 64 kbit/s. */
const MOST_BYTES = 75_000;

/** What a page loads until the inbox is drawn. */
interface Loaded {
  readonly page: Page;
  readonly bytes: number;
  readonly asked: readonly string[];
}

/** Opens the inbox on a device that has nothing of the console yet, but the cookie of somebody who is signed in. */
async function loadInbox(signedIn: Page, language: string): Promise<Loaded> {
  const page = await openDevice(OFFICE, { language, device: { viewport: { width: 412, height: 823 } } });
  await page.context().addCookies(await signedIn.context().cookies());
  const lines = await page.context().newCDPSession(page);
  const asked = new Map<string, string>();
  let bytes = 0;
  lines.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    if (!url.endsWith('.woff2')) asked.set(requestId, new URL(url).pathname + new URL(url).search);
  });
  lines.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (asked.has(requestId)) bytes += encodedDataLength;
  });
  await lines.send('Network.enable');
  await page.goto('/console/inbox');
  await page.locator('[data-line]').first().waitFor();
  return { page, bytes, asked: [...asked.values()] };
}

describe('the first load', () => {
  it.each(['en', 'my'])(
    'is small in %s, asks for nothing twice, and draws the list from one answer',
    async (language) => {
      await arrived(
        OFFICE,
        'la-houayxay',
        await submit('la-houayxay', '/v1/alerts', plainAlert(OFFICE, unique('A raft'))),
      );
      const supervisor = await visit({ office: OFFICE, name: 'duty-supervisor', path: '/settings' });
      const { bytes, asked } = await loadInbox(supervisor, language);
      expect(bytes).toBeGreaterThan(20_000);
      expect(bytes).toBeLessThan(MOST_BYTES);
      expect(asked.filter((address, index) => asked.indexOf(address) !== index)).toEqual([]);
      expect(asked).toContain('/v1/session');
      expect(asked.filter((address) => /\.(js|css)$/.test(address)).length).toBeLessThan(6);
    },
  );

  it('draws every line within moments, and the keyboard reaches the last', async () => {
    const supervisor = await visit({ office: OFFICE, name: 'duty-supervisor', path: '/settings' });
    const page = await openDevice(OFFICE);
    await page.context().addCookies(await supervisor.context().cookies());
    await page.route('**/v1/inbox?status=open&limit=40', async (route) => {
      const response = await route.fetch();
      const { items } = (await response.json()) as { items: readonly object[] };
      const many = Array.from({ length: 40 }, (_, index) => ({ ...items[0], id: `line-${index}` }));
      await route.fulfill({ response, json: { items: many, next: null } });
    });
    await page.goto('/console/inbox');
    const lines = page.locator('[data-line]');
    await expect.poll(() => lines.count(), { timeout: 10_000 }).toBe(40);
    await lines.first().focus();
    await page.keyboard.press('End');
    expect(await page.evaluate(`document.activeElement.closest('li').dataset.key`)).toMatch(/line-39$/);
    await page.keyboard.press('t');
    await page.getByRole('region', { name: 'Work on this message' }).waitFor();
  });
});
