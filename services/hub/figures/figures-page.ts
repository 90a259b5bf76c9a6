import type { CategoryFigures, Figures, PublishedCount } from './answer-figures.ts';
import { FACETS } from './count-releases.ts';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ccc; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-weight: normal; } nav a { margin-right: 1rem; } .bar { background: #35608f; height: .6rem; display: block; }
@media print { nav { display: none; } body { margin: 0; max-width: none; font-size: 11pt; } tr { break-inside: avoid; } .bar { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;

/** What the page is told besides the figures. */
export interface PageContext {
  readonly hub: string;
  readonly at: string;
  /** The words for codes. */
  readonly wordOf: (code: string) => string;
}

/** The headers under which the page is served: it loads nothing, from nowhere. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A page that can be read and printed without any other request. */
export function figuresPage(figures: Figures, { hub, at, wordOf }: PageContext): string {
  const { by, from, until, weeks, categories, total } = figures;
  const most = Math.max(1, ...categories.map(({ atLeast }) => atLeast), ...weeks.map((week) => week.total.atLeast));
  const links = [...FACETS, 'week' as const].map(
    (facet) =>
      `<a href="/figures?by=${facet}&amp;from=${escapeText(from)}&amp;until=${escapeText(until)}"${facet === by ? ' aria-current="page"' : ''}>${escapeText(NAMES[facet])}</a>`,
  );
  const rows =
    by === 'week'
      ? weeks.map((week) => row(week.week, week.total, most))
      : categories.map((one: CategoryFigures) => row(wordOf(one.category), one, most));
  const perWeek = weeks.map(
    (week) =>
      `<tr><th scope="row">${escapeText(week.week)}</th><td>${
        week.withheld
          ? 'withheld'
          : escapeText(
              week.categories.map((one) => `${wordOf(one.category)} ${range(one)}`).join(', ') || 'each under 5',
            )
      }</td><td class="n">${range(week.total)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures of ${escapeText(hub)}</title><style>${STYLE}</style></head><body>
<h1>Releases to the region, by ${escapeText(NAMES[by].toLowerCase())}</h1>
<p>${escapeText(hub)}, weeks ${escapeText(from)} to ${escapeText(until)}, as of ${escapeText(at)}.</p>
<nav aria-label="Facets">${links.join('')}</nav>
<table><thead><tr><th scope="col">${escapeText(NAMES[by])}</th><th scope="col" class="n">Releases</th><th scope="col"></th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr><th scope="row">All</th><td class="n">${range(total)}</td><td></td></tr></tfoot></table>
${by === 'week' ? '' : `<h2>Week by week</h2><table><thead><tr><th scope="col">Week</th><th scope="col">${escapeText(NAMES[by])}</th><th scope="col" class="n">All</th></tr></thead><tbody>${perWeek.join('\n')}</tbody></table>`}
<p>Counts are said in steps of five, week by week; a category that is not named had fewer than five releases in each week.
Longer times and totals are sums of these. A week is withheld by one facet where the totals of the others would give a
small count away. Exercises and withdrawals are not counted.</p>
</body></html>
`;
}

const NAMES = {
  corridor: 'Corridor',
  crimeArea: 'Crime area',
  urgency: 'Urgency',
  nation: 'Nation',
  week: 'Week',
} as const;

function row(name: string, count: PublishedCount, most: number): string {
  const width = Math.round((count.atLeast * 100) / most);
  return `<tr><th scope="row">${escapeText(name)}</th><td class="n">${range(count)}</td><td><span class="bar" style="width:${width}%"></span></td></tr>`;
}

function range({ atLeast, atMost }: PublishedCount): string {
  return atLeast === 0 && atMost < 5 ? 'under 5' : `${atLeast} to ${atMost}`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
