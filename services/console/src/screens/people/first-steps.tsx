import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Notice, State } from '../../ui/index.ts';

/** What an office still needs before its officers can work; nothing once it has all of it. */
export function FirstSteps({
  accounts,
  agencies,
}: {
  readonly accounts: readonly Schemas['Account'][];
  readonly agencies: readonly Schemas['Agency'][];
}): JSX.Element | null {
  const has = (role: string): boolean =>
    accounts.some((account) => account.role === role && account.disabledAt === null);
  const steps = [
    { done: agencies.length > 0, text: t('people.step.agencies') },
    { done: has('officer'), text: t('people.step.officer') },
    { done: has('supervisor'), text: t('people.step.supervisor') },
    { done: has('oversight'), text: t('people.step.oversight') },
    { done: has('auditor'), text: t('people.step.auditor') },
  ];
  if (accounts.length === 0 || steps.every(({ done }) => done)) return null;
  return (
    <Notice title={t('people.steps')}>
      <ol class="stack-tight">
        {steps.map(({ done, text }) => (
          <li key={text}>
            {text}{' '}
            <State shape={done ? 'check' : 'ring'} tone={done ? 'good' : 'plain'}>
              {t(done ? 'people.step.done' : 'people.step.open')}
            </State>
          </li>
        ))}
      </ol>
    </Notice>
  );
}
