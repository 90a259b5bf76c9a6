import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { language, t } from '../i18n/index.ts';
import { Button, TextArea } from '../ui/index.ts';
import type { StepFields } from './use-triage.ts';

/** What was typed and not yet added, by message: closing the panel or leaving the page for another loses nothing. */
const drafts = new Map<string, string>();
const MOST_DRAFTS = 50;

/** Adds a note that only this office reads. */
export function NoteForm({
  draft,
  busy,
  take,
}: {
  readonly draft: string;
  readonly busy: boolean;
  readonly take: (fields: StepFields) => Promise<boolean>;
}): JSX.Element {
  const text = useSignal(drafts.get(draft) ?? '');
  const keep = (value: string) => {
    text.value = value;
    drafts.delete(draft);
    if (value !== '') drafts.set(draft, value);
    const [oldest] = drafts.keys();
    if (drafts.size > MOST_DRAFTS && oldest !== undefined) drafts.delete(oldest);
  };
  const add = async () => {
    const note = text.value.trim();
    if (note !== '' && (await take({ action: 'TRIAGE_ACTION_NOTE', note, noteLanguage: language() }))) keep('');
  };
  return (
    <div class="triage-form wide">
      <TextArea
        label={t('triage.note')}
        hint={t('triage.noteHint')}
        value={text.value}
        maxLength={4000}
        rows={2}
        onValue={keep}
      />
      <Button busy={busy} disabled={text.value.trim() === ''} onClick={() => void add()}>
        {t('triage.noteAdd')}
      </Button>
    </div>
  );
}
