import { access, readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { officeHome } from '../../../services/cli/home/paths.ts';
import { parseOfficeId } from '../../../services/core/foundation/index.ts';
import { plainAlert, unique } from '../../support/console/seed.ts';
import { endVisits, openDevice, visit, visitRegion } from '../../support/console/visit.ts';
import { startRegion, type TestRegion } from '../../support/region.ts';

// Two offices of its own: here lines are cut and nodes ended. One of the two has no people yet.
const HERE = parseOfficeId('th-chiang-khong');
const NEW = parseOfficeId('la-houayxay');
const PASSWORD = 'a quiet river at night';

let region: TestRegion;

beforeAll(async () => {
  region = await startRegion({
    pairs: [{ accepts: HERE, dials: NEW }],
    prepare: (homeOf) => rm(officeHome.officers(homeOf(NEW))),
  });
  visitRegion(region.home);
});
afterAll(() => region?.close());
endVisits();

describe('the state of the lines', () => {
  it('is said on every page: which is down, since when, and what waits; and that it is up again', async () => {
    const page = await visit({ office: HERE, name: 'duty-supervisor', path: '/sent' });
    const status = page.getByRole('banner').getByRole('status');
    await status.getByText('All lines up').waitFor();
    onTestFinished(() => region.line(NEW, HERE).set({ line: 'pass' }));
    region.line(NEW, HERE).set({ line: 'cut' });
    await status.getByText(new RegExp(`^Line to ${NEW} down since \\d\\d:\\d\\d\\. Nothing waits\\.$`)).waitFor();
    const headline = unique('A boat without lights');
    await region.office(HERE).as('officer').post('/v1/alerts', plainAlert(NEW, headline));
    const told = status.getByRole('link', { name: /down since \d\d:\d\d\. 1 waiting\.$/ });
    await told.waitFor();
    const line = page.getByRole('list', { name: 'Sent' }).getByRole('listitem').filter({ hasText: headline });
    await line.waitFor();
    await told.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Directory' }).waitFor();
    await page.goBack();
    region.line(NEW, HERE).set({ line: 'pass' });
    await status.getByText('All lines up').waitFor();
    await line.getByText('Delivered').waitFor();
  });

  it('is said of the own node too, and what came meanwhile is there when it is back', async () => {
    const page = await visit({ office: HERE, name: 'duty-supervisor', path: '/inbox' });
    const status = page.getByRole('banner').getByRole('status');
    const list = page.getByRole('list', { name: 'Inbox' });
    await page.getByText('Nothing is open.').waitFor();
    await status.getByText('All lines up').waitFor();
    await region.office(HERE).kill9();
    await status.getByText(/No connection to the office node since \d\d:\d\d\. What you type is kept\.$/).waitFor();
    const search = page.getByRole('searchbox');
    await search.fill('grey barge');
    const headline = unique('A grey barge lies at the sand bank');
    await region.office(NEW).as('officer').post('/v1/alerts', plainAlert(HERE, headline));
    region.office(HERE).restart();
    await list.getByRole('link', { name: headline }).waitFor();
    await status.getByText('All lines up').waitFor();
    expect(await search.inputValue()).toBe('grey barge');
  });
});

describe('the first start of an office', () => {
  it('leads its operator from the code to the people of the office, once', async () => {
    const page = await openDevice(NEW);
    await page.goto('/console/');
    await page.getByText('First start of this office').waitFor();
    const { home } = region.office(NEW);
    const code = page.getByRole('textbox', { name: 'First-run code' });
    await code.fill('0000-0000-0000');
    await page.getByLabel('Choose a password').fill(PASSWORD);
    await page.getByLabel('The same password again').fill(`${PASSWORD}.`);
    await page.getByText('The two passwords differ.').waitFor();
    await page.getByLabel('The same password again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('alert').waitFor();
    await code.fill((await readFile(officeHome.firstRunCode(home), 'utf8')).trim());
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    const steps = page.getByRole('status').filter({ hasText: 'What this office needs next' });
    await page.getByRole('cell', { name: 'Operator', exact: true }).waitFor();
    await expect.poll(() => steps.getByText('not yet').count()).toBe(5);
    await expect(access(officeHome.firstRunCode(home))).rejects.toMatchObject({ code: 'ENOENT' });

    const second = await openDevice(NEW);
    await second.goto('/console/');
    await second.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    expect(await second.getByText('First start of this office').count()).toBe(0);
    expect((await second.request.post('/v1/first-run', { data: {} })).ok()).toBe(false);
  });
});
