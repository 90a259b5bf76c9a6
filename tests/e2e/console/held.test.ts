import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { heldCrossing, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const SENDER = 'mm-tachileik';
const RECEIVER = 'th-chiang-khong';
/** A press on the button as it is, without waiting until it can be pressed. */
const PRESS_APPROVE = `[...document.querySelectorAll('button')].find(({ textContent }) => /^Approve as the first/.test(textContent))?.click()`;

/** An alert about a child of the sender's nation, which leaves only when two people of two roles agree. */
async function alertThatWaits(headline: string, purpose: string, crimeArea: string): Promise<string> {
  const child = { givenNames: 'Example', nationalities: ['MM'], ageGroup: 'AGE_GROUP_MINOR' };
  const subjects = [{ label: 'P1', role: 'SUBJECT_ROLE_POSSIBLE_VICTIM', person: child }];
  const id = await submit(SENDER, '/v1/alerts', {
    ...plainAlert(RECEIVER, headline, { crimeArea, subjects }),
    purpose,
  });
  return `/held/${await heldCrossing(SENDER, id)}`;
}

describe('what waits for two persons', () => {
  it('passes when both, of two roles, have seen exactly what leaves, and both see that it waits no more', async () => {
    const headline = unique('A child was seen with strangers at the bus station');
    const path = await alertThatWaits(
      headline,
      'PURPOSE_VICTIM_PROTECTION',
      'CRIME_AREA_TRAFFICKING_FORCED_CRIMINALITY',
    );
    const supervisor = await visit({ office: SENDER, name: 'duty-supervisor', path: '/held' });
    await supervisor
      .getByRole('list', { name: 'Held for release' })
      .getByRole('listitem')
      .filter({ hasText: headline })
      .getByRole('link')
      .click();
    const leaves = supervisor.getByRole('region', { name: `Exactly this goes to ${RECEIVER}` });
    await leaves.getByText(headline).waitFor();
    await leaves.getByText('Example').waitFor();
    const words = await leaves.getByRole('region', { name: 'Words to compare' }).textContent();
    await supervisor.getByText('Two persons release', { exact: true }).waitFor();

    // The page is there already when the first of the two agrees.
    const oversight = await visit({ office: SENDER, name: 'oversight', path });
    await oversight.getByText('Two persons release', { exact: true }).waitFor();

    await supervisor.getByRole('button', { name: 'Approve as the first of two' }).click();
    await supervisor.getByText('Say why in one line.').waitFor();
    expect(await supervisor.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await supervisor.getByLabel('Reason').fill('The family was asked.');
    await supervisor.getByRole('button', { name: 'Approve as the first of two' }).click();
    await supervisor.getByText('Approved. It still waits for a second person of another role.').waitFor();
    await supervisor.getByText('You approved it already.').waitFor();
    expect(await supervisor.getByRole('button', { name: 'Release exactly this' }).count()).toBe(0);

    const first = oversight.getByRole('region', { name: 'First approval' });
    await first.getByText(/duty-supervisor \(Supervisor\) approved it/).waitFor();
    await first.getByText('The family was asked.').waitFor();
    await first.getByText('They saw exactly what is shown below.').waitFor();
    expect(await oversight.getByRole('region', { name: 'Words to compare' }).textContent()).toBe(words);
    await oversight.getByLabel('Reason').fill('Read and agreed.');
    await oversight.getByRole('button', { name: 'Release exactly this' }).click();
    await oversight.getByText('This waits no more').waitFor();
    await oversight.getByText('Read and agreed.').waitFor();
    await supervisor.getByText('This waits no more').waitFor();
    await supervisor.getByText(/Released: oversight/).waitFor();

    const receiver = await visit({ office: RECEIVER, name: 'duty-supervisor', path: '/inbox' });
    await receiver.getByRole('main').getByRole('link', { name: headline }).waitFor();
  });

  it('is decided once, and keeps the words of who decides, when the line is lost and the button pressed twice', async () => {
    const headline = unique('Two children travel alone');
    const path = await alertThatWaits(headline, 'PURPOSE_PREVENTION', 'CRIME_AREA_DRUGS');
    const page = await visit({ office: SENDER, name: 'duty-supervisor', path });
    // For this purpose a child is not named: what does not leave is not shown as if it did.
    const leaves = page.getByRole('region', { name: `Exactly this goes to ${RECEIVER}` });
    await leaves.getByText(`Identity is withheld by ${SENDER}.`).waitFor();
    expect(await leaves.getByText(headline).count()).toBe(0);
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/release')) posts.push(request.url());
    });
    await page.getByLabel('Reason').fill('Nobody waits for them.');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Approve as the first of two' }).click();
    await page.getByRole('region', { name: 'Decide' }).getByRole('alert').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await page.getByLabel('Reason').inputValue()).toBe('Nobody waits for them.');
    await page.context().setOffline(false);
    posts.splice(0);
    // How it stands afterwards comes late: a press until then is a press too many.
    await page.route(/\/v1\/held\//, async (route) => {
      if (route.request().method() === 'GET') await sleep(500);
      await route.continue();
    });
    const isDone = page.waitForResponse(/\/release$/);
    await page.getByRole('button', { name: 'Approve as the first of two' }).dblclick();
    await isDone;
    for (let times = 0; times < 5; times++) {
      await page.evaluate(PRESS_APPROVE);
      await sleep(50);
    }
    await page.getByText('Approved. It still waits for a second person of another role.').waitFor();
    expect(posts).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('is kept when the line is lost, and is sent once when the button is pressed twice', async () => {
    const headline = unique('Fuel is sold from a boat');
    const page = await visit({ office: RECEIVER, name: 'narcotics-desk', path: '/compose/warning' });
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/alerts')) posts.push(request.url());
    });
    await page.getByRole('checkbox', { name: 'la-houayxay' }).check();
    await page.getByLabel('Crime area').selectOption({ label: 'Drugs' });
    await page.getByText('As it stands now.').waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('Headline').fill(headline);
    await page.getByText(/^Draft kept on this device/).waitFor();
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByLabel('Headline').inputValue()).toBe(headline);
    await page.context().setOffline(false);

    await page.reload();
    await page.getByLabel('Headline').waitFor();
    expect(await page.getByLabel('Headline').inputValue()).toBe(headline);
    await page.getByText('As it stands now.').waitFor();
    posts.splice(0);
    await page.getByRole('button', { name: 'Send to one office' }).dblclick();
    await page.getByRole('region', { name: 'What became of it' }).waitFor();
    expect(posts).toHaveLength(1);
    const sent = await page.request.get('/v1/outbox?limit=20');
    const items = ((await sent.json()) as { items: { headline: string | null }[] }).items;
    expect(items.filter((item) => item.headline === headline)).toHaveLength(1);
  });
});
