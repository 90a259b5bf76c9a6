import { describe, expect, it } from 'vitest';
import { hasFocus, keyboardOf } from '../../support/console/keyboard.ts';
import { arrived, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const HERE = 'th-chiang-khong';
const THERE = 'la-houayxay';

describe('with the keyboard alone', () => {
  it('somebody skips to the page, goes to another, and calls back what they sent', async () => {
    const headline = unique('Rice sacks of one weight cross each night');
    await submit(HERE, '/v1/alerts', plainAlert(THERE, headline));
    const page = await visit({ office: HERE, name: 'duty-supervisor', path: '/inbox' });
    const keys = keyboardOf(page);
    // Whoever signed in begins in the page, not before it.
    await keys.goesOn();
    await page.reload();
    const main = page.getByRole('main');
    await page.getByRole('list', { name: 'Inbox' }).waitFor();
    await page.keyboard.press('Tab');
    await keys.press(page.getByRole('link', { name: 'Skip to the page' }));
    await page.keyboard.press('Tab');
    expect(await main.locator(':focus').count()).toBe(1);

    await keys.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Sent', exact: true }));
    await page.getByRole('heading', { level: 1, name: 'Sent' }).waitFor();
    await expect.poll(() => hasFocus(main)).toBe(true);
    await keys.choose(page.getByRole('combobox', { name: 'Recipient' }), THERE);
    await keys.goesOn();
    const list = page.getByRole('list', { name: 'Sent' });
    const line = list.getByRole('link', { name: headline });
    await keys.reach(list.getByRole('link').first());
    for (let presses = 0; presses < 50; presses++) {
      if (await hasFocus(line)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: headline }).waitFor();
    await keys.goesOn();

    await keys.press(page.getByRole('link', { name: 'Call it back' }));
    const ask = page.getByRole('form', { name: 'Call a message back' });
    await keys.press(ask.getByRole('button', { name: 'Call it back' }));
    const order = ask.getByRole('combobox', { name: 'What is ordered' });
    await expect.poll(() => hasFocus(order)).toBe(true);
    await keys.choose(order, 'Restrict');
    await keys.choose(ask.getByRole('combobox', { name: 'Ground' }), 'Wrong recipient');
    await keys.press(ask.getByRole('button', { name: 'Call it back' }));
    await page.getByText('The recall is signed and goes to everybody who has the message.').waitFor();
    await keys.goesOn();
    await keys.reach(page.getByRole('tab', { name: /^Recalls/ }));
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: /^Consents/, selected: true }).waitFor();
    await keys.goesOn();
  });

  it('somebody finds a message, reads why it crossed, proves it, and works on it to its end', async () => {
    const headline = unique('A ferryman takes no passengers');
    await arrived(HERE, THERE, await submit(THERE, '/v1/alerts', plainAlert(HERE, headline)));
    const page = await visit({ office: HERE, name: 'duty-supervisor', path: '/inbox' });
    const keys = keyboardOf(page);
    await keys.type(page.getByRole('searchbox'), headline);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Found' }).waitFor();
    await keys.goesOn();
    await keys.press(page.getByRole('link', { name: headline }));
    await page.getByRole('heading', { level: 1, name: headline }).waitFor();
    await keys.goesOn();

    const work = page.getByRole('region', { name: 'Work on this message' });
    await keys.press(work.getByRole('button', { name: 'Assign to me' }), 'Space');
    await work.getByText('duty-supervisor has it').waitFor();
    await keys.goesOn();
    // Going down the list of names gives it to nobody; only saying so does.
    await keys.choose(work.getByRole('combobox', { name: 'Who has it' }), 'Narcotics desk (narcotics-desk)');
    await work.getByText('duty-supervisor has it').waitFor();
    await keys.press(work.getByRole('button', { name: 'Save: Who has it' }));
    await work.getByText('narcotics-desk has it').waitFor();
    await keys.goesOn();
    await keys.type(work.getByRole('textbox', { name: 'Note' }), 'Asked at the pier.');
    await keys.press(work.getByRole('button', { name: 'Add the note' }));
    await work.getByText('Asked at the pier.').waitFor();
    await keys.goesOn();
    await keys.choose(work.getByRole('combobox', { name: 'What came of it' }), 'False alarm');
    await keys.press(work.getByRole('button', { name: 'Close the message' }));
    await work.getByText(/closed by duty-supervisor on/).waitFor();
    await keys.goesOn();
    await keys.press(page.getByText('Show the rules that decided'));
    await page.getByText(/^The rules of this office about what came from la-houayxay: it may pass/).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      keys.press(page.getByRole('button', { name: 'Prove it: save the evidence' })),
    ]);
    expect(file.suggestedFilename()).toMatch(/^evidence-la-houayxay-.*\.zip$/);
    await keys.goesOn();
  });
});
