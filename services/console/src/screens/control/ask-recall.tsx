import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction, useResource } from '../../api/index.ts';
import { CodeSelect, spoken, TextWithLanguage, timeTyped } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { Panel, TextField } from '../../ui/index.ts';
import { ControlForm, errorOf } from './control-form.tsx';
import { NamedMessage } from './named-message.tsx';

/** What a form for something new is given. */
export interface Asking {
  /** Envelope id of the message that it is about. */
  readonly message: string;
  readonly origin: string;
  readonly onDone: () => void;
  readonly onDrop: () => void;
}

/** Calls a message of this office back from everybody who has it. */
export function AskRecall({ message, origin, onDone, onDrop }: Asking): JSX.Element {
  const read = useResource<Schemas['Message']>(
    `/v1/messages/${encodeURIComponent(message)}${origin === '' ? '' : `?origin=${encodeURIComponent(origin)}`}`,
  );
  const action = useAction();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [order, setOrder] = useState('');
  const [ground, setGround] = useState('');
  const [answerBy, setAnswerBy] = useState('');
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  return (
    <Panel title={t('control.ask.recall')}>
      <div class="stack">
        <NamedMessage resource={read} />
        <ControlForm
          label={t('control.ask.recall')}
          action={action}
          isComplete={order !== '' && ground !== ''}
          onTried={() => setIsTried(true)}
          look="danger"
          submit={t('control.submit.recall')}
          onDone={onDone}
          onDrop={onDrop}
          work={async () => {
            const at = timeTyped(answerBy);
            await send('/v1/recalls', {
              body: {
                message,
                action: order,
                ground,
                ...(at === undefined ? {} : { answerBy: at }),
                ...spoken(words),
                idempotencyKey,
              },
            });
          }}
        >
          <CodeSelect
            list="RecallAction"
            label={t('control.recall.action')}
            hint={t('control.recall.actionHint')}
            value={order}
            onValue={setOrder}
            error={errorOf(action, 'action', isTried && order === '')}
          />
          <CodeSelect
            list="RecallGround"
            label={t('control.ground')}
            value={ground}
            onValue={setGround}
            error={errorOf(action, 'ground', isTried && ground === '')}
          />
          <TextField
            type="datetime-local"
            label={t('control.recall.answerBy')}
            hint={t('control.recall.answerByHint')}
            value={answerBy}
            onValue={setAnswerBy}
            error={errorOf(action, 'answerBy', false)}
          />
          <TextWithLanguage label={t('control.words')} value={words} onValue={setWords} />
        </ControlForm>
      </div>
    </Panel>
  );
}
