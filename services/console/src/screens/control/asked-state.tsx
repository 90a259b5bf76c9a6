import type { JSX } from 'preact';
import { t } from '../../i18n/index.ts';
import { type Shape, State, type Tone } from '../../ui/index.ts';

const LOOKS = {
  sending: { shape: 'arrowOut', tone: 'plain' },
  failed: { shape: 'cross', tone: 'danger' },
  asked: { shape: 'clock', tone: 'plain' },
  granted: { shape: 'check', tone: 'good' },
  ended: { shape: 'clock', tone: 'plain' },
  revoked: { shape: 'cross', tone: 'danger' },
  refused: { shape: 'cross', tone: 'danger' },
  lapsed: { shape: 'clock', tone: 'warn' },
  'opened-in-part': { shape: 'circle', tone: 'accent' },
  opened: { shape: 'check', tone: 'good' },
} as const satisfies Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>>;

/** Where a request to an originator stands; what this office owes says so. */
export function AskedState({
  isOwed,
  state,
}: {
  readonly isOwed: boolean;
  readonly state: keyof typeof LOOKS;
}): JSX.Element {
  if (isOwed)
    return (
      <State shape="arrowIn" tone="warn">
        {t('control.owed')}
      </State>
    );
  const { shape, tone } = LOOKS[state];
  return (
    <State shape={shape} tone={tone}>
      {t(`control.state.${state}`)}
    </State>
  );
}
