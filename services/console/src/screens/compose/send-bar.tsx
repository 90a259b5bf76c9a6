import type { JSX } from 'preact';
import type { Problem } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { dateTime, listed, t } from '../../i18n/index.ts';
import { Button, Check, Drill, Notice, ProblemNotice } from '../../ui/index.ts';
import type { SendPlan } from './send-plan.ts';
import type { OpenDraft } from './use-draft.ts';

/** The button that sends, what it will do, and how the draft is kept. */
export function SendBar({
  plan,
  isDrill,
  busy,
  problem,
  confirmed,
  onConfirmed,
  notice,
  draft,
  label,
}: {
  /** What a press would do, where that is known. */
  readonly plan: SendPlan | undefined;
  readonly isDrill: boolean;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly confirmed: boolean;
  readonly onConfirmed: (confirmed: boolean) => void;
  readonly notice: string | undefined;
  readonly draft: OpenDraft;
  /** What the button says where nothing is held. */
  readonly label: string;
}): JSX.Element {
  const held = plan?.held ?? [];
  const refused = plan?.refused ?? [];
  const all = (plan?.released.length ?? 0) + held.length + refused.length;
  const text =
    refused.length > 0
      ? t('compose.sendRefused', { refused: refused.length, all })
      : held.length > 0
        ? t('compose.sendHeld', { held: held.length, all })
        : label;
  return (
    <div class="compose-send no-print">
      {problem?.code === 'RELAY_IDEMPOTENCY_CONFLICT' ? (
        // An earlier try arrived though its answer was lost, and the draft was changed since.
        <Notice tone="warn" title={t('compose.sentBefore')}>
          <p>
            {t('compose.sentBeforeAbout')} <Link to="/sent">{t('nav.sent')}</Link>
          </p>
        </Notice>
      ) : (
        <ProblemNotice problem={problem} />
      )}
      {notice === undefined ? null : <Notice tone="warn" title={notice} />}
      {held.length === 0 ? null : <p class="small">{t('compose.waitFor', { offices: listed(held) })}</p>}
      {refused.length === 0 ? null : (
        <Check
          label={t('compose.confirmRefused', { offices: listed(refused) })}
          checked={confirmed}
          onChecked={onConfirmed}
        />
      )}
      <div class="row">
        <Button look="primary" type="submit" busy={busy} disabled={refused.length > 0 && !confirmed}>
          {text}
        </Button>
        {isDrill ? <Drill /> : null}
        <KeptState draft={draft} />
      </div>
    </div>
  );
}

function KeptState({ draft: { kept, savedMs } }: { readonly draft: OpenDraft }): JSX.Element | null {
  if (kept === undefined) return null;
  if (kept === 'kept')
    return (
      <span class="small muted" role="status">
        {t('compose.kept', { at: dateTime(savedMs ?? 0) })}
      </span>
    );
  return <Notice tone="warn" title={t(kept === 'full' ? 'compose.storageFull' : 'compose.storageNone')} />;
}
