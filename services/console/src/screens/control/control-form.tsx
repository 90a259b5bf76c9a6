import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Action } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, type ButtonLook, focusFirstError, ProblemNotice } from '../../ui/index.ts';

/** A small form: what was typed stays until the office has it, and the cursor goes to what is missing. */
export function ControlForm({
  label,
  action,
  isComplete,
  onTried,
  work,
  onDone,
  onDrop,
  submit,
  look = 'primary',
  children,
}: {
  readonly label: string;
  readonly action: Action;
  readonly isComplete: boolean;
  /** From now on what is missing is marked. */
  readonly onTried: () => void;
  readonly work: () => Promise<void>;
  readonly onDone: () => void;
  readonly onDrop?: () => void;
  readonly submit: string;
  readonly look?: ButtonLook;
  readonly children: ComponentChildren;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const press = async (): Promise<void> => {
    onTried();
    if (isComplete && (await action.run(work))) onDone();
    else focusFirstError(form.current);
  };
  return (
    <form
      ref={form}
      class="board-form no-print"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void press();
      }}
    >
      <ProblemNotice problem={action.problem} />
      {children}
      <div class="row">
        <Button type="submit" look={look} busy={action.busy}>
          {submit}
        </Button>
        {onDrop === undefined ? null : (
          <Button look="plain" onClick={onDrop}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Says that a field is missing once somebody has tried, or that the office named it. */
export function errorOf(action: Action, name: string, isMissing: boolean): string | undefined {
  const fault = action.problem?.faults.find(({ field }) => field === name || field.startsWith(`${name}[`));
  if (isMissing) return t('boards.required');
  return fault === undefined ? undefined : t('boards.unfit');
}
