import { signal } from '@preact/signals';
import type { ComponentProps, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { allTexts, t } from '../i18n/index.ts';
import { Notice } from '../ui/index.ts';
import type { TriagePanel } from './triage-panel.tsx';

const panel = signal<typeof TriagePanel | undefined>(undefined);
const failed = signal(false);

/** Loads the panel and its texts before somebody asks for it, so that it opens at once and without a line. */
export async function loadTriagePanel(): Promise<void> {
  if (panel.peek() !== undefined) return;
  try {
    const [module] = await Promise.all([import('./triage-panel.tsx'), allTexts()]);
    panel.value = module.TriagePanel;
    failed.value = false;
  } catch {
    // Told where somebody waits for it; opened again it is tried again.
    failed.value = true;
  }
}

/** The panel of a message that is worked on in a list, where the list was drawn before the panel was loaded. */
export function LoadedTriagePanel(props: ComponentProps<typeof TriagePanel>): JSX.Element {
  useEffect(() => void loadTriagePanel(), []);
  const { value: Panel } = panel;
  if (Panel !== undefined) return <Panel {...props} />;
  return failed.value ? <Notice tone="danger" title={t('nav.notLoaded')} /> : <p role="status">{t('state.loading')}</p>;
}
