import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Fault, send, session, useAction } from '../../api/index.ts';
import { go } from '../../app/router.tsx';
import { charterPlace, keepText } from '../../drafts/index.ts';
import { ContractForm, type JsonObject, valueAt } from '../../forms/index.ts';
import { field, t } from '../../i18n/index.ts';
import { Button, focusFirstError, Notice, Panel, PeerText, ProblemNotice, Select } from '../../ui/index.ts';
import {
  articleFor,
  type CharterGround,
  charterFaults,
  charterOf,
  membersOf,
  STEPS,
  shortName,
  startCharter,
  stepOf,
  withDrill,
} from './charter-draft.ts';
import { CharterMembers } from './charter-members.tsx';
import { CharterWords } from './charter-words.tsx';
import { OperationFrame } from './exercise.tsx';

/** The steps of a charter in the light form; what is typed is kept on this device until it was proposed. */
export function CharterForm({
  grounds,
  candidatesOf,
  nowMs,
}: {
  readonly grounds: readonly CharterGround[];
  readonly candidatesOf: (ground: CharterGround) => readonly string[];
  readonly nowMs: number;
}): JSX.Element {
  const { office, officer } = session();
  const place = charterPlace(office, officer.name);
  const first = grounds[0] as CharterGround;
  const [charter, setCharter] = useState<JsonObject>(() => kept(place) ?? startCharter(office, first, nowMs));
  const [isKept, setIsKept] = useState(true);
  const [step, setStep] = useState(0);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const action = useAction();
  const body = useRef<HTMLFormElement>(null);
  const ground = grounds.find(({ id }) => id === charter['agreement']) ?? first;
  const current = STEPS[step] ?? STEPS[0];

  const change = (next: JsonObject): void => {
    setCharter(next);
    if (faults.length > 0) setFaults([]);
    // Another text is another proposal.
    setKey(crypto.randomUUID());
    setIsKept(keepText(localStorage, place, JSON.stringify(next)));
  };
  const named = (next: JsonObject): JsonObject => {
    const wasUsual = charter['id'] === '' || charter['id'] === shortName(String(charter['name'] ?? ''), nowMs);
    const name = String(next['name'] ?? '');
    return wasUsual && name !== charter['name'] && next['id'] === charter['id']
      ? { ...next, id: name === '' ? '' : shortName(name, nowMs) }
      : next;
  };
  /** What follows from a change: the short name from the name, the terms from being an exercise. */
  const followed = (next: JsonObject): JsonObject => {
    const drill = next['drill'] === true;
    return named(drill === (charter['drill'] === true) ? next : withDrill(next, ground, drill));
  };
  const goTo = (to: number): void => {
    setStep(to);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('input, select, textarea, h2')?.focus());
  };
  const show = (wrong: readonly Fault[]): void => {
    setFaults(wrong);
    const [firstFault] = wrong;
    if (firstFault !== undefined) setStep(stepOf(firstFault.field));
    focusFirstError(body.current);
  };
  /** What is wrong in the steps up to this one. */
  const wrongUpTo = (last: number): readonly Fault[] =>
    charterFaults(charter, ground)
      .filter((fault) => stepOf(fault.field) <= last)
      .map((fault) => ({ ...fault, message: '' }));
  const next = (): void => {
    const wrong = wrongUpTo(step);
    if (wrong.length > 0) show(wrong);
    else goTo(step + 1);
  };
  const propose = async (): Promise<void> => {
    const wrong = wrongUpTo(STEPS.length);
    if (wrong.length > 0) return show(wrong);
    const proposed = charterOf(charter);
    const done = await action.run(async () => {
      await send('/v1/operations', { body: { charter: proposed }, headers: { 'idempotency-key': key } });
    });
    if (!done) return;
    localStorage.removeItem(place);
    go(`/operations/${proposed.id}`);
  };

  const content = (
    <form
      ref={body}
      class="stack"
      noValidate
      aria-label={t('operations.new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (current.id === 'look') void propose();
        else next();
      }}
    >
      <ol class="operations-steps">
        {STEPS.map(({ id }, index) => (
          <li key={id}>
            <Button
              look="plain"
              aria-current={index === step ? 'step' : undefined}
              onClick={() => (index <= step ? goTo(index) : next())}
            >
              {`${index + 1}. ${t(`operations.step.${id}`)}`}
            </Button>
          </li>
        ))}
      </ol>
      <Panel title={t(`operations.step.${current.id}`)}>
        <div class="stack">
          {current.id === 'what' && grounds.length > 1 ? (
            <Select
              label={field('Charter', 'agreement')}
              value={ground.id}
              options={grounds.map(({ id, title }) => ({ value: id, label: title }))}
              onValue={(id) => change({ ...charter, agreement: id })}
            />
          ) : null}
          {current.id === 'what' ? (
            <div class="stack-tight">
              <p class="muted">{t('operations.form.under', { agreement: ground.title })}</p>
              <PeerText text={articleFor(ground, charter['drill'] === true).text} block />
            </div>
          ) : null}
          {faults.some((fault) => fault.field === 'charter.drill') ? (
            <Notice tone="danger" title={t('operations.form.noDrill')} />
          ) : null}
          {current.id === 'who' ? (
            <CharterMembers
              charter={charter}
              self={office}
              candidates={candidatesOf(ground)}
              onChange={change}
              error={faults.some((fault) => stepOf(fault.field) === 1) ? t('operations.form.membersWrong') : undefined}
            />
          ) : null}
          {current.id === 'look' ? (
            <CharterWords charter={charterOf(charter)} />
          ) : current.id === 'who' ? null : (
            <ContractForm
              message="OperationSubmission"
              value={{ charter }}
              onChange={(value) => change(followed((valueAt(value, 'charter') ?? {}) as JsonObject))}
              only={current.fields}
              faults={faults}
              listFaults={faults.some((fault) => stepOf(fault.field) === step)}
            />
          )}
        </div>
      </Panel>
      {current.id === 'look' ? (
        <Notice title={t('operations.form.whatHappens', { n: membersOf(charter).length - 1 })} />
      ) : null}
      {isKept ? null : <Notice tone="warn" title={t('compose.storageFull')} />}
      <ProblemNotice problem={action.problem} />
      {(action.problem?.faults ?? []).length === 0 ? null : (
        <div>
          <Button onClick={() => show(action.problem?.faults ?? [])}>{t('operations.form.toFault')}</Button>
        </div>
      )}
      <div class="row">
        <Button type="submit" look="primary" busy={action.busy}>
          {current.id === 'look' ? t('operations.form.propose') : t('operations.form.next')}
        </Button>
        {step > 0 ? <Button onClick={() => goTo(step - 1)}>{t('operations.form.back')}</Button> : null}
        <Button
          look="plain"
          onClick={() => {
            localStorage.removeItem(place);
            setCharter(startCharter(office, first, nowMs));
            setFaults([]);
            goTo(0);
          }}
        >
          {t('operations.form.anew')}
        </Button>
      </div>
    </form>
  );
  return (
    <OperationFrame drill={charter['drill'] === true} name={t('operations.new')}>
      {content}
    </OperationFrame>
  );
}

function kept(place: string): JsonObject | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? 'null') as JsonObject | null;
    return typeof found?.['agreement'] === 'string' && Array.isArray(found['members']) ? found : undefined;
  } catch {
    return undefined;
  }
}
