import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportDesk } from '../../../services/core/relay/operations/report/index.ts';
import { PostType } from '../../../services/core/wire/index.ts';
import { escapeHtml } from '../../../services/office/views/escape-html.ts';
import { operationReportHtml } from '../../../services/office/views/operation-report-html.ts';
import { REPORT_POLICY } from '../../../services/office/views/operation-report-style.ts';
import { at, digestNamed, fact, figures, LA, MM, member, operation, TH } from '../relay/operations/report/fixtures.ts';

const desk = reportDesk({ self: LA, projection: { ofKind: () => [] } as never });
const closed = operation({ contributions: new Map([[MM, figures([fact(4, PostType.LESSON, 180)])]]) });
const lesson = { office: MM, number: 4, digest: digestNamed(4), headline: '', text: '', language: '' };
const HOSTILE = `</td></style><script src=//x></script><img onerror=1 src="x" '>&\u202E`;

describe('operationReportHtml', () => {
  it('needs nothing from anywhere and runs nothing', () => {
    const html = operationReportHtml(desk.read(closed), []);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).not.toMatch(/<script|<img|<link|<iframe|url\(|@import|\son\w+=|src=|href=/i);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(REPORT_POLICY).toContain(`style-src 'sha256-${hash}'`);
    expect(REPORT_POLICY).toContain("default-src 'none'");
  });

  it('shows whatever anybody wrote as text', () => {
    const view = desk.read(closed);
    const members = view.report.members.map((one) => ({ ...one, dutyContact: HOSTILE, state: HOSTILE }));
    const charter = { ...view.report.charter, name: HOSTILE, aim: HOSTILE, agreement: HOSTILE };
    const html = operationReportHtml({ ...view, report: { ...view.report, members, charter } }, [
      { ...lesson, text: HOSTILE, headline: HOSTILE, language: '"><script>' },
    ]);
    expect(html.match(/<(script|img)/g)).toBeNull();
    expect(html).not.toContain('\u202E');
    expect(html).toContain('&lt;script src=//x&gt;');
  });

  it('says of a lesson whether its text is here, and in which language', () => {
    expect(operationReportHtml(desk.read(closed), [])).toContain('Its text is not here.');
    const html = operationReportHtml(desk.read(closed), [{ ...lesson, text: 'ໃຫ້ໂທກ່ອນ', language: 'lo' }]);
    expect(html).toContain('<blockquote lang="lo" dir="auto">ໃຫ້ໂທກ່ອນ</blockquote>');
  });

  it('says exercise at both ends of an exercise, and never of what is real', () => {
    const drill = operationReportHtml(desk.read(operation({ drill: true })), []);
    expect(drill.match(/class="drill"/g)).toHaveLength(2);
    expect(drill).toContain('<title>EXERCISE: ');
    expect(operationReportHtml(desk.read(operation()), [])).not.toContain('EXERCISE');
  });

  it('names who signed another report, and who states something else', () => {
    const view = desk.read(operation({ reportSignatures: new Map([[TH, digestNamed(3) as never]]) }));
    const html = operationReportHtml({ ...view, contradictions: [{ office: MM, number: 2 }] }, []);
    expect(html).toContain('another report');
    expect(html).toContain('states post 2 otherwise');
  });

  it('says where it is not final', () => {
    expect(operationReportHtml(desk.read(operation({ state: 'closing' })), [])).toContain('not the final report');
    const late = member(MM, 2, { joinedMs: at(60), joinedLate: true });
    const members = new Map([...operation().members, [MM, late]]);
    expect(operationReportHtml(desk.read(operation({ members })), [])).toContain('joined, late');
  });
});

describe('escapeHtml', () => {
  it('lets nothing be anything but text', () => {
    expect(escapeHtml(`<a href="x" title='y'>&\u0000\n`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;\uFFFD\n',
    );
  });
});
