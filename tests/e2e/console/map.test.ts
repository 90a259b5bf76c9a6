import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';

/** The map of the office once its offices are drawn. */
async function openMap(): Promise<{ readonly page: Page; readonly map: Locator; readonly list: Locator }> {
  const page = await visit({ office: OFFICE, name: 'duty-supervisor', path: '/map' });
  const map = page.getByRole('application', { name: /^Map\./ });
  const list = page.getByRole('region', { name: /things? on the map$/ });
  await map.getByRole('button', { name: /^th-chiang-khong: .*\(this office\)$/ }).waitFor();
  return { page, map, list };
}

function focused(page: Page): Promise<string | null> {
  return page.evaluate(
    "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.innerText ?? null",
  );
}

describe('the map', () => {
  it('shows offices, lines, alerts and bulletins, each in the list too, and says that borders are indicative', async () => {
    const { page, map, list } = await openMap();
    for (const name of [
      /^la-houayxay: /,
      /^Line to la-houayxay: up$/,
      /^Flash: Pickup with a hidden compartment .* from th-chiang-khong$/,
      /^Bulletin: .* from mm-tachileik$/,
    ]) {
      await map.getByRole('button', { name }).first().waitFor();
      await list
        .getByRole('button', { name: new RegExp(name.source.replace('^', '')) })
        .first()
        .waitFor();
    }
    await expect.poll(() => list.getByRole('button').count()).toBe(await map.getByRole('button').count());
    await page.getByText(/^Boundaries and names are indicative and express no opinion/).waitFor();
    // The ground comes from this office like everything else.
    await map.locator('path.map-border').waitFor({ state: 'attached' });
    await page.getByRole('checkbox', { name: /^Alert \(\d+\)$/ }).uncheck();
    await expect.poll(() => map.getByRole('button', { name: /^Flash: / }).count()).toBe(0);
    expect(await list.getByRole('button', { name: /^Alert / }).count()).toBe(0);
  });

  it('lets somebody choose with the keyboard alone, from the list and on the map, and leads to the message', async () => {
    const { page, map, list } = await openMap();
    const chosen = page.getByRole('region', { name: 'Chosen on the map' });
    await list.getByRole('button', { name: /^Office la-houayxay: / }).focus();
    await page.keyboard.press('Enter');
    await chosen.getByText(/^la-houayxay: /).waitFor();
    expect(await map.getByRole('button', { name: /^la-houayxay: / }).getAttribute('aria-pressed')).toBe('true');
    await map.focus();
    for (let presses = 0; presses < 30 && !(await focused(page))?.startsWith('Flash: '); presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await chosen.getByText(/^Flash: /).waitFor();
    await chosen.getByRole('link', { name: 'Open it' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/console\/messages\/th-chiang-khong\//);
  });

  it('draws a route with the keyboard alone, and shares it as a bulletin', async () => {
    const { page, map } = await openMap();
    await page.getByRole('button', { name: 'Draw a route' }).press('Enter');
    const drawing = page.getByRole('region', { name: 'The route you draw' });
    await map.focus();
    for (const key of ['Enter', 'ArrowRight', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter'])
      await page.keyboard.press(key);
    await drawing.getByText('3 points', { exact: true }).waitFor();
    await drawing.getByRole('button', { name: 'Take the last point back' }).press('Enter');
    await drawing.getByText('2 points', { exact: true }).waitFor();
    const east = async (n: number): Promise<number> =>
      Number(await drawing.getByRole('spinbutton', { name: `Point ${n}: degrees east` }).inputValue());
    const north = async (n: number): Promise<number> =>
      Number(await drawing.getByRole('spinbutton', { name: `Point ${n}: degrees north` }).inputValue());
    expect(await east(2)).toBeGreaterThan(await east(1));
    expect(await north(2)).toBeCloseTo(await north(1), 3);
    const route = [
      [await east(1), await north(1)],
      [await east(2), await north(2)],
    ];
    await drawing.getByRole('button', { name: 'Share as a bulletin' }).press('Enter');
    const form = page.getByRole('form', { name: 'Bulletin to the region' });
    await form.waitFor();
    expect(await form.getByRole('radio', { name: 'Route', exact: true }).isChecked()).toBe(true);
    for (const [index, [longitude, latitude]] of route.entries()) {
      await expect.poll(() => form.locator('input').evaluateAll(VALUES)).toContain(String(longitude));
      expect(await form.locator('input').evaluateAll(VALUES), `point ${index + 1}`).toContain(String(latitude));
    }
  });

  it('saves what it shows as GeoJSON, opens such a file, and says plainly what it cannot open', async () => {
    const { page, map, list } = await openMap();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as GeoJSON' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('map.geojson');
    const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      readonly type: string;
      readonly features: readonly { readonly geometry: { readonly type: string } }[];
    };
    expect(saved.type).toBe('FeatureCollection');
    expect(saved.features.length).toBe(await list.getByRole('button').count());

    const file = page.getByLabel('Open GeoJSON');
    const refusal = page.getByText('That file is no GeoJSON that can be shown, or it is too large.');
    await file.setInputFiles(geoJson('broken.geojson', '{"type":"FeatureCollection","features":[{"type":'));
    await refusal.waitFor();
    expect(await map.getByRole('button', { name: /^la-houayxay: / }).count()).toBe(1);
    await file.setInputFiles(
      geoJson(
        'patrol.geojson',
        JSON.stringify({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [100.3, 20.3] },
          properties: { name: '<b>Patrol hut</b>' },
        }),
      ),
    );
    await map.getByRole('button', { name: '<b>Patrol hut</b>' }).waitFor();
    await list.getByRole('button', { name: 'From a file <b>Patrol hut</b>' }).waitFor();
    await refusal.waitFor({ state: 'detached' });
  });
});

const VALUES = (inputs: readonly unknown[]): string[] => inputs.map((input) => (input as { value: string }).value);

function geoJson(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/geo+json', buffer: Buffer.from(text) };
}
