import { describe, expect, it } from 'vitest';
import { listOf, stringOf } from '../../../services/cli/office-api/office-client.ts';
import { hasFocus, keyboardOf } from '../../support/console/keyboard.ts';
import { asRole, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const LEAD = 'th-chiang-khong';
const TASKED = 'la-houayxay';

/** Gives the other office something to do in the demonstration's live operation; what it is called there. */
async function givenTasking(text: string): Promise<void> {
  const lead = await asRole(LEAD, 'officer');
  const { items } = await lead.get('/v1/operations', { state: 'live' });
  const live = listOf(items).find(({ id }) => stringOf(id).startsWith('river-watch-'));
  await lead.post(`/v1/operations/${stringOf(live?.['id'])}/posts`, {
    precedence: 'PRECEDENCE_ROUTINE',
    handling: 'HANDLING_CODE_H1',
    post: {
      terms: { postType: 'POST_TYPE_TASKING', assignees: [TASKED] },
      crimeArea: 'CRIME_AREA_DRUGS',
      text,
      textLanguage: 'en',
    },
  });
}

describe('with the keyboard alone', () => {
  it('an operation is opened and a tasking in it accepted', async () => {
    const text = unique('Look under the pier');
    await givenTasking(text);
    const page = await visit({ office: TASKED, name: 'duty-supervisor', path: '/operations' });
    const keys = keyboardOf(page);
    await keys.press(
      page
        .getByRole('region', { name: 'Live' })
        .getByRole('link', { name: /River watch/ })
        .first(),
    );
    await page.getByRole('region', { name: 'Channel', exact: true }).getByRole('article').first().waitFor();
    await keys.goesOn();
    await keys.reach(page.getByRole('tab', { name: 'Channel' }));
    await page.keyboard.press('ArrowRight');
    const tasking = page
      .getByRole('tabpanel', { name: /^Taskings/ })
      .getByRole('listitem')
      .filter({ hasText: text });
    await keys.press(tasking.getByRole('button', { name: 'Accept', exact: true }));
    const form = page.getByRole('form', { name: 'Write a post' });
    await form.getByText(/post \d+ of th-chiang-khong/).waitFor();
    await keys.goesOn();
    await keys.type(form.getByRole('textbox', { name: 'Text', exact: true }), `On our way: ${text}`);
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('article', { name: /^Post \d+ of / })
      .filter({ hasText: `On our way: ${text}` })
      .waitFor();
    await keys.goesOn();
    await keys.reach(page.getByRole('tab', { name: 'Channel' }));
    await page.keyboard.press('ArrowRight');
    await tasking.getByText('Accepted', { exact: true }).waitFor();
  });

  it('an operation is proposed step by step', async () => {
    const page = await visit({ office: LEAD, name: 'duty-supervisor', path: '/operations' });
    const keys = keyboardOf(page);
    await keys.press(page.getByRole('link', { name: 'New operation' }));
    const form = page.getByRole('form', { name: 'New operation' });
    const next = form.getByRole('button', { name: 'Next', exact: true });
    const name = `Dry run ${Date.now() % 1_000_000}`;
    await keys.press(form.getByRole('checkbox', { name: 'Exercise', exact: true }), 'Space');
    await keys.type(form.getByRole('textbox', { name: 'Name', exact: true }), name);
    await keys.press(next);
    await expect.poll(() => hasFocus(form.getByRole('textbox', { name: 'Aim' }))).toBe(true);
    await keys.type(form.getByRole('textbox', { name: 'Aim' }), 'Practise without a mouse.');
    await keys.press(form.getByRole('checkbox', { name: 'Drugs', exact: true }), 'Space');
    await keys.press(next);
    await form.getByRole('region', { name: 'Who', exact: true }).waitFor();
    await keys.goesOn();
    await keys.press(form.getByRole('checkbox', { name: TASKED }), 'Space');
    for (const office of [LEAD, TASKED])
      await keys.type(form.getByRole('textbox', { name: `Duty contact: ${office}` }), 'Duty desk');
    for (const step of ['What may be said', 'When', 'Read and propose']) {
      await keys.press(next);
      await form.getByRole('region', { name: step }).waitFor();
      await keys.goesOn();
    }
    await keys.press(form.getByRole('button', { name: 'Sign and propose' }));
    await page.getByRole('heading', { level: 1, name: `EXERCISE: ${name}` }).waitFor();
    await keys.goesOn();
  });

  it('the region is asked for bulletins, one is read, and what was asked for is ended', async () => {
    const page = await visit({ office: LEAD, name: 'duty-supervisor', path: '/bulletins' });
    const keys = keyboardOf(page);
    const first = page.getByRole('main').getByRole('article').first();
    await keys.press(first.getByText('Read it'));
    await first.locator('details[open]').waitFor();
    await keys.reach(page.getByRole('tab', { name: 'Bulletins and alerts' }));
    await page.keyboard.press('ArrowRight');
    await keys.press(page.getByRole('button', { name: 'Subscribe', expanded: false }));
    const ended = page.getByText('Ended', { exact: true });
    const before = await ended.count();
    const form = page.getByRole('region', { name: 'Subscribe' });
    await keys.press(form.getByRole('button', { name: 'Subscribe' }));
    await form.waitFor({ state: 'detached' });
    await keys.goesOn();
    await keys.press(page.getByRole('button', { name: /^End it: / }).last());
    await expect.poll(() => ended.count()).toBe(before + 1);
    await keys.goesOn();
  });
});
