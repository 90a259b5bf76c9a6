import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction, useResource } from '../../api/index.ts';
import { CategoryChecks, spoken, TextWithLanguage } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { Notice, Panel } from '../../ui/index.ts';
import { withheldOf } from './ask-consent.tsx';
import type { Asking } from './ask-recall.tsx';
import { ControlForm, errorOf } from './control-form.tsx';
import { NamedMessage } from './named-message.tsx';

/** Asks the origin of a received message to open parts that it withheld; all of them are chosen at first. */
export function AskOpening({ message, origin, onDone, onDrop }: Asking): JSX.Element {
  const read = useResource<Schemas['Message']>(
    `/v1/messages/${encodeURIComponent(message)}?origin=${encodeURIComponent(origin)}`,
  );
  const action = useAction();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [chosen, setChosen] = useState<readonly string[]>();
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  const offered = withheldOf(read.value, origin);
  const categories = chosen ?? offered;
  return (
    <Panel title={t('control.ask.opening')}>
      <div class="stack">
        <NamedMessage resource={read} />
        {read.value !== undefined && offered.length === 0 ? <Notice title={t('control.opening.nothing')} /> : null}
        <ControlForm
          label={t('control.ask.opening')}
          action={action}
          isComplete={categories.length > 0}
          onTried={() => setIsTried(true)}
          submit={t('control.submit.opening')}
          onDone={onDone}
          onDrop={onDrop}
          work={async () => {
            await send('/v1/openings', { body: { message, origin, categories, ...spoken(words), idempotencyKey } });
          }}
        >
          <CategoryChecks
            label={t('control.opening.categories')}
            offered={offered}
            chosen={categories}
            onChosen={setChosen}
            error={errorOf(action, 'categories', isTried && categories.length === 0)}
          />
          <TextWithLanguage
            label={t('control.words')}
            hint={t('control.opening.wordsHint')}
            value={words}
            onValue={setWords}
          />
        </ControlForm>
      </div>
    </Panel>
  );
}
