import type { JSX } from 'preact';
import { type FormFault, pathLabel } from '../../forms/index.ts';
import { t } from '../../i18n/index.ts';
import { ContentView, ReasonText } from '../../messages/index.ts';
import { Button, Notice, ProblemNotice, RuleSentence, State } from '../../ui/index.ts';
import type { Kind, PreviewRecipient } from './kinds.ts';
import type { Neighbour } from './use-neighbours.ts';
import type { PreviewState } from './use-preview.ts';

/** What each neighbour would get, or what is still needed to say it. */
export function PreviewPanel({
  kind,
  preview,
  missing,
  wrong,
  isEmergency,
  neighbours,
  onNeeded,
}: {
  readonly kind: Kind;
  readonly preview: PreviewState;
  readonly missing: readonly FormFault[];
  readonly wrong: readonly FormFault[];
  readonly isEmergency: boolean;
  readonly neighbours: readonly Neighbour[];
  /** Somebody wants to fill that in. */
  readonly onNeeded: (path: string) => void;
}): JSX.Element {
  const { answer, isCurrent, busy, problem } = preview;
  const isReady = missing.length === 0 && wrong.length === 0;
  return (
    // It scrolls by itself beside a long form, so the keyboard has to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be focused
    <section class="panel compose-preview" aria-label={t('compose.preview')} tabIndex={0}>
      <h2>{t('compose.preview')}</h2>
      <div class="stack">
        <p class="small muted" role="status">
          {kind.preview === null
            ? t('compose.previewNone')
            : !isReady
              ? t('compose.previewNeeds')
              : busy
                ? t('compose.previewBusy')
                : isCurrent
                  ? t('compose.previewCurrent')
                  : problem === undefined
                    ? t('compose.previewWaits')
                    : t('compose.previewNot')}
        </p>
        {isReady ? null : <Needed message={kind.message} faults={[...missing, ...wrong]} onNeeded={onNeeded} />}
        {problem === undefined || problem.faults.length > 0 ? null : (
          <div class="stack-tight">
            <ProblemNotice problem={problem} />
            <div>
              <Button busy={busy} onClick={() => void preview.ask().catch(() => undefined)}>
                {t('action.tryAgain')}
              </Button>
            </div>
          </div>
        )}
        {answer === undefined || kind.preview === null ? null : (
          <div class={isCurrent ? 'stack' : 'stack compose-old'}>
            {answer.recipients.map((recipient) => (
              <CopyPreview
                key={recipient.office}
                recipient={recipient}
                copy={answer.copies.find(({ office }) => office === recipient.office) ?? {}}
                isEmergency={isEmergency}
                isDown={neighbours.some(({ office, up }) => office === recipient.office && up === false)}
              />
            ))}
            {answer.region === undefined ? null : <RegionPreview region={answer.region} />}
          </div>
        )}
      </div>
    </section>
  );
}

/** What is still needed, each a press away. */
function Needed({
  message,
  faults,
  onNeeded,
}: {
  readonly message: string;
  readonly faults: readonly FormFault[];
  readonly onNeeded: (path: string) => void;
}): JSX.Element {
  return (
    <ul class="compose-needed" aria-label={t('compose.needed')}>
      {faults.map(({ field, reason }) => (
        <li key={`${field} ${reason}`}>
          <Button look="plain" onClick={() => onNeeded(field)}>
            {field === '' ? t('form.whole') : pathLabel(message, field)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function CopyPreview({
  recipient,
  copy,
  isEmergency,
  isDown,
}: {
  readonly recipient: PreviewRecipient;
  readonly copy: Readonly<Record<string, unknown>>;
  readonly isEmergency: boolean;
  readonly isDown: boolean;
}): JSX.Element {
  const { office, outcome, agreement, policies, reason, why, withheldParts } = recipient;
  const sentences = new Map(why.flatMap((one) => (one.reason === null ? [] : [[one.policy, one.reason] as const])));
  const decided = policies.map((policy) => ({ policy, sentence: sentences.get(policy) }));
  return (
    <section class="compose-copy" aria-label={t('compose.copyFor', { office })}>
      <header>
        <h3 class="mono">{office}</h3>
        <OutcomeState outcome={outcome} isEmergency={isEmergency} />
        {isDown ? (
          <State shape="clock" tone="warn">
            {t('compose.waitsForLine')}
          </State>
        ) : null}
      </header>
      {outcome === 'refused' || outcome === 'held' ? (
        <Notice
          tone={outcome === 'refused' ? 'danger' : 'warn'}
          title={t(outcome === 'refused' ? 'compose.whyRefused' : 'compose.whyHeld')}
        >
          <ul>
            {decided.map(({ policy, sentence }) => (
              <li key={policy}>
                <RuleSentence text={sentence} /> <span class="mono small muted">{policy}</span>
              </li>
            ))}
            {reason === undefined || decided.length > 0 ? null : (
              <li>
                <ReasonText reason={reason} />
              </li>
            )}
          </ul>
          {outcome === 'held' && isEmergency ? <p>{t('compose.emergencyPasses')}</p> : null}
        </Notice>
      ) : null}
      {agreement === null ? null : (
        <p class="small muted">
          {t('compose.agreement', { id: agreement.id, version: agreement.version, article: agreement.article })}
        </p>
      )}
      {outcome === 'refused' ? null : (
        <ContentView content={copy as never} withheld={withheldParts} sentences={sentences} />
      )}
    </section>
  );
}

function RegionPreview({
  region,
}: {
  readonly region: { readonly outcome: string; readonly alert: unknown };
}): JSX.Element {
  return (
    <section class="compose-copy" aria-label={t('compose.region')}>
      <header>
        <h3>{t('compose.region')}</h3>
        <OutcomeState outcome={region.outcome} isEmergency={false} />
      </header>
      {region.alert === null ? null : <ContentView content={{ alert: region.alert } as never} />}
    </section>
  );
}

/** What becomes of a copy, as shape and word. */
export function OutcomeState({
  outcome,
  isEmergency,
}: {
  readonly outcome: string;
  readonly isEmergency: boolean;
}): JSX.Element {
  if (outcome === 'released')
    return (
      <State shape="check" tone="good">
        {t('compose.outcome.released')}
      </State>
    );
  if (outcome === 'held')
    return (
      <State shape="pause" tone="warn">
        {t(isEmergency ? 'compose.outcome.passes' : 'compose.outcome.held')}
      </State>
    );
  return (
    <State shape="cross" tone="danger">
      {t('compose.outcome.refused')}
    </State>
  );
}
