import type { JSX } from 'preact';
import { type HeldSeen, standingApproval } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { State } from '../../ui/index.ts';

/** How many persons release it, and whether the first of two has agreed. */
export function PersonsNeeded({ held }: { readonly held: HeldSeen }): JSX.Element {
  if (held.releasesNeeded <= 1) return <State shape="lock">{t('held.onePerson')}</State>;
  const first = standingApproval(held);
  return first === undefined ? (
    <State shape="lock" tone="warn">
      {t('held.twoPersons')}
    </State>
  ) : (
    <State shape="pause" tone="accent">
      {t('held.secondMissing', { name: first.by })}
    </State>
  );
}
