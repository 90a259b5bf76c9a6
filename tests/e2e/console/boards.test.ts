import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../../services/cli/office-api/office-client.ts';
import { arrived, asRole, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const TH = 'th-chiang-khong';
const LA = 'la-houayxay';

/** The entry of a board that is about that message, once it is there: entries of that title are opened until one is. */
async function openEntry(page: Page, title: RegExp, message: string): Promise<Locator> {
  const shut = page.getByRole('button', { name: title, expanded: false });
  const entry = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: title }) })
    .filter({ has: page.locator(`a[title="${message}"]`) });
  const found = async (): Promise<number> => {
    for (let left = await shut.count(); left > 0; left--) await shut.first().click();
    return entry.count();
  };
  await expect.poll(found, { timeout: 20_000, interval: 500 }).toBe(1);
  return entry;
}

/** An alert of the Thai office that the Lao one has. */
async function alertSent(headline: string, alert: JsonRecord = {}): Promise<string> {
  const id = await submit(TH, '/v1/alerts', plainAlert(LA, unique(headline), alert));
  await arrived(LA, TH, id);
  return id;
}

describe('a recall', () => {
  it('is asked for a message, answered under a name by the office that has it, and seen as answered', async () => {
    const id = await alertSent('A wrong plate');
    const page = await visit({ office: TH, name: 'duty-supervisor', path: `/control?ask=recall&message=${id}` });
    const ask = page.getByRole('form', { name: 'Call a message back' });
    await ask.getByRole('button', { name: 'Call it back' }).click();
    // What is missing is said, and the cursor is there.
    await ask.getByText('Please fill this in.').first().waitFor();
    await ask.getByRole('combobox', { name: 'What is ordered' }).selectOption({ label: 'Restrict' });
    await ask.getByRole('combobox', { name: 'Ground' }).selectOption({ label: 'Incorrect' });
    await ask.getByRole('button', { name: 'Call it back' }).click();
    const ours = await openEntry(page, /^We called a message back/, id);

    const holder = await visit({ office: LA, name: 'duty-supervisor', path: '/control' });
    const theirs = await openEntry(holder, /^th-chiang-khong calls a message back/, id);
    await theirs.getByRole('combobox', { name: 'What was done' }).selectOption({ label: 'Done' });
    await theirs.getByRole('button', { name: 'Sign the answer' }).click();
    await theirs.getByText('Signed and on its way.').waitFor();
    await ours.getByText('1 of 1 answered').waitFor();
    await ours.getByText('Answered', { exact: true }).first().waitFor();
  });
});

describe('an opening', () => {
  it('is asked for what was withheld, opened with a reason, and what was opened arrives', async () => {
    const id = await alertSent('A tip about a boat', {
      sourceEvaluation: 'SOURCE_EVALUATION_B',
      informationEvaluation: 'INFORMATION_EVALUATION_2',
    });
    const address = `/control?ask=opening&message=${id}&origin=${TH}`;
    const page = await visit({ office: LA, name: 'duty-supervisor', path: address });
    const ask = page.getByRole('form').filter({ has: page.getByRole('button', { name: 'Ask for these parts' }) });
    expect(await ask.getByRole('checkbox', { name: 'Source and evaluation' }).isChecked()).toBe(true);
    await ask.getByRole('button', { name: 'Ask for these parts' }).click();
    const ours = await openEntry(page, /^We ask th-chiang-khong to open/, id);

    const holder = await visit({ office: TH, name: 'duty-supervisor', path: '/control?tab=openings' });
    const theirs = await openEntry(holder, /^la-houayxay asks us to open/, id);
    const open = theirs.getByRole('button', { name: 'Open these parts' });
    await open.click();
    await theirs.getByText('Please fill this in.').waitFor();
    await theirs.getByRole('textbox', { name: 'Reason' }).fill('The boat is being looked for on both banks');
    await open.click();
    await theirs.getByText('Opened for la-houayxay.').waitFor();
    await ours.getByText('Opened', { exact: true }).first().waitFor();
    await page.goto(`/console/messages/${TH}/${id}`);
    await page.getByText('B · mostly reliable').first().waitFor();
  });
});

describe('a review', () => {
  it('of what went past the hold is closed by the oversight, and by nobody else', async () => {
    const client = await asRole(LA, 'officer');
    const sent = await client.post('/v1/alerts', {
      ...plainAlert(TH, unique('A boat is sinking'), {
        crimeArea: 'CRIME_AREA_PEOPLE_SMUGGLING',
        subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_OTHER', person: { sex: 'SEX_FEMALE' } }],
      }),
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_LIFE_SAFETY',
      emergency: { reason: 'People are in the water' },
    });
    expect(sent['emergency']).toBe(true);
    const id = String(sent['id']);
    const supervisor = await visit({ office: LA, name: 'duty-supervisor', path: '/reviews' });
    const seen = await openEntry(supervisor, /^Alert, sent past the hold by duty-officer/, id);
    await seen.getByText('Only oversight closes a review.').waitFor();

    const page = await visit({ office: LA, name: 'oversight', path: '/reviews' });
    const entry = await openEntry(page, /^Alert, sent past the hold by duty-officer/, id);
    await entry.getByText('People are in the water').first().waitFor();
    await entry.getByRole('combobox', { name: 'Finding' }).selectOption({ label: 'Justified' });
    await entry.getByRole('button', { name: 'Close the review' }).click();
    const closed = page.getByRole('region', { name: /^Closed \(\d+\)$/ }).getByRole('listitem');
    await closed.getByText('Justified', { exact: true }).first().waitFor();
    const waiting = supervisor.getByRole('region', { name: /^Waiting for review/ });
    await expect.poll(() => waiting.locator(`a[title="${id}"]`).count(), { timeout: 20_000 }).toBe(0);
    const after = await openEntry(supervisor, /^Alert, sent past the hold by duty-officer/, id);
    await after.getByText('Justified', { exact: true }).first().waitFor();
  });
});

describe('hit or no-hit', () => {
  it('shows a hit with its case reference and nothing else, and leads to a request', async () => {
    const caseReference = unique('HX').replace(' ', '-');
    const registration = unique('T');
    const subjects = [{ label: 'V1', role: 'SUBJECT_ROLE_MEANS', vehicle: { registration, registrationNation: 'TH' } }];
    const about = { crimeArea: 'CRIME_AREA_STOLEN_VEHICLES', subjects };
    const terms = { purpose: 'PURPOSE_INVESTIGATION', handling: 'HANDLING_CODE_H1' };
    await (await asRole(LA, 'officer')).post('/v1/lookouts', { caseReference, lookout: about, ...terms });
    const page = await visit({ office: TH, name: 'duty-supervisor', path: '/hits' });
    const asked = { recipients: [LA], precedence: 'PRECEDENCE_PRIORITY', search: about, ...terms };
    const { id } = await (await asRole(TH, 'officer')).post('/v1/hits', asked);
    const entry = page
      .getByRole('listitem')
      .filter({ hasText: '1 hit' })
      .filter({ hasText: `at ${LA}` });
    await entry.first().waitFor();
    const mine = await openEntry(page, new RegExp(`^1 subject at ${LA}`), String(id));
    await mine.getByText(caseReference).waitFor();
    await mine.getByRole('link', { name: 'Ask for more with a request' }).click();
    const form = page.getByRole('form', { name: 'Request for information' });
    await form.getByText('More about it').click();
    await expect.poll(() => form.getByRole('textbox', { name: 'Case reference' }).inputValue()).toBe(caseReference);
    expect(await form.getByRole('checkbox', { name: /^la-houayxay/ }).isChecked()).toBe(true);
  });
});
