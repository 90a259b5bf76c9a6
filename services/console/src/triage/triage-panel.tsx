import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Schemas, session, useResource } from '../api/index.ts';
import { code, dateTime, listed, t } from '../i18n/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { AssignForm } from './assign-form.tsx';
import { CaseForm } from './case-form.tsx';
import { CloseForm } from './close-form.tsx';
import { StepProblem } from './conflict-notice.tsx';
import { NoteForm } from './note-form.tsx';
import { RestrictForm } from './restrict-form.tsx';
import { TriageHistory } from './triage-history.tsx';
import { type StepFields, useTriage } from './use-triage.ts';
import './triage.css';

/** The message that is worked on. */
export interface TriagedMessage {
  readonly origin: string;
  readonly id: string;
  readonly triage: Schemas['Triage'];
}

/**
 * Everything that officers of this office do with a message: who has it, the case, notes, closing, restricting. Each
 * part is sent by itself; where somebody else was quicker it says who did what, and what was typed stays.
 */
export function TriagePanel({
  message,
  onClose,
  focusFirst = false,
  onTriage,
}: {
  readonly message: TriagedMessage;
  /** Escape and the close button call it; left out, the panel stays. */
  readonly onClose?: () => void;
  /** The cursor goes to its first control when it appears. */
  readonly focusFirst?: boolean;
  /** Told of every step, whoever took it. */
  readonly onTriage?: (triage: Schemas['Triage']) => void;
}): JSX.Element {
  const { triage, steps, action, take } = useTriage(message);
  const officers = useResource<{ readonly items: readonly Schemas['Officer'][] }>('/v1/officers');
  const done = useSignal('');
  const panel = useRef<HTMLElement>(null);
  const isOwnStep = useRef(false);
  const focusControl = () => panel.current?.querySelector<HTMLElement>('button, select, input, textarea')?.focus();
  useEffect(() => {
    if (focusFirst) focusControl();
  }, []);
  useEffect(() => {
    onTriage?.(triage);
    // A step may take away the control it was taken with; the keyboard goes on from here, not from the top of the page.
    if (isOwnStep.current && document.activeElement === document.body) focusControl();
    isOwnStep.current = false;
  }, [triage.step]);
  const does = (text: string) => async (fields: StepFields) => {
    done.value = '';
    isOwnStep.current = true;
    const isDone = await take(fields);
    if (isDone) done.value = text;
    else isOwnStep.current = false;
    return isDone;
  };
  const key = `${message.origin}/${message.id}`;
  const isClosed = triage.closedAt !== null;
  return (
    <section
      ref={panel}
      class="triage no-print"
      aria-label={t('triage.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onClose === undefined) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p class="triage-now">
        {triage.assignee === null ? t('triage.nobody') : t('triage.has', { officer: triage.assignee })}
        {triage.caseReference === null ? null : ` · ${t('triage.case', { caseReference: triage.caseReference })}`}
        {triage.restrictedTo.length === 0 ? null : (
          <>
            {' · '}
            <Icon shape="lock" /> {t('triage.restrictedTo', { agencies: listed(triage.restrictedTo) })}
          </>
        )}
        {triage.closedAt === null || triage.outcome === null
          ? null
          : ` · ${t('triage.closed', {
              officer: triage.closedBy ?? '',
              at: dateTime(triage.closedAt),
              outcome: code('TriageOutcome', triage.outcome),
            })}`}
      </p>
      <StepProblem problem={action.problem} />
      <p class="visually-hidden" role="status">
        {done.value}
      </p>
      <div class="triage-forms">
        {isClosed ? null : (
          <AssignForm
            assignee={triage.assignee}
            me={session().officer.name}
            officers={officers.value?.items ?? []}
            busy={action.busy}
            take={does(t('triage.done.assigned'))}
          />
        )}
        {isClosed ? null : (
          <CaseForm
            key={triage.caseReference}
            caseReference={triage.caseReference ?? ''}
            busy={action.busy}
            take={does(t('triage.done.case'))}
          />
        )}
        <CloseForm isClosed={isClosed} busy={action.busy} take={does(t('triage.done.closed'))} />
        <NoteForm draft={key} busy={action.busy} take={does(t('triage.done.note'))} />
        <RestrictForm restrictedTo={triage.restrictedTo} busy={action.busy} take={does(t('triage.done.restricted'))} />
      </div>
      <TriageHistory steps={steps.value?.steps ?? []} />
      {onClose === undefined ? null : (
        <div>
          <Button onClick={onClose}>{t('action.close')}</Button>
        </div>
      )}
    </section>
  );
}
