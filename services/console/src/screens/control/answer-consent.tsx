import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { CategoryChecks, CodeSelect, spoken, TextWithLanguage, timeForField, timeTyped } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { Button, TextField } from '../../ui/index.ts';
import { ControlForm, errorOf } from './control-form.tsx';

const CORE = 'DATA_CATEGORY_CORE';

/** Grants what was asked or less of it, or refuses with a ground; once, and signed. */
export function AnswerConsent({
  consent,
  onDone,
}: {
  readonly consent: Schemas['Consent'];
  readonly onDone: () => void;
}): JSX.Element {
  const action = useAction();
  const [granted, setGranted] = useState(true);
  const [categories, setCategories] = useState<readonly string[]>(consent.categories);
  const [notAfter, setNotAfter] = useState('');
  const [ground, setGround] = useState('');
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  return (
    <ControlForm
      label={t('control.answerConsent')}
      action={action}
      isComplete={granted || ground !== ''}
      onTried={() => setIsTried(true)}
      look={granted ? 'primary' : 'danger'}
      submit={t(granted ? 'control.submit.grant' : 'control.submit.refuse')}
      onDone={onDone}
      work={async () => {
        const until = timeTyped(notAfter);
        await send(`/v1/consents/${encodeURIComponent(consent.id)}/answer`, {
          query: { origin: consent.holder },
          body: granted
            ? { granted, categories, ...(until === undefined ? {} : { notAfter: until }), ...spoken(words) }
            : { granted, ground, ...spoken(words) },
        });
      }}
    >
      <div class="row">
        <Button aria-pressed={granted} onClick={() => setGranted(true)}>
          {t('control.consent.grant')}
        </Button>
        <Button aria-pressed={!granted} onClick={() => setGranted(false)}>
          {t('control.consent.refuse')}
        </Button>
      </div>
      {granted ? (
        <>
          <CategoryChecks
            label={t('control.consent.categories')}
            hint={t('control.consent.limit')}
            offered={consent.categories}
            chosen={categories}
            fixed={[CORE]}
            onChosen={setCategories}
            error={errorOf(action, 'categories', false)}
          />
          <TextField
            type="datetime-local"
            label={t('control.consent.until')}
            hint={t('control.consent.untilAsked')}
            value={notAfter}
            max={timeForField(consent.until)}
            onValue={setNotAfter}
            error={errorOf(action, 'notAfter', false)}
          />
        </>
      ) : (
        <CodeSelect
          list="RefusalGround"
          label={t('control.ground')}
          value={ground}
          onValue={setGround}
          error={errorOf(action, 'ground', isTried && ground === '')}
        />
      )}
      <TextWithLanguage label={t('control.words')} value={words} onValue={setWords} />
    </ControlForm>
  );
}
