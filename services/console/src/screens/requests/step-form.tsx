import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Schemas, send, session, useAction, useResource } from '../../api/index.ts';
import { CodeSelect, type RequestStep, spoken, TextWithLanguage } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { Button, Check, focusFirstError, ProblemNotice, TextField } from '../../ui/index.ts';

type Detail = Schemas['RequestDetail'];
type Step = Exclude<RequestStep, 'answer'>;

const ACTIONS: Readonly<Record<Step, Schemas['StepSubmission']['action']>> = {
  acknowledge: 'REQUEST_ACTION_ACKNOWLEDGE',
  'ask-clarification': 'REQUEST_ACTION_ASK_CLARIFICATION',
  clarify: 'REQUEST_ACTION_CLARIFY',
  refuse: 'REQUEST_ACTION_REFUSE',
  withdraw: 'REQUEST_ACTION_WITHDRAW',
};

/** One step with what it needs: who, why, or which words. What was typed stays until the office has it. */
export function StepForm({
  step,
  request,
  life,
  onDone,
  onDrop,
}: {
  readonly step: Step;
  readonly request: Detail;
  readonly life: Detail['lives'][number];
  readonly onDone: () => Promise<void>;
  readonly onDrop: () => void;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  // One key for as long as the form is open: a second press after a lost line sends nothing twice.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [assignee, setAssignee] = useState(life.assignee ?? session().officer.name);
  const [ground, setGround] = useState('');
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [toAll, setToAll] = useState(false);
  const [isTried, setIsTried] = useState(false);

  const needsText = step === 'ask-clarification' || step === 'clarify';
  const missing = {
    assignee: step === 'acknowledge' && assignee.trim() === '',
    ground: step === 'refuse' && ground === '',
    text: needsText && words.text.trim() === '',
  };
  const errorOf = (name: keyof typeof missing): string | undefined =>
    (isTried && missing[name]) || action.problem?.faults.some(({ field }) => field === name)
      ? t('boards.required')
      : undefined;
  const others = request.lives.filter((one) => one.open && one.asked !== life.asked);

  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (Object.values(missing).some((one) => one)) return focusFirstError(form.current);
    const body: Schemas['StepSubmission'] = {
      action: ACTIONS[step],
      idempotencyKey,
      ...(request.side === 'asking' && !toAll ? { recipients: [life.asked] } : {}),
      ...(step === 'acknowledge' ? { assignee: assignee.trim() } : {}),
      ...(step === 'refuse' ? { ground: ground as NonNullable<Schemas['StepSubmission']['ground']> } : {}),
      ...spoken(words),
    };
    const address = `/v1/requests/${encodeURIComponent(request.id)}/steps`;
    const isDone = await action.run(async () => {
      await send(address, { query: { origin: request.origin }, body });
    });
    if (isDone) await onDone();
    else focusFirstError(form.current);
  };

  return (
    <form
      ref={form}
      class="board-form"
      aria-label={t(`requests.step.${step}`)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ProblemNotice problem={action.problem} />
      {step === 'acknowledge' ? <Assignee value={assignee} onValue={setAssignee} error={errorOf('assignee')} /> : null}
      {step === 'refuse' ? (
        <CodeSelect
          list="RefusalGround"
          label={t('requests.ground')}
          value={ground}
          onValue={setGround}
          error={errorOf('ground')}
        />
      ) : null}
      <TextWithLanguage
        label={t(needsText ? `requests.words.${step as 'clarify'}` : 'requests.words.other')}
        value={words}
        onValue={setWords}
        error={errorOf('text')}
        maxLength={4000}
        required={needsText}
      />
      {request.side === 'asking' && others.length > 0 ? (
        <Check label={t('requests.toAll', { n: others.length + 1 })} checked={toAll} onChecked={setToAll} />
      ) : null}
      <div class="row">
        <Button type="submit" look={step === 'refuse' || step === 'withdraw' ? 'danger' : 'primary'} busy={action.busy}>
          {t(`requests.submit.${step}`)}
        </Button>
        <Button look="plain" onClick={onDrop}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Who deals with it: anybody of this office, by the name they have here. */
function Assignee({
  value,
  onValue,
  error,
}: {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly error: string | undefined;
}): JSX.Element {
  const officers = useResource<{
    readonly items: readonly { readonly name: string; readonly displayName?: string | null }[];
  }>('/v1/officers', ['people']);
  return (
    <>
      <TextField
        label={t('requests.assign')}
        hint={t('requests.assignHint')}
        value={value}
        onValue={onValue}
        error={error}
        maxLength={64}
        required
        list="request-assignees"
      />
      <datalist id="request-assignees">
        {(officers.value?.items ?? []).map(({ name, displayName }) => (
          <option key={name} value={name}>
            {displayName ?? name}
          </option>
        ))}
      </datalist>
    </>
  );
}
