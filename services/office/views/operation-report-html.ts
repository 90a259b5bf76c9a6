import type { AfterActionReport, ReportView } from '../../core/relay/index.ts';
import { labelsOf } from '../../core/wire/index.ts';
import { escapeHtml } from './escape-html.ts';
import { REPORT_STYLE } from './operation-report-style.ts';

/** A lesson with its text, where it can be read here. */
export interface ShownLesson {
  readonly office: string;
  readonly number: number;
  readonly digest: string;
  readonly headline: string;
  readonly text: string;
  /** BCP 47; empty where nobody said. */
  readonly language: string;
}

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.values(labelsOf('en').codes).flatMap((codes) => Object.entries(codes)),
);

/** A code in words; what has none is shown as it is. */
function word(code: string): string {
  return escapeHtml(WORDS.get(code) ?? code);
}

/** The report as a page for people and printers; what is written in it is text, whatever it says. */
export function operationReportHtml(view: ReportView, lessons: readonly ShownLesson[]): string {
  const { report } = view;
  const charter = report.charter as { readonly name?: string; readonly aim?: string };
  const title = `After-action report: ${escapeHtml(charter.name ?? report.operation)}`;
  const drill = report.drill
    ? '<p class="drill" role="note">EXERCISE EXERCISE EXERCISE: nothing in this report is real.</p>'
    : '';
  const draft = view.final ? '' : '<p class="bad">The operation is not closed: this is not the final report.</p>';
  const body = [
    drill,
    `<h1 dir="auto">${title}</h1>`,
    draft,
    `<p dir="auto">${escapeHtml(charter.aim ?? '')}</p>`,
    facts(report),
    section('Members', membersTable(report)),
    section('Outcomes', outcomesTable(report)),
    section('Taskings', taskingsTable(report)),
    section('Posts', postsTable(report)),
    section('Withheld', withheldTable(report)),
    section('Delivery and opening', deliveriesTable(report)),
    section('Lessons', lessonsText(report, lessons)),
    section('Timeline', timelineTable(report)),
    section('Signatures', signaturesText(view)),
    drill,
  ].join('\n');
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>${report.drill ? 'EXERCISE: ' : ''}${title}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}

function section(heading: string, body: string): string {
  return `<section>\n<h2>${heading}</h2>\n${body}\n</section>`;
}

interface Cell {
  readonly html: string;
  readonly numeric?: true;
}

const text = (value: string): Cell => ({ html: escapeHtml(value) });
const count = (value: number): Cell => ({ html: String(value), numeric: true });

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[], none: string): string {
  if (rows.length === 0) return `<p class="note">${none}</p>`;
  const cells = (tag: string, row: readonly Cell[]): string =>
    `<tr>${row.map(({ html, numeric }) => `<${tag}${numeric ? ' class="n"' : ''} dir="auto">${html}</${tag}>`).join('')}</tr>`;
  return `<table>\n<thead>${cells('th', head)}</thead>\n<tbody>\n${rows.map((row) => cells('td', row)).join('\n')}\n</tbody>\n</table>`;
}

const heads = (...names: readonly string[]): readonly Cell[] => names.map((name) => ({ html: name }));
const counted = (...names: readonly string[]): readonly Cell[] => names.map((name) => ({ html: name, numeric: true }));

function time(at: string | null): string {
  return at === null
    ? '-'
    : `<time datetime="${escapeHtml(at)}">${escapeHtml(at.replace('T', ' ').slice(0, 19))}</time>`;
}

function lasted(ms: number | null): string {
  if (ms === null) return '-';
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return `${ms} ms`;
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function facts(report: AfterActionReport): string {
  const charter = report.charter as Readonly<Record<string, unknown>>;
  const words = (name: string): string =>
    ((charter[name] as readonly string[] | undefined) ?? []).map(word).join(', ') || '-';
  const entries: readonly (readonly [string, string])[] = [
    ['Operation', `<code>${escapeHtml(report.operation)}</code>`],
    ['Lead', escapeHtml(report.lead)],
    ['Agreement', escapeHtml(String(charter['agreement'] ?? '-'))],
    [
      'Lawful basis',
      `${word(String(charter['lawfulBasis'] ?? ''))} ${escapeHtml(String(charter['lawfulBasisReference'] ?? ''))}`,
    ],
    ['Purposes', words('purposes')],
    ['Crime areas', words('crimeAreas')],
    ['Handling ceiling', word(String(charter['handlingCeiling'] ?? '-'))],
    ['Opened', `${time(report.openedAt)} UTC`],
    ['Closed', `${time(report.closedAt)} UTC`],
    ['Charter', `<code>SHA-256 ${escapeHtml(report.charterDigest)}</code>`],
  ];
  return `<dl>\n${entries.map(([name, html]) => `<dt>${name}</dt><dd dir="auto">${html}</dd>`).join('\n')}\n</dl>`;
}

function membersTable({ members }: AfterActionReport): string {
  return table(
    [...heads('Office', 'Role', 'State', 'Joined', 'Ended', 'Duty contact'), ...counted('Posts')],
    members.map((member) => [
      text(member.office),
      { html: word(member.role) },
      text(member.joinedLate ? `${member.state}, late` : member.state),
      { html: time(member.joinedAt) },
      { html: time(member.endedAt) },
      text(member.dutyContact),
      member.stated ? count(member.posts) : text('not stated'),
    ]),
    'None.',
  );
}

function countsTable(
  rows: readonly { readonly office: string; readonly counts: Readonly<Record<string, number>> }[],
  total?: Readonly<Record<string, number>>,
): string {
  const codes = [...new Set(rows.flatMap(({ counts }) => Object.keys(counts)))].sort();
  if (codes.length === 0) return '<p class="note">None.</p>';
  const lines = rows.map(({ office, counts }) => [text(office), ...codes.map((each) => count(counts[each] ?? 0))]);
  const sums = total === undefined ? [] : [[text('In all'), ...codes.map((each) => count(total[each] ?? 0))]];
  return table([...heads('Office'), ...counted(...codes.map(word))], [...lines, ...sums], 'None.');
}

function outcomesTable({ outcomes, outcomesTotal }: AfterActionReport): string {
  return countsTable(outcomes, outcomesTotal);
}

function postsTable({ posts }: AfterActionReport): string {
  return countsTable(posts);
}

function taskingsTable({ taskings }: AfterActionReport): string {
  return table(
    [...heads('Tasking', 'For', 'State', 'Due'), ...counted('Accepted after', 'Done after')],
    taskings.flatMap(({ office, number, dueAt, assignments }) =>
      assignments.map((each) => [
        text(`${office} ${number}`),
        text(each.office),
        {
          html: `${each.state === 'TASKING_STATE_UNSPECIFIED' ? 'open' : word(each.state)}${each.late ? ' <span class="bad">late</span>' : ''}`,
        },
        { html: time(dueAt) },
        { html: lasted(each.acceptedAfterMs), numeric: true } as const,
        { html: lasted(each.doneAfterMs), numeric: true } as const,
      ]),
    ),
    'There were none.',
  );
}

function withheldTable({ withheld }: AfterActionReport): string {
  return table(
    [...heads('From', 'To'), ...counted('Whole posts', 'Parts of posts')],
    withheld.map(({ from, to, whole, parts }) => [text(from), text(to), count(whole), count(parts)]),
    'No member has stated any.',
  );
}

function deliveriesTable({ deliveries }: AfterActionReport): string {
  return table(
    [...heads('From', 'To'), ...counted('Delivered', 'Opened', 'Median delivery', 'Longest', 'Median opening')],
    deliveries.map((each) => [
      text(each.from),
      text(each.to),
      count(each.delivered),
      count(each.opened),
      ...[each.medianDeliveryMs, each.longestDeliveryMs, each.medianOpeningMs].map(
        (ms) => ({ html: lasted(ms), numeric: true }) as const,
      ),
    ]),
    'No member has stated any.',
  );
}

function lessonsText({ lessons }: AfterActionReport, shown: readonly ShownLesson[]): string {
  if (lessons.length === 0) return '<p class="note">None were entered.</p>';
  const blocks = lessons.map(({ office, number, digest, at }) => {
    const own = shown.find((lesson) => lesson.digest === digest);
    const said =
      own === undefined
        ? '<p class="note">Its text is not here.</p>'
        : `<blockquote${own.language === '' ? '' : ` lang="${escapeHtml(own.language)}"`} dir="auto">${escapeHtml([own.headline, own.text].filter((each) => each !== '').join('\n'))}</blockquote>`;
    return `<p>${escapeHtml(office)} ${number}, ${time(at)}: <code>${escapeHtml(digest)}</code></p>\n${said}`;
  });
  return `<p class="note">The digests are signed; the texts are this office's own copies.</p>\n${blocks.join('\n')}`;
}

function timelineTable({ timeline, beyondTimeline }: AfterActionReport): string {
  const rows = timeline.map(({ at, office, what, number, member }) => [
    { html: time(at) },
    text(office),
    { html: `${word(what)}${number === null ? '' : ` ${number}`}${member === null ? '' : `: ${escapeHtml(member)}`}` },
  ]);
  const more = beyondTimeline === 0 ? '' : `\n<p class="note">${beyondTimeline} more posts are counted above.</p>`;
  return `${table(heads('UTC', 'Office', 'What'), rows, 'Nothing happened.')}${more}`;
}

function signaturesText({ digest, signatures, contradictions }: ReportView): string {
  const rows = signatures.map(({ office, digest: signed, agrees }) => [
    text(office),
    { html: agrees ? 'this report' : `<span class="bad">another report</span>: <code>${escapeHtml(signed)}</code>` },
  ]);
  const against = contradictions.map(
    ({ office, number }) =>
      `<p class="bad">${escapeHtml(office)} states ${number === 0 ? 'fewer posts than are here' : `post ${number} otherwise than it is here`}.</p>`,
  );
  return `<p>What is signed is the report's JSON text: <code>SHA-256 ${escapeHtml(digest)}</code></p>\n${table(heads('Office', 'Signed'), rows, 'Nobody has signed it yet.')}${against.join('')}`;
}
