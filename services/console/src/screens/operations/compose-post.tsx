import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Fault, may, send, session, useAction } from '../../api/index.ts';
import { ContractForm, codesOf, type FormField, faultText } from '../../forms/index.ts';
import { code, field, language, listed, t } from '../../i18n/index.ts';
import { Button, Drill, focusFirstError, Notice, ProblemNotice, Select } from '../../ui/index.ts';
import { memberOf, postTypesFor, silentBecause } from './acts.ts';
import { FilePicker } from './file-picker.tsx';
import {
  draftFaults,
  emptyDraft,
  fieldsFor,
  isWorthKeeping,
  type PostDraft,
  submissionOf,
  typeOf,
  withAttempt,
  withField,
} from './post-draft.ts';
import { PreviewCopies, usePreview } from './preview-copies.tsx';
import type { Charter, Operation, PostType } from './types.ts';

/** Every type of post has these, each chosen in one line. */
const HEAD = [
  ['precedence', 'Precedence'],
  ['handling', 'HandlingCode'],
] as const;

/** What a new draft of that operation begins with. */
export function newDraft(operation: Operation, charter: Charter | undefined, type?: PostType): PostDraft {
  const crimeArea = charter?.crimeAreas[0] ?? 'CRIME_AREA_OTHER';
  // Never above what the charter allows.
  const handling = charter?.handlingCeiling === 'HANDLING_CODE_H0' ? 'HANDLING_CODE_H0' : 'HANDLING_CODE_H1';
  return emptyDraft({ crimeArea, handling, drill: operation.drill, language: language() }, type);
}

/** The form beside the channel: the few fields that matter for the type, files, and what each member would get. */
export function ComposePost({
  operation,
  charter,
  draft,
  isKept,
  onDraft,
  onSent,
}: {
  readonly operation: Operation;
  readonly charter: Charter | undefined;
  readonly draft: PostDraft;
  /** Whether it is on this device too. */
  readonly isKept: boolean;
  readonly onDraft: (change: (draft: PostDraft) => PostDraft) => void;
  readonly onSent: () => void;
}): JSX.Element | null {
  const { office } = session();
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [sent, setSent] = useState(false);
  const type = typeOf(draft);
  const own = draftFaults(draft);
  const submission = own.length === 0 && isWorthKeeping(draft) ? submissionOf(draft) : null;
  const shown = usePreview(operation.id, may('preview') ? submission : null);
  const silent = silentBecause(operation, office);
  if (!may('submit')) return null;
  if (silent !== undefined) return <Notice title={t(`operations.silent.${silent}`)} />;

  const types = postTypesFor(operation, office);
  const { first, more } = fieldsFor(type);
  const held = shown.isOld ? [] : (shown.preview?.recipients ?? []).filter(({ outcome }) => outcome === 'held');
  const refused = shown.isOld ? [] : (shown.preview?.recipients ?? []).filter(({ outcome }) => outcome === 'refused');

  const submit = async (): Promise<void> => {
    setSent(false);
    if (own.length > 0) {
      setFaults(own.map((fault) => ({ ...fault, message: '' })));
      focusFirstError(form.current);
      return;
    }
    setFaults([]);
    const attempted = withAttempt(draft, () => crypto.randomUUID());
    onDraft(() => attempted);
    const done = await action.run(async () => {
      await send(`/v1/operations/${encodeURIComponent(operation.id)}/posts`, {
        body: submissionOf(attempted),
        headers: { 'idempotency-key': attempted.attempt.key },
      });
    });
    if (!done) return;
    onDraft(() => newDraft(operation, charter));
    setSent(true);
    onSent();
  };
  const toldFaults = action.problem?.faults ?? [];
  const errorOf = (name: string): string | undefined => {
    const fault = [...faults, ...toldFaults].find((one) => one.field === name);
    return fault === undefined ? undefined : faultText('PostSubmission', fault);
  };
  const choices = (message: string, { name }: FormField) => {
    if (message !== 'PostTerms' || name !== 'assignees') return undefined;
    const others = operation.members.filter(({ state }) => state === 'joined').map((member) => member.office);
    return others.filter((other) => other !== office).map((value) => ({ value, label: value }));
  };
  const fields = (only: readonly string[], listFaults: boolean): JSX.Element => (
    <ContractForm
      message="PostSubmission"
      value={draft.submission}
      onChange={(value) => {
        if (faults.length > 0) setFaults([]);
        setSent(false);
        onDraft((before) => ({ ...before, submission: value }));
      }}
      only={only}
      faults={faults.length > 0 ? faults : toldFaults}
      choices={choices}
      listFaults={listFaults}
    />
  );

  return (
    <form
      ref={form}
      class="stack"
      aria-label={t('operations.write')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void submit();
        }
      }}
    >
      <div class="row">
        <h2>{t('operations.write')}</h2>
        {operation.drill ? <Drill /> : null}
      </div>
      {draft.answersNumber === null ? null : (
        <p class="row">
          {t('operations.answers', {
            number: draft.answersNumber,
            office: String(draft.submission['answersOrigin'] ?? ''),
          })}
          <Button
            look="plain"
            onClick={() =>
              onDraft((before) => ({
                ...withField(withField(before, 'answers', undefined), 'answersOrigin', undefined),
                answersNumber: null,
              }))
            }
          >
            {t('operations.answerNot')}
          </Button>
        </p>
      )}
      <Select
        label={t('operations.postType')}
        value={type}
        options={[...types, ...(types.includes(type) ? [] : [type])].map((value) => ({
          value,
          label: code('PostType', value),
        }))}
        onValue={(value) => onDraft((before) => withField(before, 'post.terms.postType', value))}
      />
      {fields(first, true)}
      <div class="operations-pair">
        {HEAD.map(([name, list]) => (
          <Select
            key={name}
            label={field('PostSubmission', name)}
            value={String(draft.submission[name] ?? '')}
            options={codesOf(list).map((value) => ({ value, label: code(list, value) }))}
            error={errorOf(name)}
            onValue={(value) => onDraft((before) => withField(before, name, value))}
          />
        ))}
      </div>
      <details class="details">
        <summary>{t('operations.moreFields')}</summary>
        {fields(more, false)}
      </details>
      <details class="details" open={draft.files.length > 0}>
        <summary>{t('operations.addFiles', { n: draft.files.length })}</summary>
        <FilePicker
          operation={operation.id}
          charter={charter}
          files={draft.files}
          onFiles={(change) => onDraft((before) => ({ ...before, files: change(before.files) }))}
        />
      </details>
      {may('preview') ? <PreviewCopies {...shown} /> : null}
      {held.length === 0 ? null : (
        <Notice tone="warn" title={t('operations.willBeHeld', { offices: listed(held.map((one) => one.office)) })} />
      )}
      {refused.length === 0 ? null : (
        <Notice
          tone="warn"
          title={t('operations.willBeRefused', { offices: listed(refused.map((one) => one.office)) })}
        />
      )}
      <ProblemNotice problem={action.problem} />
      <div class="row">
        <Button type="submit" look="primary" busy={action.busy}>
          {operation.drill
            ? t('operations.sendExercise')
            : held.length > 0
              ? t('operations.sendHeld', { n: held.length })
              : t('operations.send')}
        </Button>
        {isWorthKeeping(draft) ? (
          <Button look="plain" onClick={() => onDraft(() => newDraft(operation, charter))}>
            {t('operations.discard')}
          </Button>
        ) : null}
        {isKept ? <span class="small muted">{t('operations.draftKept')}</span> : null}
      </div>
      {isKept ? null : <Notice tone="warn" title={t('compose.storageFull')} />}
      <p role="status" class="visually-hidden">
        {sent ? t('operations.sent') : ''}
      </p>
      {memberOf(operation, office)?.role === 'OPERATION_ROLE_LIMITED' ? (
        <p class="small muted">{t('operations.limitedAbout')}</p>
      ) : null}
    </form>
  );
}
