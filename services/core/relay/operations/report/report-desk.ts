import { digestOf, type OfficeId, utf8 } from '../../../foundation/index.ts';
import type { RelayContext } from '../../parts.ts';
import { operationPosts } from '../channel/fold-posts.ts';
import { isPresent } from '../members.ts';
import type { OperationView } from '../types.ts';
import { afterActionReport } from './after-action-report.ts';
import { canonicalJson, type ReportValue } from './canonical-json.ts';
import { ReportError } from './errors.ts';
import { findContradictions } from './find-contradictions.ts';
import type { ReportView } from './types.ts';

/** After-action reports of this office's operations. */
export interface ReportDesk {
  /** The report as it stands now. @throws ReportError REPORT_NOT_OPENED. */
  readonly read: (view: OperationView) => ReportView;
  /**
   * The report of exactly that digest may be signed here now. `despite` are offices of which it is known, to whoever
   * signs, that they state or signed something else: one member alone keeps nobody from signing what is right.
   * @throws ReportError REPORT_NOT_OPENED, REPORT_NOT_FINAL, REPORT_NOT_MEMBER, REPORT_CHANGED, REPORT_CONTRADICTED, REPORT_DIFFERS, REPORT_SIGNED.
   */
  readonly assertSignable: (view: OperationView, read: string, despite?: readonly OfficeId[]) => ReportView;
}

/** The report desk of this office. */
export function reportDesk({ self, projection }: Pick<RelayContext, 'self' | 'projection'>): ReportDesk {
  const read = (view: OperationView): ReportView => {
    if (view.openedMs === null) throw new ReportError('REPORT_NOT_OPENED', { context: { operation: view.id } });
    const report = afterActionReport(view);
    const text = canonicalJson(report as unknown as ReportValue);
    const digest = digestOf(utf8(text));
    return {
      operation: view.id,
      final: view.state === 'closed',
      report,
      text,
      digest,
      signatures: [...view.reportSignatures].map(([office, signed]) => ({
        office,
        digest: signed,
        agrees: signed === digest,
      })),
      contradictions: findContradictions(view, operationPosts(projection, view)),
    };
  };
  return {
    read,
    assertSignable: (view, digest, despite = []) => assertSignable(self, view, read(view), digest, despite),
  };
}

function assertSignable(
  self: OfficeId,
  view: OperationView,
  report: ReportView,
  read: string,
  despite: readonly OfficeId[],
): ReportView {
  const context = { operation: view.id };
  if (!report.final) throw new ReportError('REPORT_NOT_FINAL', { context: { ...context, state: view.state } });
  if (!isPresent(view, self)) throw new ReportError('REPORT_NOT_MEMBER', { context });
  if (report.digest !== read)
    throw new ReportError('REPORT_CHANGED', { context: { ...context, digest: report.digest } });
  const contradicted = report.contradictions.filter(({ office }) => !despite.includes(office));
  if (contradicted.length > 0) {
    const offices = [...new Set(contradicted.map(({ office }) => office))].join(' ');
    throw new ReportError('REPORT_CONTRADICTED', { context: { ...context, offices } });
  }
  const others = report.signatures.filter(
    ({ office, agrees }) => office !== self && !agrees && !despite.includes(office),
  );
  if (others.length > 0) {
    const offices = others.map(({ office }) => office).join(' ');
    throw new ReportError('REPORT_DIFFERS', { context: { ...context, offices } });
  }
  if (report.signatures.some(({ office, agrees }) => office === self && agrees))
    throw new ReportError('REPORT_SIGNED', { context });
  return report;
}
