import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { CategoryChecks, categoryWords, ResultNotice } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { TextField } from '../../ui/index.ts';
import { ControlForm, errorOf } from './control-form.tsx';

/** What became of an opening: what the export gate still keeps back stays back. */
export type OpenedResult = Schemas['Opened']['crossing'];

/** Opens parts that were withheld, for the office that asked, with a reason. */
export function OpenParts({
  opening,
  onDone,
}: {
  readonly opening: Schemas['Opening'];
  readonly onDone: (result: OpenedResult) => void;
}): JSX.Element {
  const action = useAction();
  const left = opening.categories.filter((category) => !opening.opened.includes(category));
  const [categories, setCategories] = useState<readonly string[]>(left);
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  return (
    <ControlForm
      label={t('control.openParts')}
      action={action}
      isComplete={reason.trim() !== '' && categories.length > 0}
      onTried={() => setIsTried(true)}
      submit={t('control.submit.open')}
      onDone={() => {
        setReason('');
        setIsTried(false);
      }}
      work={async () => {
        const opened = await send<Schemas['Opened']>(`/v1/openings/${encodeURIComponent(opening.id)}/open`, {
          query: { origin: opening.holder },
          body: { categories, reason: reason.trim() },
        });
        onDone(opened.crossing);
      }}
    >
      <CategoryChecks
        label={t('control.opening.open')}
        offered={left}
        chosen={categories}
        onChosen={setCategories}
        error={errorOf(action, 'categories', isTried && categories.length === 0)}
      />
      <TextField
        label={t('held.reason')}
        hint={t('held.reasonHint')}
        value={reason}
        maxLength={500}
        required
        onValue={setReason}
        error={errorOf(action, 'reason', isTried && reason.trim() === '')}
      />
    </ControlForm>
  );
}

/** What became of it, in words. */
export function OpenedNotice({
  result,
  asked,
}: {
  readonly result: OpenedResult;
  /** What was asked for; of what went before nothing is said. */
  readonly asked: readonly string[];
}): JSX.Element {
  const kept = result.withheld.filter((category) => asked.includes(category));
  const isRefused = result.outcome !== 'released';
  return (
    <ResultNotice
      tone={isRefused ? 'warn' : 'good'}
      title={t(isRefused ? 'control.opened.refused' : 'control.opened.done', { office: result.office })}
    >
      {kept.length === 0 ? null : <p>{t('control.opened.withheld', { categories: categoryWords(kept) })}</p>}
      {(isRefused ? result.policies : []).map((policy) => (
        <p key={policy} class="mono small">
          {policy}
        </p>
      ))}
    </ResultNotice>
  );
}
