import type { JSX } from 'preact';
import { number, t } from '../i18n/index.ts';
import { Button } from '../ui/index.ts';
import type { WorkList } from './use-work-list.ts';

/** Says that a list of work goes on, and loads more of it; nothing where all of it is there. */
export function MoreWork<Page extends { readonly items: readonly unknown[]; readonly next: string | null }>({
  list,
}: {
  readonly list: WorkList<Page>;
}): JSX.Element | null {
  const { value } = list;
  if (value === undefined || value.next === null) return null;
  const more = async (): Promise<void> => {
    const last = [...document.querySelectorAll<HTMLElement>('main .board-entry')].at(-1);
    await list.more();
    // With the last of them the button goes: who pressed it goes on from where the list ended.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) last?.focus();
    });
  };
  return (
    <div class="row">
      <span class="muted">{t('requests.notAll', { n: number(value.items.length) })}</span>
      <span class="no-print">
        <Button busy={list.loading} onClick={() => void more()}>
          {t('action.more')}
        </Button>
      </span>
    </div>
  );
}
