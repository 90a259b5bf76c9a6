import type { JSX } from 'preact';
import { LANGUAGES, type Language, t } from '../i18n/index.ts';
import { Select, TextArea } from '../ui/index.ts';

/** A text in an officer's own words, and the language it is in. */
export interface SpokenText {
  readonly text: string;
  readonly textLanguage: string;
}

/** Words for people, with the language they are in, which whoever reads them is told. */
export function TextWithLanguage({
  label,
  hint,
  value,
  onValue,
  error,
  maxLength = 2000,
  required = false,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: SpokenText;
  readonly onValue: (value: SpokenText) => void;
  readonly error?: string | undefined;
  readonly maxLength?: number;
  readonly required?: boolean;
}): JSX.Element {
  return (
    <>
      <TextArea
        label={label}
        {...(hint === undefined ? {} : { hint })}
        error={error}
        value={value.text}
        maxLength={maxLength}
        required={required}
        lang={value.textLanguage}
        onValue={(text) => onValue({ ...value, text })}
      />
      {value.text === '' ? null : (
        <Select
          label={t('boards.textLanguage')}
          value={value.textLanguage}
          options={(Object.keys(LANGUAGES) as Language[]).map((tag) => ({ value: tag, label: LANGUAGES[tag] }))}
          onValue={(textLanguage) => onValue({ ...value, textLanguage })}
        />
      )}
    </>
  );
}

/** What of it goes into a submission: nothing where nothing was said. */
export function spoken({ text, textLanguage }: SpokenText): Partial<SpokenText> {
  return text.trim() === '' ? {} : { text, textLanguage };
}
