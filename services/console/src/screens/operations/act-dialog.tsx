import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { send, session, useAction } from '../../api/index.ts';
import { language, t } from '../../i18n/index.ts';
import {
  Button,
  Dialog,
  Field,
  focusFirstError,
  Notice,
  PeerText,
  ProblemNotice,
  Select,
  TextArea,
} from '../../ui/index.ts';
import { type Act, removableMembers } from './acts.ts';
import { CharterWords } from './charter-words.tsx';
import { charterIn, parsedText } from './read-charter.ts';
import type { Charter, Operation } from './types.ts';

const FINAL: readonly Act[] = ['LEAVE', 'REMOVE', 'CLOSE'];

/** Says what the act does before it is done; what cannot be taken back says that too. */
export function ActDialog({
  operation,
  charter,
  act,
  onClose,
  onDone,
}: {
  readonly operation: Operation;
  readonly charter: Charter | undefined;
  readonly act: Act;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const action = useAction();
  const others = removableMembers(operation);
  const [member, setMember] = useState(others[0]?.office ?? '');
  const [text, setText] = useState('');
  const [document, setDocument] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isNational = act === 'SIGN' && operation.charter.form === 'CHARTER_FORM_NATIONAL';
  const lacking =
    document === ''
      ? t('fault.required')
      : charterIn(parsedText(document))?.id === operation.id
        ? undefined
        : t('operations.form.noCharter');
  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (isNational && lacking !== undefined) return focusFirstError(form.current);
    const done = await action.run(async () => {
      await send(`/v1/operations/${encodeURIComponent(operation.id)}/acts`, {
        body: {
          action: `OPERATION_ACTION_${act}`,
          ...(act === 'REMOVE' ? { member } : {}),
          ...(document === '' ? {} : { document }),
          ...(text.trim() === '' ? {} : { text: text.trim(), textLanguage: language() }),
        },
        headers: { 'idempotency-key': key },
      });
    });
    if (done) onDone();
  };
  return (
    <Dialog title={t(`operations.act.${act}`)} onClose={onClose}>
      <form
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          <strong>
            <PeerText text={operation.name} />
          </strong>
          {operation.drill ? ` · ${t('drill.banner')}` : null}
        </p>
        <p>{t(`operations.actDoes.${act}`, { office: session().office })}</p>
        {FINAL.includes(act) ? <Notice tone="warn" title={t('operations.actFinal')} /> : null}
        {act === 'REMOVE' ? (
          <Select
            label={t('operations.actWhom')}
            value={member}
            options={others.map(({ office }) => ({ value: office, label: office }))}
            onValue={setMember}
          />
        ) : null}
        {act === 'SIGN' && charter !== undefined ? (
          <details class="details" open>
            <summary>{t('operations.tab.charter')}</summary>
            <CharterWords charter={charter} />
          </details>
        ) : null}
        {isNational ? <DocumentFile onDocument={setDocument} error={isTried ? lacking : undefined} /> : null}
        <TextArea label={t('operations.actWhy')} value={text} onValue={setText} maxLength={4000} rows={2} />
        <ProblemNotice problem={action.problem} />
        <div class="row">
          <Button type="submit" look={act === 'SIGN' || act === 'RESUME' ? 'primary' : 'danger'} busy={action.busy}>
            {t(`operations.act.${act}`)}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The charter as the national authority signed it, from a file. */
export function DocumentFile({
  onDocument,
  error,
}: {
  readonly onDocument: (text: string) => void;
  readonly error?: string | undefined;
}): JSX.Element {
  return (
    <Field label={t('operations.document')} hint={t('operations.documentHint')} error={error}>
      {(described) => (
        <input
          {...described}
          class="input"
          type="file"
          accept=".json,.jws,application/json"
          // The same file may come again, signed by one more.
          onClick={(event) => {
            event.currentTarget.value = '';
            onDocument('');
          }}
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(onDocument)}
        />
      )}
    </Field>
  );
}
