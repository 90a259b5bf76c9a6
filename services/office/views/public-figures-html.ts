import { rfc3339 } from '../../core/foundation/index.ts';
import { labelsOf } from '../../core/wire/index.ts';
import type { PublicFacet } from '../figures/public-categories.ts';
import type { PublicCategory, PublicFigures, PublicMonth, PublicTable } from '../figures/public-figures.ts';
import { escapeHtml } from './escape-html.ts';
import { REPORT_STYLE } from './operation-report-style.ts';

const WORDS: ReadonlyMap<string, string> = new Map([
  ...Object.values(labelsOf('en').codes).flatMap((codes) => Object.entries(codes)),
  ['outbound', 'Sent'],
  ['inbound', 'Received'],
  ['not-stated', 'No crime area on record'],
  ['opened', 'Opened by an officer'],
  ['delivered', 'Delivered, not opened'],
  ['under-way', 'On its way'],
  ['held', 'Waiting for a release'],
  ['refused', 'Refused'],
  ['rejected', 'Rejected by a person'],
  ['expired', 'Expired while it waited'],
  ['failed', 'Not delivered'],
  ['within-10-minutes', 'Within 10 minutes'],
  ['within-an-hour', 'Within an hour'],
  ['within-8-hours', 'Within 8 hours'],
  ['within-a-day', 'Within a day'],
  ['later', 'Later'],
  ['not-opened', 'Not opened'],
  ['not-held', 'Did not wait'],
  ['waiting', 'Waits'],
  ['released', 'Released'],
  ['no-request', 'No request'],
  ['in-time', 'Answered in time'],
  ['late', 'Answered late'],
  ['not-answered', 'Not answered'],
]);

const HEADINGS: Readonly<Record<PublicFacet, string>> = {
  direction: 'Sent and received',
  neighbour: 'By neighbour',
  'crime-area': 'By crime area',
  precedence: 'By precedence',
  kind: 'By kind of message',
  outcome: 'By outcome',
  opening: 'By time until an officer opened it',
  hold: 'By release',
  answer: 'Requests by answer',
};

/** The published figures as a page for people and printers: it loads nothing, from nowhere. */
export function publicFiguresHtml(figures: PublicFigures): string {
  const { office, from, until, atMs, months, sums, total, step } = figures;
  const title = `Figures of ${escapeHtml(office)}, ${from} to ${until}`;
  const body = [
    `<h1>${title}</h1>`,
    `<p>As of ${escapeHtml(rfc3339(atMs).slice(0, 16).replace('T', ' '))} UTC. Messages with other offices: ${range(total)}.</p>`,
    `<p class="note">Counts are told in steps of ${step}, month by month and by one thing at a time. What is not named had fewer than ${step} in each month. Longer times are sums of what is told of months. A table is left out where it would give a small count away. How messages ended is told of months that are over for seven days, as it was known then. Exercises are not counted.</p>`,
    `<section>\n<h2>Month by month</h2>\n${monthsTable(months)}\n</section>`,
    ...sums.map((table) => section(table, step)),
  ].join('\n');
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${title}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

function monthsTable(months: readonly PublicMonth[]): string {
  if (months.length === 0) return '<p class="note">There is no month in this period.</p>';
  const rows = months.map(
    ({ month, total, settled }) =>
      `<tr><th scope="row">${month}</th><td class="n">${range(total)}</td><td>${settled ? 'settled' : 'may still change'}</td></tr>`,
  );
  return `<table>\n<thead><tr><th scope="col">Month</th><th scope="col" class="n">Messages</th><th scope="col">Standing</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function section({ by, told, categories }: PublicTable, step: number): string {
  const heading = `<h2>${HEADINGS[by]}</h2>`;
  if (!told) return `<section>\n${heading}\n<p class="note">Not told of any of these months.</p>\n</section>`;
  if (categories.length === 0)
    return `<section>\n${heading}\n<p class="note">Each had fewer than ${step} in each month.</p>\n</section>`;
  const rows = categories.map(
    (one) => `<tr><th scope="row">${word(one.category)}</th><td class="n">${range(one)}</td></tr>`,
  );
  return `<section>\n${heading}\n<table>\n<thead><tr><th scope="col"></th><th scope="col" class="n">Messages</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>\n</section>`;
}

function word(category: string): string {
  return escapeHtml(WORDS.get(category) ?? category);
}

function range({ atLeast, atMost }: Pick<PublicCategory, 'atLeast' | 'atMost'>): string {
  return atLeast === 0 ? `${atMost} at the most` : `${atLeast} to ${atMost}`;
}
