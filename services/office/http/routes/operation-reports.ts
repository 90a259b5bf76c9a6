import { digestOf, isOfficeId, type OfficeId, parseDigest, utf8 } from '../../../core/foundation/index.ts';
import { OperationsError, type OperationView, type ReportView } from '../../../core/relay/index.ts';
import type { OperationPost } from '../../../core/wire/index.ts';
import { operationReportHtml, type ShownLesson } from '../../views/operation-report-html.ts';
import { REPORT_POLICY } from '../../views/operation-report-style.ts';
import type { Door } from '../door.ts';
import { readContent } from '../read-content.ts';
import { readFields } from '../read-fields.ts';
import { type Answer, type Asker, guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';
import { submissionAnswer } from '../submitting.ts';

const PATH = {
  id: { kind: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, about: 'The id of the operation.' },
} as const;
const SIGNATURE = {
  digest: { kind: 'text', pattern: /^[0-9a-f]{64}$/, about: 'The digest of the report that was read.' },
} as const;
const UNKNOWN = 'No such operation is known here, or it was never live.';

/** `GET /v1/operations/{id}/report`: the after-action report. */
export const readOperationReport = guardedRoute({
  method: 'GET',
  path: '/v1/operations/{id}/report',
  name: 'readOperationReport',
  action: 'read-operations',
  summary: 'Read the after-action report of an operation',
  about:
    "Computed from the charter, the acts and what each member stated of its own posts: the same at every member once the operation is closed. `format=html` is a page that prints, `format=signed` the exact text whose SHA-256 is signed; without a format, the Accept header chooses between JSON and HTML. Texts of lessons are this office's own copies and not part of what is signed.",
  pathParams: PATH,
  queryParams: {
    format: { kind: 'word', words: ['json', 'html', 'signed'], about: 'Left out, by the Accept header.' },
  },
  answers: { 200: { about: 'The report.', schema: schemaRef('OperationReport') } },
  problems: { 404: UNKNOWN },
  handle: async (door, { asker, path, query, header }) => {
    const report = door.relay.reports.read(findOperation(door, path.id));
    const format = query.format ?? formatOf(header('accept'));
    if (format === 'signed') return { status: 200, text: report.text };
    const lessons = await lessonsOf(door, asker, report);
    return format === 'html' ? page(report, lessons) : { status: 200, body: reportJson(report, lessons) };
  },
});

/** `POST /v1/operations/{id}/report/sign`: a supervisor who has read it signs it. */
export const signOperationReport = guardedRoute({
  method: 'POST',
  path: '/v1/operations/{id}/report/sign',
  name: 'signOperationReport',
  action: 'sign-report',
  summary: 'Sign the after-action report',
  about:
    'Says to all members that this office stands by the report of exactly that digest. Refused where it is not the report as it stands now, where a member states its posts otherwise than they are on record here, and where another member signed something else, unless `despite` names that member.',
  pathParams: PATH,
  queryParams: {
    despite: {
      kind: 'text',
      pattern: /^[a-z0-9-]{1,64}(,[a-z0-9-]{1,64}){0,63}$/,
      about:
        'Offices, with commas between them, of which whoever signs knows that they state or signed something else.',
    },
  },
  body: schemaRef('ReportSignature'),
  answers: { 201: { about: 'Signed, and on its way to the others.', schema: schemaRef('SubmissionAnswer') } },
  problems: {
    403: 'The role does not allow it, or this office is no longer part of the operation.',
    404: UNKNOWN,
    409: 'The report is not final, is not the one that was read, or differs from what others state or signed.',
    503: 'Nothing can be recorded now.',
  },
  handle: async (door, { asker, path, query, body }) => {
    const digest = parseDigest(readFields(SIGNATURE, body).digest);
    const despite = (query.despite ?? '').split(',').filter(isOfficeId);
    door.relay.reports.assertSignable(findOperation(door, path.id), digest, despite);
    const result = await door.relay.operations.signReport(
      {
        operation: path.id,
        text: '',
        textLanguage: '',
        submittedBy: asker.principal.name,
        idempotencyKey: '',
        submissionDigest: digestOf(utf8(`${path.id} ${digest}`)),
      },
      digest,
    );
    return submissionAnswer(door, result, `/v1/operations/${path.id}/report`);
  },
});

function findOperation(door: Door, id: string): OperationView {
  const view = door.relay.operations.get(id);
  if (view === undefined) throw new OperationsError('OPERATIONS_UNKNOWN', { context: { id } });
  return view;
}

/** Who asks for a page, and does not ask for JSON first, gets one. */
function formatOf(accept: string | undefined): 'json' | 'html' {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  const [html, json] = [types.indexOf('text/html'), types.indexOf('application/json')];
  return html >= 0 && (json < 0 || html < json) ? 'html' : 'json';
}

function page(report: ReportView, lessons: readonly ShownLesson[]): Answer {
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': REPORT_POLICY },
    text: operationReportHtml(report, lessons),
  };
}

function reportJson(view: ReportView, lessons: readonly ShownLesson[]): Readonly<Record<string, unknown>> {
  const { operation, final, digest, report, signatures, contradictions } = view;
  return { operation, final, digest, report, signatures, contradictions, lessons };
}

async function lessonsOf(door: Door, asker: Asker, { operation, report }: ReportView): Promise<readonly ShownLesson[]> {
  const posts = door.relay.channel.posts(operation);
  const shown = await Promise.all(
    report.lessons.map(async ({ office, number, digest }): Promise<ShownLesson | null> => {
      const post = posts.at(office as OfficeId, number);
      if (post?.digest !== digest || post.message === null) return null;
      const { content } = await readContent(door, asker, post.message);
      if (content === null) return null;
      const { headline, text, textLanguage: language } = content.body as OperationPost;
      return { office, number, digest, headline, text, language };
    }),
  );
  return shown.filter((lesson) => lesson !== null);
}
