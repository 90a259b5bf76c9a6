import { describe, expect, it } from 'vitest';
import { hasFocus, keyboardOf } from '../../support/console/keyboard.ts';
import { unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';

describe('with the keyboard alone', () => {
  it('the directory, the settings and the kit are used', async () => {
    const page = await visit({ office: OFFICE, name: 'customs-desk', path: '/directory' });
    const keys = keyboardOf(page);
    await keys.type(page.getByRole('searchbox', { name: /^Find an office/ }), 'houayxay');
    const neighbour = page.getByRole('article', { name: 'la-houayxay' });
    await keys.press(neighbour.getByText(/^\d+ keys$/));
    await neighbour.getByRole('table').waitFor();
    await keys.reach(page.getByRole('tab', { name: 'Offices' }));
    await page.keyboard.press('ArrowRight');
    const article = page.getByRole('region', { name: 'mou-la-th: Article 3' });
    await keys.press(article.getByText('What this lets cross'), 'Space');
    await article.getByText('Crime area', { exact: true }).waitFor();
    await keys.goesOn();

    await keys.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }));
    await keys.choose(page.getByRole('combobox', { name: 'Appearance' }), 'Dark');
    const sound = page.getByRole('checkbox', { name: 'Play a sound for flash messages' });
    if ((await sound.count()) > 0) {
      await keys.press(sound, 'Space');
      expect(await page.evaluate('localStorage.getItem("liaison.sound")')).toBe('off');
    }
    await keys.reach(page.getByRole('combobox', { name: 'Language' }));
    await page.keyboard.type('Bahasa');
    await expect.poll(() => page.getAttribute('html', 'lang')).toMatch(/^(ms|id)$/);
    await keys.goesOn();

    await page.goto('/console/kit');
    await keys.press(page.getByRole('button', { name: 'Dialog' }));
    const dialog = page.getByRole('dialog', { name: 'Dialog' });
    await dialog.waitFor();
    // The keyboard stays in it until it is closed, and then is where it was.
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.locator('main :focus').and(page.locator(':not(dialog *)')).count()).toBe(0);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(page.getByRole('button', { name: 'Dialog' }))).toBe(true);
    await keys.reach(page.getByRole('tab', { name: 'One' }));
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: 'Two', selected: true }).waitFor();
  });

  it('an auditor changes the period, saves the figures, and checks the ledger', async () => {
    const page = await visit({ office: OFFICE, name: 'auditor', path: '/oversight' });
    const keys = keyboardOf(page);
    await page.getByRole('region', { name: 'By neighbour' }).first().waitFor();
    const figures = page.waitForRequest((request) => request.url().includes('/v1/figures?'));
    await keys.choose(page.getByRole('combobox', { name: 'Period' }), 'Last 30 days');
    await figures;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      keys.press(page.getByRole('button', { name: 'Save as CSV' })),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    await keys.goesOn();
    await keys.reach(page.getByRole('tab', { name: 'Figures' }));
    await page.keyboard.press('ArrowLeft');
    const checked = page.waitForResponse(
      (response) => response.url().endsWith('/v1/ledger/check') && response.request().method() === 'POST',
    );
    await keys.press(page.getByRole('button', { name: 'Check now' }));
    expect((await checked).ok()).toBe(true);
    await page.getByText('The ledger is whole').waitFor();
    await keys.goesOn();
  });

  it('an operator lets somebody in, gives them another password, and lets them in no more', async () => {
    const page = await visit({ office: OFFICE, name: 'operator', path: '/people' });
    const keys = keyboardOf(page);
    const name = unique('post').replace(' ', '-');
    await keys.press(page.getByRole('button', { name: 'Add a person' }));
    const add = page.getByRole('dialog', { name: 'Add a person' });
    await keys.type(add.getByRole('textbox', { name: 'Name at this office' }), name);
    await keys.choose(add.getByRole('combobox', { name: 'Role' }), 'Auditor');
    await keys.press(add.getByRole('button', { name: 'Save' }));
    const told = page.getByRole('button', { name: 'I have told it' });
    await keys.press(told);
    await told.waitFor({ state: 'detached' });
    await keys.goesOn();
    for (const [act, result] of [
      ['New password', told],
      ['Do not let in', page.getByRole('row').filter({ hasText: name }).getByText('Not let in since')],
    ] as const) {
      await keys.press(page.getByRole('button', { name: `${act}: ${name}` }));
      await keys.press(page.getByRole('dialog').getByRole('button', { name: act, exact: true }));
      await result.waitFor();
      await keys.goesOn();
    }
  });
});
