import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawPhotograph } from '../../../services/cli/region/draw-pictures.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const LEAD = 'th-chiang-khong';
const OTHERS = ['la-houayxay', 'mm-tachileik'] as const;
const BANNER = 'EXERCISE — this is not real traffic';

let operation: string | undefined;
const desks = new Map<string, Promise<Page>>();

/** The narcotics desk of that office, signed in once for all that it does here. */
function deskOf(office: string): Promise<Page> {
  const desk = desks.get(office) ?? visit({ office, name: 'narcotics-desk', path: '/operations' });
  desks.set(office, desk);
  return desk;
}

/** The channel of the demonstration's live operation at that office, opened anew, with its posts. */
async function channelAt(office: string): Promise<Page> {
  const page = await deskOf(office);
  if (operation === undefined) {
    const { items } = (await (await page.request.get('/v1/operations?state=live')).json()) as {
      readonly items: readonly { readonly id: string }[];
    };
    operation = items.map(({ id }) => id).find((id) => id.startsWith('river-watch-'));
  }
  await page.goto(`/console/operations/${operation}`);
  await page.getByRole('region', { name: 'Channel', exact: true }).getByRole('article').first().waitFor();
  return page;
}

function composeOf(page: Page): Locator {
  return page.getByRole('form', { name: 'Write a post' });
}

/** Writes a post, waits for what each member would get, sends it, and says which number it has. */
async function send(page: Page, text: string): Promise<number> {
  const form = composeOf(page);
  await form.getByRole('textbox', { name: 'Text', exact: true }).fill(text);
  const preview = form.getByRole('region', { name: 'What each member will get' });
  await expect.poll(() => preview.getByText('Gets it', { exact: true }).count(), { timeout: 20_000 }).toBe(2);
  await form.getByRole('button', { name: 'Send to the channel' }).click();
  return numberOf(postOf(page, text));
}

function postOf(page: Page, text: string): Locator {
  return page.getByRole('article', { name: /^Post \d+ of / }).filter({ hasText: text });
}

async function numberOf(post: Locator): Promise<number> {
  await post.waitFor();
  return Number(/^Post (\d+) of /.exec((await post.getAttribute('aria-label')) ?? '')?.[1]);
}

function digestAt(page: Page): Promise<string> {
  return page.locator('details', { hasText: 'Digest of this transcript' }).locator('p.mono').innerText();
}

describe('an operation of three offices', () => {
  it('shows a post live to the others, with one transcript, and tells its office who has opened it', async () => {
    const [lead, ...others] = await Promise.all([channelAt(LEAD), ...OTHERS.map(channelAt)]);
    const pages = [lead, ...others];
    await composeOf(lead).getByRole('combobox', { name: 'Kind of post' }).selectOption({ label: 'SITREP' });
    const text = `Nobody on the sand bank at ${Date.now()}`;
    const number = await send(lead, text);
    for (const page of others)
      await page
        .getByRole('article', { name: `Post ${number} of ${LEAD}: SITREP` })
        .getByText(text)
        .waitFor();
    for (const page of pages) await page.getByText('Digest of this transcript').click();
    await expect
      .poll(async () => new Set(await Promise.all(pages.map(digestAt))).size, { timeout: 20_000, interval: 500 })
      .toBe(1);
    expect(await digestAt(lead)).toMatch(/^[0-9a-f]{64}$/);
    for (const office of OTHERS) await postOf(lead, text).getByText(`${office}: opened`).waitFor();
    await lead.getByRole('tab', { name: 'Members' }).click();
    const members = lead.getByRole('tabpanel', { name: 'Members' }).getByRole('listitem');
    for (const office of OTHERS) {
      const read = await members
        .filter({ hasText: office })
        .getByText(/Has opened our posts up to \d+\./)
        .innerText();
      expect(Number(/up to (\d+)/.exec(read)?.[1])).toBeGreaterThanOrEqual(number);
    }
  });

  it('gives a tasking to one office, which accepts it and says that it is done', async () => {
    const [lead, tasked] = await Promise.all([channelAt(LEAD), channelAt('la-houayxay')]);
    const form = composeOf(lead);
    await form.getByRole('combobox', { name: 'Kind of post' }).selectOption({ label: 'Tasking' });
    await form
      .getByRole('group', { name: 'Offices that are to do it' })
      .getByRole('checkbox', { name: 'la-houayxay' })
      .check();
    const text = `Look at the lower pier, ${Date.now()}`;
    const number = await send(lead, text);
    const entryAt = (page: Page): Locator =>
      page
        .getByRole('tabpanel', { name: /^Taskings/ })
        .getByRole('listitem')
        .filter({ hasText: `Tasking ${number} of ${LEAD}` });
    await tasked.getByRole('tab', { name: /^Taskings \(\d+\)$/ }).click();
    await lead.getByRole('tab', { name: /^Taskings/ }).click();
    await entryAt(lead).getByText('Not answered', { exact: true }).waitFor();
    for (const [button, words, state] of [
      ['Accept', 'A team is on its way', 'Accepted'],
      ['Done', 'Two boats were looked at', 'Done'],
    ] as const) {
      await tasked.getByRole('tab', { name: /^Taskings/ }).click();
      await entryAt(tasked).getByRole('button', { name: button, exact: true }).click();
      await composeOf(tasked).getByText(`post ${number} of ${LEAD}`).waitFor();
      await send(tasked, `${words}, ${number}`);
      await entryAt(lead).getByText(state, { exact: true }).waitFor();
    }
  });

  it('brings a picture to the other offices, where it can be looked at', async () => {
    const [lead, other] = await Promise.all([channelAt(LEAD), channelAt('mm-tachileik')]);
    const form = composeOf(lead);
    await form.getByText('Add files').click();
    await form.getByRole('combobox', { name: 'What the file shows' }).selectOption('DATA_CATEGORY_TRANSPORT');
    await form
      .getByLabel('Choose files, or drop or paste them here')
      .setInputFiles({ name: 'landing.png', mimeType: 'image/png', buffer: drawPhotograph() });
    await form.getByRole('button', { name: 'Take landing.png out' }).waitFor();
    const text = `The landing stage, ${Date.now()}`;
    await send(lead, text);
    const post = postOf(other, text);
    await post.getByRole('button', { name: 'Show', exact: true }).click();
    const picture = post.getByRole('img', { name: 'Picture landing.png' });
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(96);
  });

  it('takes a post with the keyboard alone', async () => {
    const page = await channelAt(LEAD);
    const isAt = (name: string): Promise<boolean> =>
      page.evaluate(`document.activeElement?.labels?.[0]?.innerText.trim() === ${JSON.stringify(name)}`);
    for (let presses = 0; presses < 40 && !(await isAt('Kind of post')); presses++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('SIT');
    for (let presses = 0; presses < 5 && !(await isAt('Text')); presses++) await page.keyboard.press('Tab');
    const text = `Written in the dark, ${Date.now()}`;
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
    const post = postOf(page, text);
    await post.waitFor();
    expect(await post.getAttribute('aria-label')).toMatch(/: SITREP$/);
  });
});

describe('a new operation', () => {
  it('is proposed step by step, and as an exercise cannot be taken for anything else', async () => {
    const page = await visit({ office: LEAD, name: 'duty-supervisor', path: '/operations/new' });
    const form = page.getByRole('form', { name: 'New operation' });
    const next = form.getByRole('button', { name: 'Next', exact: true });
    await form.getByRole('checkbox', { name: 'Exercise', exact: true }).check();
    await page.getByText(BANNER).first().waitFor();
    const name = `Night ferry ${Date.now() % 1_000_000}`;
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    // A step that lacks something is not left: it says what, and the cursor is there.
    await next.click();
    const aim = form.getByRole('textbox', { name: 'Aim' });
    await form.getByText('This is needed.').first().waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.labels?.[0]?.innerText.trim()')).toBe('Aim');
    expect(await aim.getAttribute('aria-invalid')).toBe('true');
    await aim.fill('Practise how three offices watch one ferry.');
    await form.getByRole('checkbox', { name: 'Drugs', exact: true }).check();
    await next.click();
    await form.getByRole('region', { name: 'Who', exact: true }).waitFor();
    for (const office of OTHERS) await form.getByRole('checkbox', { name: office }).check();
    for (const contact of await form.getByRole('textbox', { name: 'Duty contact' }).all())
      await contact.fill('Duty desk');
    for (const step of ['What may be said', 'When', 'Read and propose']) {
      await next.click();
      await form.getByRole('region', { name: step }).waitFor();
    }
    await form.getByRole('button', { name: 'Sign and propose' }).click();

    await page.getByRole('heading', { level: 1, name: `EXERCISE: ${name}` }).waitFor();
    await page.getByText(BANNER).first().waitFor();
    await expect.poll(() => page.title()).toMatch(/^EXERCISE · /);
    expect(
      await page.evaluate("getComputedStyle(document.querySelector('.operations-exercise-border')).borderTopStyle"),
    ).toBe('dashed');

    const other = await visit({ office: 'la-houayxay', name: 'duty-supervisor', path: '/operations' });
    const line = other.getByRole('region', { name: 'Proposed' }).getByRole('link').filter({ hasText: name });
    await line.getByText('Exercise', { exact: true }).waitFor();
    await line.getByText('Charter to sign').waitFor();

    // Who was asked signs, leaves again for good, and both sides see each at once.
    await line.click();
    const act = async (name: string): Promise<void> => {
      await other.getByRole('main').getByRole('button', { name, exact: true }).click();
      await other.getByRole('dialog').getByRole('button', { name, exact: true }).click();
      await other.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await act('Sign the charter');
    await page.getByText('2 of 3 joined').waitFor();
    await act('Leave');
    await other.getByText('Left', { exact: true }).waitFor();
    await page.getByText('1 of 3 joined').waitFor();
  });
});
