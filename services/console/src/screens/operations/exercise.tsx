import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { session } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import './operations.css';

/**
 * The screen of one operation. Of an exercise it says so in words above and below, by a dashed border around everything,
 * on paper too, and in the title of the window.
 */
export function OperationFrame({
  drill,
  name,
  children,
}: {
  readonly drill: boolean;
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  useEffect(() => {
    // After the frame has set the title of the page.
    const timer = setTimeout(() => {
      document.title = `${drill ? `${t('operations.exerciseWord')} · ` : ''}${name} · ${session().office}`;
    });
    return () => clearTimeout(timer);
  }, [drill, name]);
  useEffect(() => {
    if (!drill) return undefined;
    document.documentElement.classList.add('operations-exercise');
    return () => document.documentElement.classList.remove('operations-exercise');
  }, [drill]);
  // Always of the same build, so that marking something as an exercise takes nobody's place in a form away.
  return (
    <>
      {drill ? <div class="operations-exercise-border" aria-hidden="true" /> : null}
      {drill ? <p class="operations-exercise-banner">{t('drill.banner')}</p> : null}
      {children}
      {drill ? (
        <p class="operations-exercise-banner" aria-hidden="true">
          {t('drill.banner')}
        </p>
      ) : null}
    </>
  );
}
