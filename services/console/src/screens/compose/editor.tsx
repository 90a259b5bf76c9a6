import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { may, ProblemError, send, useAction } from '../../api/index.ts';
import { go, Link } from '../../app/router.tsx';
import type { Draft } from '../../drafts/index.ts';
import {
  ContractForm,
  FaultList,
  type FormFault,
  type FormField,
  focusPath,
  type JsonObject,
  withValueAt,
} from '../../forms/index.ts';
import { language, t } from '../../i18n/index.ts';
import { useDrawn } from '../../lists/index.ts';
import { Check, Notice, Page } from '../../ui/index.ts';
import { AboutMessage } from './about-message.tsx';
import { checkDraft } from './check-draft.ts';
import { FieldSection } from './field-section.tsx';
import { KINDS, type Preview } from './kinds.ts';
import { labelsOf, presetOf, withLabels } from './prefill.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { RecipientsField } from './recipients-field.tsx';
import { SendBar } from './send-bar.tsx';
import { planOf, samePlan } from './send-plan.ts';
import { type SentAnswer, SentResult } from './sent-result.tsx';
import { otherFields, type Template } from './templates.ts';
import { useDraft } from './use-draft.ts';
import { type Neighbour, useNeighbours } from './use-neighbours.ts';
import { usePreview } from './use-preview.ts';
import { useSettled } from './use-settled.ts';

type ToldFault = FormFault & { readonly message?: string };

const FIELDS_AT_ONCE = 2;
const NOBODY: readonly Neighbour[] = [];
const NONE: readonly ToldFault[] = [];

/** The form of one draft, what each neighbour would get of it, and the button that sends it. */
export function Editor({
  template,
  first,
  asked,
}: {
  readonly template: Template;
  readonly first: Draft;
  /** What the request that it answers says, where it is an answer. */
  readonly asked?: Readonly<Record<string, unknown>>;
}): JSX.Element {
  const kind = KINDS[template.kind];
  const draft = useDraft(first);
  const { value } = draft;
  // A draft that was kept is more than it began with.
  const preset = first.savedMs === 0 ? first.value : presetOf(template, [language(), 'en']);
  const neighbours = useNeighbours() ?? NOBODY;
  const { prepared, missing, wrong } = useMemo(() => checkDraft(template, value), [template, value]);
  const isSettled = useSettled(value);
  const [tried, setTried] = useState(false);
  const [told, setTold] = useState<readonly ToldFault[]>(NONE);
  const [revealed, setRevealed] = useState<string | undefined>(undefined);
  const [confirmed, setConfirmed] = useState(false);
  const [notice, setNotice] = useState<string | undefined>(undefined);
  const [sent, setSent] = useState<SentAnswer | undefined>(undefined);
  const action = useAction();
  const form = useRef<HTMLFormElement>(null);
  const isEmergency = prepared['emergency'] !== undefined;
  const isDrill = value['drill'] === true;
  const preview = usePreview(kind.preview, prepared, missing.length === 0 && wrong.length === 0 && sent === undefined);
  // The fields come one after the other, so that a phone answers to the first while it draws the last.
  const drawn = useDrawn(template.first.length, FIELDS_AT_ONCE, FIELDS_AT_ONCE);
  const isDrawn = drawn === template.first.length;
  const plan = preview.answer === undefined ? undefined : planOf(preview.answer.recipients, isEmergency);

  // With one neighbour there is nothing to choose.
  const only = neighbours.length === 1 ? neighbours[0]?.office : undefined;
  useEffect(() => {
    if (
      only !== undefined &&
      kind.hasRecipients &&
      value['recipients'] === undefined &&
      value['supersedes'] === undefined
    )
      change({ ...value, recipients: [only] });
  }, [only]);
  // The draft has an address of its own from the first time that it was kept: going back and forth finds it.
  useEffect(() => {
    if (draft.savedMs !== undefined && sent === undefined)
      go(`/compose/${template.id}?draft=${encodeURIComponent(first.id)}`, { replace: true });
  }, [draft.savedMs === undefined]);
  // A field that was not drawn yet when it was asked for.
  useEffect(() => {
    if (isDrawn && revealed !== undefined) focusPath(revealed);
  }, [isDrawn]);
  // What the office finds wrong with a preview is wrong with the form.
  const refusedFaults = preview.problem?.faults;
  useEffect(() => {
    if (refusedFaults !== undefined && refusedFaults.length > 0) setTold(refusedFaults);
  }, [refusedFaults]);

  if (sent !== undefined)
    return (
      <SentResult
        template={template}
        answer={sent}
        downTo={neighbours.filter(({ up }) => up === false).map(({ office }) => office)}
      />
    );

  function change(next: JsonObject): void {
    draft.change(withLabels(next, kind.body));
    setTold(NONE);
    setNotice(undefined);
    setConfirmed(false);
  }
  const faults: readonly ToldFault[] = [...(tried ? missing : []), ...(tried || isSettled ? wrong : []), ...told];
  const choices = (_message: string, { name }: FormField) =>
    name === 'relatedTo' || name === 'about'
      ? labelsOf(value, kind.body).map((label) => ({ value: label, label }))
      : undefined;
  const reveal = (path: string): void => {
    setRevealed(path);
    setTimeout(() => focusPath(path));
  };

  const submit = async (): Promise<void> => {
    setTried(true);
    setNotice(undefined);
    const [worst] = [...missing, ...wrong];
    if (worst !== undefined) return reveal(worst.field);
    await draft.save();
    await action.run(async () => {
      try {
        if (kind.preview !== null && !preview.isCurrent) {
          const now = planOf((await newest(preview.ask)).recipients, isEmergency);
          // Nobody sends what they have not been told: what is new is shown first.
          const isTold = now.held.length + now.refused.length === 0 || (plan !== undefined && samePlan(plan, now));
          if (!isTold) return setNotice(t('compose.lookAgain'));
        }
        const answer = await send<SentAnswer>(kind.submit, { body: { ...prepared, idempotencyKey: first.key } });
        await draft.drop();
        setSent(answer);
      } catch (cause) {
        if (cause instanceof ProblemError && cause.problem.faults.length > 0) {
          setTold(cause.problem.faults);
          const field = cause.problem.faults[0]?.field ?? '';
          reveal(field);
        }
        throw cause;
      }
    });
  };

  const within = template.within === undefined ? {} : { first: template.within };
  const shared = { message: kind.message, value, onChange: change, faults, choices, ...within };
  const elsewhere = faults.filter(
    ({ field }) => field === '' || ['drill', 'supersedes', 'idempotencyKey'].includes(field),
  );
  return (
    <Page
      title={t(template.title)}
      actions={
        <Link class="button" to="/compose">
          {t('compose.allTemplates')}
        </Link>
      }
    >
      <div class={isDrill ? 'compose drill' : 'compose'}>
        {isDrill ? <p class="compose-drill-banner">{t('drill.banner')}</p> : null}
        <form
          ref={form}
          class="compose-grid"
          noValidate
          onKeyDown={keepFromSending}
          aria-label={t(template.title)}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div class="compose-fields stack">
            <p>{t(template.about)}</p>
            {isEmergency || template.preset['emergency'] !== undefined ? (
              <Notice tone="warn" title={t('compose.emergencyTitle')}>
                <p>{t('compose.emergencyAbout')}</p>
              </Notice>
            ) : null}
            <AboutMessage template={template} value={value} {...(asked === undefined ? {} : { asked })} />
            <FaultList message={kind.message} faults={elsewhere} />
            {template.kind === 'AnswerSubmission' ? null : (
              <Check
                label={t('compose.drill')}
                checked={isDrill}
                onChecked={(wanted) => change(withValueAt(value, 'drill', wanted ? true : undefined))}
              />
            )}
            {kind.hasRecipients && value['supersedes'] === undefined ? (
              <RecipientsField
                message={kind.message}
                value={value}
                neighbours={neighbours}
                faults={faults}
                onChange={(recipients) =>
                  change(withValueAt(value, 'recipients', recipients.length === 0 ? undefined : [...recipients]))
                }
              />
            ) : null}
            <ContractForm {...shared} only={template.first.slice(0, drawn)} listFaults={false} />
            {isDrawn ? (
              <>
                <FieldSection
                  {...shared}
                  title={t('compose.next')}
                  only={template.next.filter((path) => !template.first.includes(path))}
                  preset={preset}
                  revealed={revealed}
                />
                <FieldSection
                  {...shared}
                  title={t('compose.rest')}
                  only={otherFields(template).filter(
                    (path) => (path !== 'emergency' || may('break-glass')) && (path !== 'region' || may('tell-region')),
                  )}
                  preset={preset}
                  revealed={revealed}
                />
              </>
            ) : null}
          </div>
          {isDrawn ? (
            <PreviewPanel
              kind={kind}
              preview={preview}
              missing={missing}
              wrong={wrong}
              isEmergency={isEmergency}
              neighbours={neighbours}
              onNeeded={reveal}
            />
          ) : null}
          <SendBar
            plan={preview.isCurrent ? plan : undefined}
            isDrill={isDrill}
            busy={action.busy}
            problem={action.problem}
            confirmed={confirmed}
            onConfirmed={setConfirmed}
            notice={notice}
            draft={draft}
            label={sendLabel(template, prepared)}
          />
        </form>
      </div>
    </Page>
  );
}

/** Enter in a line of text sends nothing: at night it is pressed too easily. With Ctrl it does, and on the button. */
function keepFromSending(event: TargetedKeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLElement)) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  } else if (event.target instanceof HTMLInputElement && event.target.type !== 'submit') event.preventDefault();
}

/** A preview that was asked for just now; one that a newer one put aside is asked again. */
async function newest(ask: () => Promise<Preview>): Promise<Preview> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return await ask();
    throw cause;
  }
}

function sendLabel({ kind }: Template, prepared: JsonObject): string {
  if (kind === 'LookoutSubmission') return t('compose.keepLookout');
  if (kind === 'BulletinSubmission') return t('compose.tellRegion');
  const recipients = prepared['recipients'];
  return Array.isArray(recipients) && recipients.length > 0
    ? t('compose.sendTo', { count: recipients.length })
    : t('compose.send');
}
