import type { JSX } from 'preact';
import { chooseLanguage, isLanguage, LANGUAGES, language, t } from '../i18n/index.ts';
import { Select } from '../ui/index.ts';

/** Lets the person choose the language of this device; every language is named in itself. */
export function LanguageChoice(): JSX.Element {
  return (
    <Select
      label={t('settings.language')}
      value={language()}
      options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      onValue={(value) => {
        if (isLanguage(value)) void chooseLanguage(value);
      }}
    />
  );
}
