import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';
import { eventually } from '../../support/eventually.ts';

endVisits();

const ASKING = 'la-houayxay';
const ASKED = 'th-chiang-khong';

/** The life of the request as that page tells it, step by step. */
function lifeOf(page: Page, other: string): Promise<readonly string[]> {
  return page
    .getByRole('region', { name: `Life of the request with ${other}` })
    .getByRole('listitem')
    .allInnerTexts();
}

describe('a request for information', () => {
  it('is acknowledged and answered on the other side, and stands the same on both', async () => {
    const headline = unique('Who runs the new ferry by night');
    const asked = await visit({ office: ASKED, name: 'duty-supervisor', path: '/requests' });
    await asked.getByRole('tab', { name: /^Asked of us/ }).waitFor();

    const asking = await visit({ office: ASKING, name: 'duty-supervisor', path: '/compose/request' });
    await asking.getByRole('checkbox', { name: ASKED }).check();
    await asking.getByLabel('Crime area').selectOption({ label: 'Drugs' });
    await asking.getByLabel('Headline').fill(headline);
    await asking.getByLabel('Question', { exact: true }).selectOption({ label: 'Vessel' });
    await asking.getByLabel('In words').fill('Whose boat crosses after midnight?');
    await asking.getByText('As it stands now.').waitFor();
    await asking.getByRole('button', { name: 'Send to one office' }).click();
    await asking.getByRole('link', { name: 'Open it' }).click();
    const asks = asking.getByRole('region', { name: `We ask ${ASKED}` });
    await asks.getByText('Arrived', { exact: true }).waitFor();

    await asked
      .getByRole('listitem')
      .filter({ hasText: headline })
      .getByRole('link', { name: `${ASKING} asks us` })
      .click();
    const asksUs = asked.getByRole('region', { name: `${ASKING} asks us` });
    await asked.getByText('Whose boat crosses after midnight?').waitFor();
    await asksUs.getByRole('button', { name: 'Acknowledge and assign' }).click();
    await asked
      .getByRole('form', { name: 'Acknowledge and assign' })
      .getByLabel('Who deals with it')
      .fill('border-desk');
    await asked.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await asked.getByText('Acknowledged and on its way.').waitFor();
    await asks.getByText('Acknowledged', { exact: true }).waitFor();
    await asks.getByText('border-desk', { exact: true }).waitFor();

    await asksUs.getByRole('link', { name: 'Answer' }).click();
    await asked.getByRole('heading', { level: 1, name: 'Answer to a request' }).waitFor();
    await asked.getByText('Whose boat crosses after midnight?').waitFor();
    await asked.getByLabel('Result', { exact: true }).selectOption({ label: 'Answered' });
    await asked.getByRole('button', { name: 'Add: Answers in words' }).click();
    await asked.getByLabel('Question number').last().fill('1');
    await asked.getByLabel('Answer', { exact: true }).fill('It belongs to the cooperative of the pier.');
    await asked.getByText('As it stands now.').waitFor();
    await asked.getByRole('button', { name: 'Send', exact: true }).click();
    await asked.getByText('Sent', { exact: true }).first().waitFor();

    await asks.getByText('Answered', { exact: true }).first().waitFor();
    await asking
      .getByRole('region', { name: 'Answers' })
      .getByText('It belongs to the cooperative of the pier.')
      .waitFor();
    await asked.goBack();
    await asksUs.getByText('Answered', { exact: true }).first().waitFor();
    await eventually(
      async () => {
        const there = await lifeOf(asked, ASKING);
        expect(there.length).toBeGreaterThanOrEqual(4);
        expect(await lifeOf(asking, ASKED)).toEqual(there);
      },
      { withinMs: 15_000, everyMs: 200 },
    );
  });
});
