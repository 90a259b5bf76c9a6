import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CODES } from '../../../__generated__/contract.ts';
import { type Schemas, send, useAction, useResource } from '../../api/index.ts';
import { CategoryChecks, CodeSelect, categoriesIn, spoken, TextWithLanguage, timeTyped } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { bodyOf, type Json } from '../../messages/index.ts';
import { Panel, TextField } from '../../ui/index.ts';
import type { Asking } from './ask-recall.tsx';
import { ControlForm, errorOf } from './control-form.tsx';
import { NamedMessage } from './named-message.tsx';

const CORE = 'DATA_CATEGORY_CORE';

/** Asks the originator of a received message to let it go on to a third office. */
export function AskConsent({ message, origin, onDone, onDrop }: Asking): JSX.Element {
  const read = useResource<Schemas['Message']>(
    `/v1/messages/${encodeURIComponent(message)}?origin=${encodeURIComponent(origin)}`,
  );
  // What is passed on goes to an office that this one is linked to.
  const links = useResource<{ readonly items: readonly { readonly office: string }[] }>('/v1/links');
  const action = useAction();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [recipient, setRecipient] = useState('');
  const [purpose, setPurpose] = useState('');
  const [until, setUntil] = useState('');
  const [categories, setCategories] = useState<readonly string[]>([]);
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  const offered = offeredOf(read.value);
  return (
    <Panel title={t('control.ask.consent')}>
      <div class="stack">
        <NamedMessage resource={read} />
        <ControlForm
          label={t('control.ask.consent')}
          action={action}
          isComplete={recipient.trim() !== '' && purpose !== ''}
          onTried={() => setIsTried(true)}
          submit={t('control.submit.consent')}
          onDone={onDone}
          onDrop={onDrop}
          work={async () => {
            const at = timeTyped(until);
            await send('/v1/consents', {
              body: {
                message,
                origin,
                recipient: recipient.trim(),
                purpose,
                ...(at === undefined ? {} : { until: at }),
                categories: [CORE, ...categories.filter((category) => category !== CORE)],
                ...spoken(words),
                idempotencyKey,
              },
            });
          }}
        >
          <TextField
            label={t('control.consent.recipient')}
            hint={t('control.consent.recipientHint')}
            value={recipient}
            onValue={setRecipient}
            required
            list="control-offices"
            error={errorOf(action, 'recipient', isTried && recipient.trim() === '')}
          />
          <datalist id="control-offices">
            {(links.value?.items ?? [])
              .filter(({ office }) => office !== origin)
              .map(({ office }) => (
                <option key={office} value={office} />
              ))}
          </datalist>
          <CodeSelect
            list="Purpose"
            label={t('held.fact.purpose')}
            value={purpose}
            onValue={setPurpose}
            error={errorOf(action, 'purpose', isTried && purpose === '')}
          />
          <TextField
            type="datetime-local"
            label={t('control.consent.until')}
            hint={t('control.consent.untilHint')}
            value={until}
            onValue={setUntil}
            error={errorOf(action, 'until', false)}
          />
          <CategoryChecks
            label={t('control.consent.categories')}
            hint={t('control.consent.categoriesHint')}
            offered={offered}
            chosen={categories}
            fixed={[CORE]}
            onChosen={setCategories}
            error={errorOf(action, 'categories', false)}
          />
          <TextWithLanguage label={t('control.words')} value={words} onValue={setWords} />
        </ControlForm>
      </div>
    </Panel>
  );
}

/** What of it can be asked for: what it says as it is here; everything where that cannot be read now. */
function offeredOf(message: Schemas['Message'] | undefined): readonly string[] {
  const all = CODES['DataCategory'] ?? [];
  const said = bodyOf((message?.content ?? {}) as Json);
  if (said === undefined) return all;
  const there = categoriesIn(said.type, said.body);
  return all.filter((category) => category === CORE || there.has(category));
}

/** The categories of which something is not here; with `by`, only what that office keeps back. */
export function withheldOf(message: Schemas['Message'] | undefined, by?: string): readonly string[] {
  const parts = (message?.withheldParts ?? []).filter((part) => by === undefined || part.by === by);
  return [...new Set(parts.map(({ category }) => category as string))];
}
