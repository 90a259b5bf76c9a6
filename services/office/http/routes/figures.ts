import { type CalendarMonth, monthOf, monthsBetween, parseMonth } from '../../../core/figures/index.ts';
import { days, type EpochMs, earlier, rfc3339 } from '../../../core/foundation/index.ts';
import { OfficeError } from '../../errors.ts';
import { MOST_PUBLIC_MONTHS } from '../../figures/public-figures.ts';
import { figuresCsv, publicFiguresCsv } from '../../views/figures-csv.ts';
import { figuresAnswer } from '../../views/figures-json.ts';
import { REPORT_POLICY } from '../../views/operation-report-style.ts';
import { publicFiguresHtml } from '../../views/public-figures-html.ts';
import { publicFiguresJson } from '../../views/public-figures-json.ts';
import { type Answer, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

const USUAL_SPAN = days(91);
const LONGEST_SPAN = days(1830);
const USUAL_MONTHS = 12;
const MONTH = /^[0-9]{4}-(0[1-9]|1[0-2])$/;
const PROBLEMS = {
  429: 'As many figures are being computed as may wait, or more requests came than are answered.',
  503: 'Nothing can be recorded now, so no file is given.',
};

/** `GET /v1/figures`: how this office and its neighbours work together, in numbers. */
export const readFigures = guardedRoute({
  method: 'GET',
  path: '/v1/figures',
  name: 'readFigures',
  action: 'read-figures',
  summary: 'Figures of this office',
  about:
    'Computed from the ledger alone, as things stand now: messages by neighbour, crime area, precedence, kind and outcome, how long things took, requests, holds, refusals by policy, what went past the hold, and what officers closed. A message to two offices counts for each. Exercises are counted apart. A period is in UTC, five years at the most; `format=csv` is one long table.',
  queryParams: {
    from: { kind: 'time', about: 'From then on. Default 91 days before the end.' },
    until: { kind: 'time', about: 'Before then. Default now.' },
    format: {
      kind: 'word',
      words: ['json', 'csv'],
      about: 'Given, it is a file to keep, and that it left is on record.',
    },
  },
  answers: { 200: { about: 'The figures.', schema: schemaRef('Figures') } },
  problems: PROBLEMS,
  handle: async (door, { query, asker }) => {
    const untilMs = query.until ?? door.clock.now();
    const fromMs = query.from ?? earlier(untilMs, USUAL_SPAN);
    assertPeriod(fromMs, untilMs);
    const figures = await door.oversight.figures({ fromMs, untilMs });
    if (query.format === undefined) return { status: 200, body: figuresAnswer(figures) };
    await door.people.recordExport(asker.principal, 'figures');
    const name = `figures-${door.office}-${dayOf(fromMs)}-${dayOf(untilMs)}`;
    return query.format === 'csv'
      ? csvFile(figuresCsv(figures), name)
      : { status: 200, body: figuresAnswer(figures), headers: attached(`${name}.json`) };
  },
});

/** `GET /v1/figures/public`: the figures for publication. */
export const readPublicFigures = guardedRoute({
  method: 'GET',
  path: '/v1/figures/public',
  name: 'readPublicFigures',
  action: 'read-figures',
  summary: 'Figures for publication',
  about:
    'Whole months, counts in steps of five by one thing at a time, exercises left out: no small count can be worked out from it, whatever is put together. A table that would give one away is withheld. How messages ended is told of a month once it is over for seven days, as it was known then. `format=html` is a page that prints.',
  queryParams: {
    from: { kind: 'text', pattern: MONTH, about: 'First month, `2029-01`. Default eleven months before the last.' },
    until: { kind: 'text', pattern: MONTH, about: 'Last month. Default the one that runs.' },
    format: {
      kind: 'word',
      words: ['json', 'csv', 'html'],
      about: 'Given, it is a file to keep, and that it left is on record.',
    },
  },
  answers: { 200: { about: 'The figures.', schema: schemaRef('PublicFigures') } },
  problems: PROBLEMS,
  handle: async (door, { query, asker }) => {
    const until = parseMonth(query.until) ?? monthOf(door.clock.now());
    const from = parseMonth(query.from) ?? monthsBetween('1971-01' as CalendarMonth, until, USUAL_MONTHS)[0] ?? until;
    if (from > until || monthsBetween(from, until, MOST_PUBLIC_MONTHS + 1).length > MOST_PUBLIC_MONTHS)
      throw periodInvalid(`at most ${MOST_PUBLIC_MONTHS} months, the first before the last`);
    const figures = await door.oversight.published({ from, until });
    if (query.format === undefined) return { status: 200, body: publicFiguresJson(figures) };
    await door.people.recordExport(asker.principal, 'public-figures');
    const name = `public-figures-${door.office}-${from}-${until}`;
    if (query.format === 'csv') return csvFile(publicFiguresCsv(figures), name);
    if (query.format === 'json')
      return { status: 200, body: publicFiguresJson(figures), headers: attached(`${name}.json`) };
    return {
      status: 200,
      text: publicFiguresHtml(figures),
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': REPORT_POLICY },
    };
  },
});

function csvFile(text: string, name: string): Answer {
  return { status: 200, text, contentType: 'text/csv; charset=utf-8', headers: attached(`${name}.csv`) };
}

function attached(name: string): Readonly<Record<string, string>> {
  return { 'content-disposition': `attachment; filename="${name}"` };
}

function dayOf(at: EpochMs): string {
  return rfc3339(at).slice(0, 10);
}

function assertPeriod(fromMs: EpochMs, untilMs: EpochMs): void {
  if (fromMs < untilMs && untilMs - fromMs <= LONGEST_SPAN) return;
  throw periodInvalid('the end is after the beginning, and at most five years after it');
}

function periodInvalid(message: string): OfficeError {
  return new OfficeError('OFFICE_REQUEST_INVALID', { faults: [{ field: 'from', reason: 'out-of-range', message }] });
}
