import type { ComponentChildren, JSX } from 'preact';
import type { Problem } from '../api/problem.ts';
import { dateTime, problemTexts, t } from '../i18n/index.ts';

/** Something that the person should know; `danger` and `warn` are read out at once. */
export function Notice({
  tone = 'accent',
  title,
  children,
}: {
  readonly tone?: 'accent' | 'good' | 'warn' | 'danger';
  readonly title?: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={tone === 'danger' || tone === 'warn' ? 'alert' : 'status'}>
      {title === undefined ? null : <strong>{title}</strong>}
      {children}
    </div>
  );
}

/** Why something was not done, what to do about it, and how to name it to the operator. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }): JSX.Element | null {
  if (problem === undefined) return null;
  const { meaning, action } = problemTexts(problem);
  const { conflict } = problem;
  return (
    <Notice tone="danger" title={meaning}>
      {conflict === undefined ? (
        <p>{action}</p>
      ) : (
        <p>{t('problem.conflict', { officer: conflict.officer, at: dateTime(conflict.at) })}</p>
      )}
      {problem.retryAfterSeconds === undefined ? null : (
        <p>{t('problem.retryAfter', { seconds: problem.retryAfterSeconds })}</p>
      )}
      <p class="small muted mono">
        {problem.code} {problem.correlationId}
      </p>
    </Notice>
  );
}
