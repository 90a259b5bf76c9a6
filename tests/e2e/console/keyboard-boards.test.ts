import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { hasFocus, type Keyboard, keyboardOf } from '../../support/console/keyboard.ts';
import { arrived, asRole, heldCrossing, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const TH = 'th-chiang-khong';
const LA = 'la-houayxay';
const MM = 'mm-tachileik';

/** Goes to another page by the navigation. */
async function goTo(page: Page, keys: Keyboard, name: string): Promise<void> {
  await keys.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }));
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

describe('with the keyboard alone', () => {
  it('what waits for a release is opened, read and ended', async () => {
    const headline = unique('A boy waits alone at the bridge');
    const child = { givenNames: 'Example', nationalities: ['MM'], ageGroup: 'AGE_GROUP_MINOR' };
    const alert = {
      crimeArea: 'CRIME_AREA_TRAFFICKING_FORCED_CRIMINALITY',
      subjects: [{ label: 'P1', role: 'SUBJECT_ROLE_POSSIBLE_VICTIM', person: child }],
    };
    const purpose = 'PURPOSE_VICTIM_PROTECTION';
    await heldCrossing(MM, await submit(MM, '/v1/alerts', { ...plainAlert(TH, headline, alert), purpose }));
    const page = await visit({ office: MM, name: 'duty-supervisor', path: '/held' });
    const keys = keyboardOf(page);
    await keys.press(page.getByRole('button', { name: 'Outgoing' }), 'Space');
    await keys.goesOn();
    const entries = page.getByRole('list', { name: 'Held for release' }).getByRole('listitem');
    await keys.reach(entries.first().getByRole('link'));
    const wanted = entries.filter({ hasText: headline }).getByRole('link');
    await page.keyboard.press('End');
    for (let presses = 0; presses < 30; presses++) {
      if (await hasFocus(wanted)) break;
      await page.keyboard.press('ArrowUp');
    }
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: `Exactly this goes to ${TH}` })
      .getByText(headline)
      .waitFor();
    const decide = page.getByRole('region', { name: 'Decide' });
    await keys.press(decide.getByRole('button', { name: 'Reject' }));
    await decide.getByText('Say why in one line.').waitFor();
    await keys.goesOn();
    await keys.type(decide.getByRole('textbox', { name: 'Reason' }), 'His mother came.');
    await keys.press(decide.getByRole('button', { name: 'Reject' }));
    await page.getByText('This waits no more').waitFor();
    await keys.goesOn();
  });

  it('a request is found and acknowledged, and a lookout is ended', async () => {
    const headline = unique('Whose is the grey barge');
    const terms = { purpose: 'PURPOSE_INVESTIGATION', handling: 'HANDLING_CODE_H1' };
    const request = {
      ...plainAlert(TH, ''),
      ...terms,
      alert: undefined,
      request: {
        terms: { responseClass: 'RESPONSE_CLASS_URGENT' },
        crimeArea: 'CRIME_AREA_DRUGS',
        lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
        languages: ['en'],
        questions: [{ questionType: 'QUESTION_TYPE_OTHER', text: 'Whose is it?' }],
        headline,
      },
    };
    await arrived(TH, LA, await submit(LA, '/v1/requests', request));
    const caseReference = unique('KB').replace(' ', '-');
    const vehicle = { registration: unique('K'), registrationNation: 'TH' };
    await (await asRole(TH, 'officer')).post('/v1/lookouts', {
      caseReference,
      lookout: {
        crimeArea: 'CRIME_AREA_STOLEN_VEHICLES',
        subjects: [{ label: 'V1', role: 'SUBJECT_ROLE_MEANS', vehicle }],
      },
      ...terms,
    });

    const page = await visit({ office: TH, name: 'duty-supervisor', path: '/requests' });
    const keys = keyboardOf(page);
    const row = page.getByRole('listitem').filter({ hasText: headline });
    await keys.press(row.getByRole('link', { name: `${LA} asks us` }));
    const panel = page.getByRole('region', { name: `${LA} asks us` });
    await keys.press(panel.getByRole('button', { name: 'Acknowledge and assign' }));
    const form = page.getByRole('form', { name: 'Acknowledge and assign' });
    await keys.type(form.getByRole('combobox', { name: 'Who deals with it' }), 'border-desk');
    await keys.press(form.getByRole('button', { name: 'Acknowledge' }));
    await page.getByText('Acknowledged and on its way.').waitFor();
    await keys.goesOn();
    // A form that is given up leaves the keyboard where it was.
    await keys.press(panel.getByRole('button', { name: 'Ask for clarification' }));
    const clarify = page.getByRole('form', { name: 'Ask for clarification' });
    await keys.press(clarify.getByRole('button', { name: 'Cancel' }));
    await clarify.waitFor({ state: 'detached' });
    await keys.goesOn();

    await goTo(page, keys, 'Hit / no-hit');
    await keys.reach(page.getByRole('tab', { name: 'Our searches' }));
    for (const tab of ['Neighbours’ searches', 'Lookouts']) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: tab, selected: true }).waitFor();
    }
    await keys.press(page.getByRole('button', { name: caseReference }));
    const entry = page.getByRole('listitem').filter({ hasText: caseReference });
    await keys.press(entry.getByRole('button', { name: 'End this lookout' }));
    await entry.getByRole('button', { name: 'Yes, end it now' }).waitFor();
    await keys.goesOn();
    await keys.press(entry.getByRole('button', { name: 'Yes, end it now' }));
    await page.getByText('The lookout has ended.').waitFor();
    await keys.goesOn();
  });

  it('the review of what went past the hold is closed', async () => {
    const emergency = { reason: unique('A raft breaks up') };
    const subjects = [{ label: 'P1', role: 'SUBJECT_ROLE_OTHER', person: { sex: 'SEX_MALE' } }];
    const alert = { crimeArea: 'CRIME_AREA_PEOPLE_SMUGGLING', subjects };
    await (await asRole(LA, 'officer')).post('/v1/alerts', {
      ...plainAlert(TH, unique('A raft breaks up'), alert),
      precedence: 'PRECEDENCE_IMMEDIATE',
      purpose: 'PURPOSE_LIFE_SAFETY',
      emergency,
    });
    const page = await visit({ office: LA, name: 'oversight', path: '/reviews' });
    const keys = keyboardOf(page);
    const entry = page.getByRole('listitem').filter({ hasText: emergency.reason });
    await keys.press(entry.getByRole('button', { name: /^Alert, sent past the hold/ }));
    await keys.choose(entry.getByRole('combobox', { name: 'Finding' }), 'Justified');
    await keys.press(entry.getByRole('button', { name: 'Close the review' }));
    const closed = page.getByRole('region', { name: /^Closed \(\d+\)$/ }).getByRole('listitem');
    await closed.filter({ hasText: emergency.reason }).waitFor();
    await keys.goesOn();
  });
});
