import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { endVisits, openDevice, passwordOf, signIn, visit } from '../../support/console/visit.ts';

endVisits();

const OFFICE = 'th-chiang-khong';
const PROOF = 'Prove again that it is you';

/** The office's answer to the next such request is that the sign-in was too long ago; the one after it goes through. */
async function refuseOnce(page: Page, address: string): Promise<void> {
  const body = { code: 'ACCESS_PROOF_NEEDED', title: 'x', detail: 'x', status: 403, faults: [], correlationId: 'x' };
  await page.route(
    address,
    (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(body) })
        : route.continue(),
    { times: 1 },
  );
}

describe('what changes how people sign in', () => {
  it('asks over the page who it is, once more, and goes on with what was begun', async () => {
    const page = await visit({ office: OFFICE, name: 'operator', path: '/people' });
    const beside = await page.context().newPage();
    await beside.goto('/console/people');
    await beside.getByRole('button', { name: 'Add a person' }).waitFor();
    const name = `night-auditor-${Date.now()}`;
    await page.getByRole('button', { name: 'Add a person' }).click();
    const form = page.getByRole('dialog', { name: 'Add a person' });
    await form.getByRole('textbox', { name: 'Name at this office' }).fill(name);
    await form.getByRole('combobox', { name: 'Role' }).selectOption('auditor');

    await refuseOnce(page, '**/v1/officers');
    await form.getByRole('button', { name: 'Save' }).click();
    const proof = page.getByRole('dialog', { name: PROOF });
    await proof.waitFor();
    await page.keyboard.press('Escape');
    await proof.waitFor({ state: 'detached' });
    await form.getByRole('alert').waitFor();
    expect(await form.getByRole('textbox', { name: 'Name at this office' }).inputValue()).toBe(name);

    await refuseOnce(page, '**/v1/officers');
    await form.getByRole('button', { name: 'Save' }).click();
    await proof.getByLabel('Password').fill('not the password at all');
    await page.keyboard.press('Enter');
    await proof.getByRole('alert').waitFor();
    await proof.getByLabel('Password').fill(await passwordOf(OFFICE, 'operator'));
    await page.keyboard.press('Enter');
    await proof.waitFor({ state: 'detached' });
    await page.getByText(`Password of ${name} for the first sign-in`).waitFor();
    await page.getByText(/It is good until \d/).waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: name })
      .getByText(/Password for one sign-in, until \d/)
      .waitFor();

    // The proof renewed the session, and the other page goes on under it without a word.
    await beside.getByRole('button', { name: 'Add a person' }).click();
    const again = beside.getByRole('dialog', { name: 'Add a person' });
    await again.getByRole('textbox', { name: 'Name at this office' }).fill(name);
    await again.getByRole('button', { name: 'Save' }).click();
    await again.getByText('ACCESS_OFFICER_EXISTS').waitFor();
  });
});

describe('two people at one browser', () => {
  it('do nothing in the name of each other: the page of the first says who is here now, and keeps what was typed', async () => {
    const first = await openDevice(OFFICE);
    // Without the word that pages tell each other only the office's own check is left.
    await first.context().addInitScript('delete globalThis.BroadcastChannel');
    const second = await first.context().newPage();
    await first.goto('/console/compose/warning');
    await second.goto('/console/inbox');
    await second.getByLabel('Name at this office').waitFor();
    await signIn(first, OFFICE, 'narcotics-desk');
    const headline = first.getByLabel('Headline').first();
    await headline.fill('A grey van without plates');
    await signIn(second, OFFICE, 'border-desk');

    const asked: string[] = [];
    first.on('response', (response) => {
      if (response.url().includes('/v1/') && response.ok() && !response.url().endsWith('/v1/session'))
        asked.push(response.url());
    });
    await headline.fill('A grey van without plates, going north');
    const told = first.getByRole('dialog', { name: /^Now signed in here: / });
    await told.waitFor({ timeout: 40_000 });
    expect(asked).toEqual([]);
    await told.locator('input[type="password"]').fill(await passwordOf(OFFICE, 'narcotics-desk'));
    await first.keyboard.press('Enter');
    await told.waitFor({ state: 'detached' });
    expect(await headline.inputValue()).toBe('A grey van without plates, going north');

    await second.getByRole('link', { name: 'Sent' }).first().click();
    await second.getByRole('dialog', { name: /^Now signed in here: / }).waitFor();
    await second.getByRole('button', { name: /^Leave this page and go on as / }).click();
    await second.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  });
});

describe('signing out', () => {
  it('deletes every kind of draft of this person where they say so, what was typed a moment ago too, and of nobody else', async () => {
    const page = await visit({ office: OFFICE, name: 'customs-desk', path: '/compose/warning' });
    const other = `liaison.post.${OFFICE}.customs-desk.night.op-x`;
    await page.evaluate(
      `for (const place of ['liaison.post.${OFFICE}.customs-desk.op-x', 'liaison.charter.${OFFICE}.customs-desk', '${other}']) localStorage.setItem(place, '{}')`,
    );
    const beside = await page.context().newPage();
    await beside.goto('/console/compose/warning');
    await beside.getByLabel('Headline').first().fill('Typed on another page');
    await page.getByLabel('Headline').first().fill('Typed a moment ago');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog', { name: /drafts are on this device/ }).waitFor();
    await page.getByRole('button', { name: 'Delete them and sign out' }).click();
    for (const each of [page, beside]) await each.getByLabel('Name at this office').waitFor();
    const left = `Object.keys(localStorage).filter((name) => /^liaison\\.(post|charter)/.test(name))`;
    expect(await page.evaluate(left)).toEqual([other]);
    const kept = `new Promise((resolve) => {
      const request = indexedDB.open('liaison-drafts', 1);
      request.onsuccess = () => {
        const all = request.result.transaction('drafts').objectStore('drafts').getAll();
        all.onsuccess = () => resolve(all.result.length);
      };
    })`;
    expect(await page.evaluate(kept)).toBe(0);
  });
});
