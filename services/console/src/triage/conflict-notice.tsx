import type { JSX } from 'preact';
import type { Problem } from '../api/index.ts';
import { clockTime, code, t } from '../i18n/index.ts';
import { Notice, ProblemNotice } from '../ui/index.ts';

/** Why a step was not taken; where somebody else was quicker, who did what and when. */
export function StepProblem({ problem }: { readonly problem: Problem | undefined }): JSX.Element | null {
  const conflict = problem?.conflict;
  if (conflict === undefined) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="warn" title={t('triage.conflict')}>
      <p>
        {t('triage.conflictWho', {
          officer: conflict.officer,
          action: code('TriageAction', conflict.action),
          at: clockTime(conflict.at),
        })}
      </p>
      <p>{t('triage.conflictKept')}</p>
    </Notice>
  );
}
