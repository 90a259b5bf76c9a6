import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tabTo } from '../../support/console/keyboard.ts';
import { arrived, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const LAO = 'la-houayxay';
const THAI = 'th-chiang-khong';

/** The line of a message in a list. */
function line(page: Page, headline: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: headline });
}

describe('an alert', () => {
  it('is shown as each neighbour gets it, is sent with one press, and its way is seen on both sides', async () => {
    const headline = unique('Two men load a blue boat at the ferry pier');
    const receiver = await visit({ office: THAI, name: 'duty-supervisor', path: '/inbox' });
    await receiver.getByRole('list', { name: 'Inbox' }).waitFor();

    const sender = await visit({ office: LAO, name: 'duty-supervisor', path: '/compose/warning' });
    await sender.getByRole('checkbox', { name: THAI }).check();
    await sender.getByLabel('Crime area').selectOption({ label: 'Drugs' });
    await sender.getByLabel('Headline').fill(headline);
    await sender.getByText('As it stands now.').waitFor();
    const copy = sender.getByRole('region', { name: `Copy for ${THAI}` });
    await copy.getByText(headline).waitFor();
    await copy.getByText('Goes at once').waitFor();
    await sender.getByRole('button', { name: 'Send to one office' }).click();
    await sender.getByRole('region', { name: 'What became of it' }).getByText('Goes at once').waitFor();
    await sender.getByRole('link', { name: 'Open it' }).click();
    const copies = sender.getByRole('region', { name: 'Recipients' });
    await copies.getByText('Delivered', { exact: true }).waitFor();

    // Nothing was loaded anew at the receiver.
    await line(receiver, headline).getByRole('link').click();
    await receiver.getByRole('heading', { level: 1, name: headline }).waitFor();
    await receiver.getByText(`You opened this. ${LAO} was told so at`).waitFor();
    await copies.getByText('Opened', { exact: true }).waitFor();

    const download = receiver.waitForEvent('download');
    await receiver.getByRole('button', { name: 'Prove it: save the evidence' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^evidence-la-houayxay-.*\.zip$/);
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.includes('README')).toBe(true);
    await receiver.getByText(/^Saved as evidence-la-houayxay/).waitFor();
  });

  it('is worked on in the list: taken, noted, closed with what came of it', async () => {
    const headline = unique('Sacks without papers wait at the landing');
    await arrived(THAI, LAO, await submit(LAO, '/v1/alerts', plainAlert(THAI, headline)));
    const page = await visit({ office: THAI, name: 'narcotics-desk', path: '/inbox' });
    await page.getByRole('button', { name: `Work on it: ${headline}` }).click();
    const work = page.getByRole('region', { name: 'Work on this message' });
    await work.getByRole('button', { name: 'Assign to me' }).click();
    await work.getByText('narcotics-desk has it').waitFor();
    await work.getByLabel('Note').fill('The patrol looks at it at six.');
    await work.getByRole('button', { name: 'Add the note' }).click();
    await work.getByText('narcotics-desk noted:').waitFor();
    expect(await work.getByLabel('Note').inputValue()).toBe('');
    await work.getByRole('button', { name: 'Close the message' }).click();
    await work.getByText('Choose what came of it first.').waitFor();
    await work.getByLabel('What came of it').selectOption('TRIAGE_OUTCOME_ACTED_ON');
    await work.getByRole('button', { name: 'Close the message' }).click();
    await work.getByText(/closed by narcotics-desk on/).waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/inbox');
  });

  it('tells the second of two officers who was quicker, and keeps what they typed', async () => {
    const headline = unique('A lorry turns back before the bridge');
    const id = await submit(LAO, '/v1/alerts', plainAlert(THAI, headline));
    await arrived(THAI, LAO, id);
    const path = `/messages/${LAO}/${id}`;
    const first = await visit({ office: THAI, name: 'narcotics-desk', path });
    const second = await visit({ office: THAI, name: 'duty-supervisor', path });
    await first.getByRole('button', { name: 'Assign to me' }).waitFor();
    // The step of the second is on its way while the first takes one.
    await second.route('**/triage?*', async (route) => {
      if (route.request().method() === 'POST') {
        await first.getByRole('button', { name: 'Assign to me' }).click();
        await first.getByText('narcotics-desk has it').waitFor();
      }
      await route.continue();
    });
    await second.getByLabel('Note').fill('Seen twice this week.');
    await second.getByRole('button', { name: 'Add the note' }).click();
    const notice = second.getByRole('alert').filter({ hasText: 'Somebody else was quicker' });
    await notice.getByText(/narcotics-desk did this at \d\d:\d\d/).waitFor();
    expect(await second.getByLabel('Note').inputValue()).toBe('Seen twice this week.');
    await second.getByText('narcotics-desk has it').waitFor();
    await second.unroute('**/triage?*');
    await second.getByRole('button', { name: 'Add the note' }).click();
    await second.getByText('duty-supervisor noted:').waitFor();
  });

  it('goes from one side to the other and is taken and opened there with the keyboard alone', async () => {
    const headline = unique('Drums change hands by night');
    const sender = await visit({ office: LAO, name: 'duty-supervisor', path: '/compose/warning' });
    await sender.getByLabel('Headline').waitFor();
    await tabTo(sender, `document.activeElement.closest('label')?.innerText.includes('${THAI}')`);
    await sender.keyboard.press('Space');
    await tabTo(sender, `document.activeElement.name === 'alert.crimeArea'`);
    await sender.keyboard.type('Drugs');
    await tabTo(sender, `document.activeElement.name === 'alert.headline'`);
    await sender.keyboard.type(headline);
    await sender.getByText('As it stands now.').waitFor();
    await sender.keyboard.press('Control+Enter');
    await sender.getByRole('region', { name: 'What became of it' }).waitFor();

    const receiver = await visit({ office: THAI, name: 'duty-supervisor', path: '/inbox' });
    await line(receiver, headline).waitFor();
    await tabTo(receiver, `document.activeElement.dataset.line !== undefined`);
    await receiver.keyboard.press('End');
    expect(await receiver.evaluate('document.activeElement.innerText')).not.toBe(headline);
    await receiver.keyboard.press('Home');
    for (let presses = 0; presses < 50; presses++) {
      if ((await receiver.evaluate('document.activeElement.innerText')) === headline) break;
      await receiver.keyboard.press('ArrowDown');
    }
    await receiver.keyboard.press('t');
    const work = receiver.getByRole('region', { name: 'Work on this message' });
    await work.waitFor();
    await receiver.keyboard.press('Enter');
    await work.getByText('duty-supervisor has it').waitFor();
    await receiver.keyboard.press('Escape');
    await work.waitFor({ state: 'detached' });
    await tabTo(receiver, `document.activeElement.innerText === ${JSON.stringify(headline)}`, 'Shift+Tab');
    await receiver.keyboard.press('Enter');
    await receiver.getByRole('heading', { level: 1, name: headline }).waitFor();
  });
});

describe('a flash message', () => {
  it('is told on every screen with its office and headline, and telling it opens nothing', async () => {
    const headline = unique('Armed men <b>cross</b> at the ferry');
    const page = await visit({ office: THAI, name: 'duty-supervisor', path: '/directory' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const id = await submit(LAO, '/v1/alerts', {
      ...plainAlert(THAI, headline),
      precedence: 'PRECEDENCE_FLASH',
    });
    const told = page.getByRole('region', { name: 'Flash messages' });
    await told.getByRole('link', { name: `${LAO}: ${headline}` }).waitFor();
    expect(await page.title()).toContain(LAO);
    // Titles stay in the history of the browser.
    expect(await page.title()).not.toContain(headline);
    expect(await arrived(THAI, LAO, id)).toMatchObject({ state: 'delivered', retrievals: [] });
    await told.getByRole('button', { name: 'I have seen it' }).click();
    await told.waitFor({ state: 'detached' });
  });
});
