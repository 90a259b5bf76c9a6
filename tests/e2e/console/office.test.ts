import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { unique } from '../../support/console/seed.ts';
import { endVisits, openDevice, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';

describe('the directory', () => {
  it('says whom to ask for, who is on duty, what was agreed and for how long, and which rules decide', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/directory' });
    const neighbour = page.getByRole('article', { name: 'la-houayxay' });
    const points = neighbour.getByRole('region', { name: 'la-houayxay: Whom to ask for' });
    await points.getByText('Duty desk, day and night').waitFor();
    expect(await points.getByRole('link', { name: '+00 00 555 0100' }).getAttribute('href')).toBe('tel:+00005550100');
    await neighbour.getByRole('region', { name: 'la-houayxay: Duty' }).getByText('On duty', { exact: true }).waitFor();
    await page
      .getByRole('region', { name: 'Laos' })
      .getByText(/^\d+ days left$/)
      .waitFor();

    await page.getByRole('tab', { name: 'Agreements' }).click();
    const agreement = page.getByRole('region', { name: 'mou-la-th, version 1' });
    await agreement.getByText(/^\d+ days left$/).waitFor();
    const article = agreement.getByRole('region', { name: 'mou-la-th: Article 3' });
    await article.getByText('What this lets cross').click();
    await article.getByText('Crime area', { exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByText('Nothing crosses without an agreement that is in force.', { exact: true }).waitFor();
  });
});

describe('paper', () => {
  it('says whose it is, who printed it, and when that was', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/directory' });
    const printed = page.locator('p.printed');
    expect(await printed.getAttribute('data-said')).toBeNull();
    await page.evaluate(`addEventListener('beforeprint', () => {
      globalThis.onPaper = document.querySelector('p.printed').dataset.said;
    })`);
    await page.getByRole('button', { name: 'Print' }).click();
    await expect.poll(() => page.evaluate('globalThis.onPaper')).toEqual(expect.stringContaining('printed by'));
    const first = await page.evaluate('globalThis.onPaper');
    // The time is said to the second.
    await page.waitForTimeout(1100);
    expect((await page.pdf()).length).toBeGreaterThan(1000);
    await expect.poll(() => page.evaluate('globalThis.onPaper')).not.toBe(first);
    const said = String(await page.evaluate('globalThis.onPaper'));
    const [whose, at = ''] = said.split(', ');
    expect(whose).toBe(`${OFFICE} · printed by narcotics-desk`);
    // The office's time, which a page knows to a second or two.
    expect(Math.abs(Date.parse(at.replace(' at ', ' ')) - Date.now())).toBeLessThan(5000);
  });
});

describe('the oversight', () => {
  it('shows an auditor figures and saves them, and what may be published', async () => {
    const page = await visit({ office: OFFICE, name: 'auditor', path: '/oversight' });
    await page.getByRole('region', { name: 'By neighbour' }).first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved).toContain('la-houayxay');
    expect(saved.trim().split('\n').length).toBeGreaterThan(5);
    await page.getByRole('tab', { name: 'For publication' }).click();
    await page.getByText(/^These figures may be published\./).waitFor();
    await page.getByRole('region', { name: /^Month by month, in steps of \d+$/ }).waitFor();
  });

  it('checks the ledger to its end, and shows what the neighbours have seen of it', async () => {
    const page = await visit({ office: OFFICE, name: 'auditor', path: '/oversight?view=ledger' });
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('The ledger is whole').waitFor({ timeout: 60_000 });
    const witness = page
      .getByRole('region', { name: 'Witnesses' })
      .getByRole('listitem')
      .filter({ hasText: 'la-houayxay' });
    await witness.getByText('They saw of ours').waitFor();
    await expect.poll(() => witness.getByText(/^Record [\d,]+/).count(), { timeout: 20_000 }).toBeGreaterThan(0);
  });
});

describe('the people of an office', () => {
  it('get a password for one sign-in, choose their own, and are out at once when they are not let in', async () => {
    const page = await visit({ office: OFFICE, name: 'operator', path: '/people' });
    const name = unique('desk').replace(' ', '-');
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a person' });
    await dialog.getByRole('textbox', { name: 'Name at this office' }).fill(name);
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Password of ${name} for the first sign-in`).waitFor();
    const oneTime = await page.getByRole('main').locator('p.mono').innerText();
    await page.getByRole('button', { name: 'I have told it' }).click();
    await expect.poll(() => page.getByText(oneTime).count()).toBe(0);

    const device = await openDevice(OFFICE);
    await device.goto('/console/inbox');
    await device.getByLabel('Name at this office').fill(name);
    await device.getByLabel('Password').fill(oneTime);
    await device.getByLabel('Password').press('Enter');
    await device.getByText('Choose a password of your own before you go on.').waitFor();
    expect((await device.request.get('/v1/inbox')).ok()).toBe(false);
    const own = 'seven boats went down the river';
    await device.getByLabel('Current password').fill(oneTime);
    await device.getByLabel('New password').fill(own);
    await device.getByLabel('The same password again').fill(own);
    await device.getByRole('button', { name: 'Change password' }).click();
    await device.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();

    const row = page.getByRole('row').filter({ hasText: name });
    await row.getByRole('button', { name: `Do not let in: ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Do not let in' }).click();
    await row.getByText('Not let in since').waitFor();
    expect((await device.request.get('/v1/inbox')).status()).toBe(401);
    await device.getByText('Your sign-in has ended').or(device.getByLabel('Name at this office')).first().waitFor();
  });
});

describe('the settings of a device', () => {
  it('stay after a reload: the language and the appearance', async () => {
    const page = await visit({ office: OFFICE, name: 'border-desk', path: '/settings' });
    await page.getByRole('combobox', { name: 'Appearance' }).selectOption({ label: 'Dark' });
    await page.getByRole('combobox', { name: 'Language' }).selectOption('vi');
    await expect.poll(() => page.getAttribute('html', 'lang')).toBe('vi');
    const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await page.reload();
    await page.locator('main h1').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('vi');
    expect(await background()).toBe(dark);
    expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(false);
  });
});
