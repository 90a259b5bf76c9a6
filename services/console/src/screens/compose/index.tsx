import type { JSX } from 'preact';
import { t } from '../../i18n/index.ts';
import { Page } from '../../ui/index.ts';

/** The screen. */
export default function Screen(): JSX.Element {
  return <Page title={t('state.loading')}>{null}</Page>;
}
