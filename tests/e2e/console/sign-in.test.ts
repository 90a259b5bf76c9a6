import { describe, expect, it } from 'vitest';
import { consoleOf, endVisits, openDevice, passwordOf, signIn, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';

describe('signing in', () => {
  it('is done with the keyboard alone, and leads to the page that was asked for', async () => {
    const page = await openDevice(OFFICE);
    await page.goto('/console/settings');
    await page.getByLabel('Name at this office').waitFor();
    for (let presses = 0; presses < 10; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement?.name')) === 'name') break;
    }
    await page.keyboard.type('duty-supervisor');
    await page.keyboard.press('Tab');
    await page.keyboard.type(await passwordOf(OFFICE, 'duty-supervisor'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await page.title()).toContain(OFFICE);
  });

  it('says what is wrong, keeps the name and puts the cursor into the password', async () => {
    const page = await openDevice(OFFICE);
    await page.goto('/console/');
    await page.getByLabel('Name at this office').fill('customs-desk');
    await page.getByLabel('Password').fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name at this office').inputValue()).toBe('customs-desk');
    expect(await page.evaluate('document.activeElement?.name')).toBe('password');
    await page.getByLabel('Password').fill(await passwordOf(OFFICE, 'customs-desk'));
    await page.getByLabel('Password').press('Enter');
    await page.locator('.frame').waitFor();
  });

  it('ends on every page at once, and nothing of the person stays', async () => {
    const page = await visit({ office: OFFICE, name: 'border-desk', path: '/settings' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Name at this office').waitFor();
    const answer = await page.request.get('/v1/inbox');
    expect(answer.status()).toBe(401);
    const cookies = await page.context().cookies(await consoleOf(OFFICE));
    expect(cookies.map(({ value }) => value).filter((value) => value !== '')).toEqual([]);
  });

  it('is asked for again over the page when the session ends, and what was typed is still there', async () => {
    const page = await visit({ office: OFFICE, name: 'narcotics-desk', path: '/compose/warning' });
    const headline = page.getByLabel('Headline').first();
    await headline.fill('Two men with a blue boat');
    await page.context().clearCookies();
    // As another page of the browser does: this one asks the office at once, and not at its next request.
    await page.evaluate(`new BroadcastChannel('liaison').postMessage({ kind: 'in', officer: 'somebody' })`);
    await page.getByRole('dialog').waitFor();
    await page
      .getByRole('dialog')
      .locator('input[type="password"]')
      .fill(await passwordOf(OFFICE, 'narcotics-desk'));
    await page.getByRole('dialog').locator('input[type="password"]').press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await headline.inputValue()).toBe('Two men with a blue boat');
  });

  it('shows nothing of what a role may not see', async () => {
    const page = await visit({ office: OFFICE, name: 'operator', path: '/inbox' });
    await page.getByText('Your role does not see this page.').waitFor();
    expect(await page.getByRole('link', { name: 'Inbox' }).count()).toBe(0);
    expect((await page.request.get('/v1/inbox')).status()).toBe(403);
  });

  it('keeps the offices of one machine apart', async () => {
    const page = await visit({ office: OFFICE, name: 'auditor' });
    await page.goto(`${await consoleOf('la-houayxay')}/console/`).catch(() => undefined);
    await signIn(page, 'la-houayxay', 'auditor');
    await page.goto(`${await consoleOf(OFFICE)}/console/settings`);
    await page.locator('.frame').waitFor();
  });
});
