import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { code, t } from '../../i18n/index.ts';
import { type Shape, State, type Tone } from '../../ui/index.ts';

const LOOKS: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>> = {
  held: { shape: 'lock', tone: 'warn' },
  rejected: { shape: 'cross', tone: 'danger' },
  'refused-by-gate': { shape: 'cross', tone: 'danger' },
  failed: { shape: 'cross', tone: 'danger' },
  submitted: { shape: 'arrowOut', tone: 'plain' },
  delivered: { shape: 'ring', tone: 'warn' },
  acknowledged: { shape: 'circle', tone: 'accent' },
  'clarification-asked': { shape: 'pause', tone: 'warn' },
  'answered-in-part': { shape: 'circle', tone: 'accent' },
  answered: { shape: 'check', tone: 'good' },
  refused: { shape: 'cross', tone: 'danger' },
  withdrawn: { shape: 'cross', tone: 'plain' },
  expired: { shape: 'clock', tone: 'danger' },
};

/** Where a request stands, with its ground where it was refused. */
export function LifeState({ life }: { readonly life: Pick<Schemas['RequestLife'], 'state' | 'ground'> }): JSX.Element {
  const { shape, tone } = LOOKS[life.state] ?? { shape: 'circle', tone: 'plain' };
  return (
    <State shape={shape} tone={tone}>
      {t(`requests.state.${life.state}`)}
      {life.ground === null ? '' : `: ${code('RefusalGround', life.ground)}`}
    </State>
  );
}
