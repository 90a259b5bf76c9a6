import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type JsonRecord, listOf, stringOf } from '../../../services/cli/office-api/office-client.ts';
import {
  FAKE_NOTICE,
  HIDDEN_IN_LINE,
  HOSTILE_PLACE,
  HOSTILE_SUBJECTS,
  hostileHeadline,
  hostileLine,
  hostileText,
  MARKUP,
} from '../../support/console/hostile.ts';
import { arrived, asRole, plainAlert, submit, unique } from '../../support/console/seed.ts';
import { endVisits, visit } from '../../support/console/visit.ts';

endVisits();

const WRITER = 'th-chiang-khong';
const READER = 'la-houayxay';

const said = { text: hostileText(4000), textLanguage: 'en' };

const narrated = {
  narrative: hostileText(4000),
  narrativeLanguage: 'en',
  place: HOSTILE_PLACE,
  subjects: HOSTILE_SUBJECTS,
};

/** Every text within. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** In how many places markup stands in that text. */
function markupIn(text: string | null): number {
  return (text ?? '').split(MARKUP).length - 1;
}

/** What the neighbour sends, by where the reader sees it. */
async function sendAll(mark: string): Promise<Readonly<Record<'message' | 'request' | 'operation', string>>> {
  const headline = hostileHeadline(mark);
  const about = { crimeArea: 'CRIME_AREA_DRUGS', headline };
  const header = { precedence: 'PRECEDENCE_PRIORITY', purpose: 'PURPOSE_PREVENTION' };
  const alert = await submit(WRITER, '/v1/alerts', {
    ...plainAlert(READER, headline, narrated),
    handling: 'HANDLING_CODE_H2',
    caveat: hostileLine(200),
  });
  const request = await submit(WRITER, '/v1/requests', {
    ...header,
    recipients: [READER],
    handling: 'HANDLING_CODE_H0',
    request: {
      ...about,
      ...said,
      terms: { responseClass: 'RESPONSE_CLASS_REGULAR' },
      lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
      lawfulBasisReference: hostileText(60),
      languages: ['en'],
      questions: [{ questionType: 'QUESTION_TYPE_OTHER', text: hostileText(2000), place: HOSTILE_PLACE }],
      subjects: HOSTILE_SUBJECTS,
    },
  });
  const positions = [
    { latitude: 20.2, longitude: 100.3 },
    { latitude: 20.4, longitude: 100.5 },
  ];
  await submit(WRITER, '/v1/bulletins', {
    ...header,
    handling: 'HANDLING_CODE_H0',
    bulletin: {
      ...about,
      ...said,
      messageType: 'MESSAGE_TYPE_ALERT',
      bulletinType: 'BULLETIN_TYPE_ROUTE',
      corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
      urgency: 'URGENCY_EXPECTED',
      geometries: [{ geometryType: 'GEOMETRY_TYPE_LINE_STRING', positions, name: HOSTILE_PLACE.name }],
    },
  });
  const channel = await asRole(WRITER, 'auditor');
  const [live] = listOf((await channel.get('/v1/operations', { state: 'live' }))['items']);
  const operation = stringOf(live?.['id']);
  const post = await submit(WRITER, `/v1/operations/${operation}/posts`, {
    precedence: 'PRECEDENCE_PRIORITY',
    handling: 'HANDLING_CODE_H1',
    post: {
      ...about,
      ...said,
      terms: { postType: 'POST_TYPE_SIGHTING' },
      place: HOSTILE_PLACE,
      subjects: HOSTILE_SUBJECTS,
    } satisfies JsonRecord,
  });
  for (const id of [alert, request, post]) await arrived(READER, WRITER, id);
  return {
    message: `/messages/${WRITER}/${alert}`,
    request: `/requests/${WRITER}/${request}`,
    operation: `/operations/${operation}`,
  };
}

/** Puts into every answer, from the next page on, what only a node that is not honest would have let its officers write. */
async function hideInLines(page: Page): Promise<void> {
  const words = [FAKE_NOTICE, `${FAKE_NOTICE}${HIDDEN_IN_LINE}`].map((text) => JSON.stringify(text)).join(', ');
  await page.addInitScript(`{
    const ask = window.fetch;
    window.fetch = async (...asked) => {
      const answer = await ask(...asked);
      if (!/json/.test(answer.headers.get('content-type') ?? '')) return answer;
      const { status, headers } = answer;
      return new Response((await answer.text()).replaceAll(${words}), { status, headers });
    };
  }`);
}

/** What text would have made of itself, had it become more than text. */
function made(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const all = [...document.querySelectorAll('body *')];
    const textsOf = (element) => [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data);
    const namesOf = (element) => [element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? ''];
    const shown = (elements) => elements.map(({ outerHTML }) => outerHTML.slice(0, 200));
    return {
      ran: window.__owned ?? null,
      elements: document.querySelectorAll('body script, iframe, object, embed, img[src="x"], [onerror]').length,
      links: [...document.links].filter(({ href }) => /^javascript:|example\\.test/.test(href)).length,
      hidden: shown(all.filter((element) =>
        [...textsOf(element), ...namesOf(element)].some((text) => /[\\u200b\\u202e\\u2066]|\\u0336{4}/.test(text)))),
      // A tooltip has no look of its own; everywhere else a peer's words are visibly not the console's.
      notices: shown(all.filter((element) =>
        element.closest('.peer-text, title') === null &&
        textsOf(element).some((text) => text.includes(${JSON.stringify(FAKE_NOTICE)})))),
      wider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    };
  })()`);
}

/** Every field of the alert with markup in it, which is every text there is but the headline and the caveat. */
const SENT_FIELDS = textsIn(narrated).filter((text) => text.includes(MARKUP)).length;

const NOTHING = { ran: null, elements: 0, links: 0, hidden: [], notices: [], wider: false };

describe('what a neighbour wrote', () => {
  it('is text on every screen that shows it, and nothing in it stays hidden', async () => {
    const mark = unique('Boats');
    const { message, request, operation } = await sendAll(mark);
    const page = await visit({
      office: READER,
      name: 'duty-supervisor',
      path: '/inbox',
      device: { viewport: { width: 360, height: 740 } },
    });
    await hideInLines(page);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const screens = ['/inbox', message, '/requests', request, '/bulletins', '/map', '/operations', operation];
    for (const screen of screens) {
      await page.goto(`/console${screen}`);
      const main = page.getByRole('main');
      await main.getByRole('heading', { level: 1 }).waitFor();
      if (screen !== '/operations') await main.getByText(mark).first().waitFor({ state: 'attached' });
      expect(await made(page), screen).toEqual(NOTHING);
      if (screen !== '/operations') await main.getByText('U+200B').first().waitFor({ state: 'attached' });
      if (screen !== '/operations') await main.getByText('U+0336 ×27').first().waitFor({ state: 'attached' });
      if ([message, request, operation].includes(screen))
        await main.getByText('U+202E').first().waitFor({ state: 'attached' });
      if (screen === message) {
        const shown = await page.getByRole('region', { name: 'What was said' }).textContent();
        expect(markupIn(shown)).toBe(SENT_FIELDS);
      }
    }
    expect(dialogs).toEqual([]);
  });
});
