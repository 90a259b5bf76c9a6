import type { ComponentChildren, JSX } from 'preact';
import { code, t } from '../i18n/index.ts';
import { Icon, type Shape } from './icons.tsx';

/** How a state is to be taken; the colour only repeats what shape and word say. */
export type Tone = 'plain' | 'good' | 'warn' | 'danger' | 'accent' | 'drill';

/** A state: a shape, a word, and a colour. */
export function State({
  shape,
  tone = 'plain',
  children,
}: {
  readonly shape: Shape;
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`state ${tone}`}>
      <Icon shape={shape} />
      <span>{children}</span>
    </span>
  );
}

const PRECEDENCES: Readonly<Record<string, { readonly shape: Shape; readonly tone: Tone }>> = {
  PRECEDENCE_FLASH: { shape: 'diamond', tone: 'danger' },
  PRECEDENCE_IMMEDIATE: { shape: 'triangle', tone: 'warn' },
  PRECEDENCE_PRIORITY: { shape: 'square', tone: 'accent' },
  PRECEDENCE_ROUTINE: { shape: 'circle', tone: 'plain' },
};

/** A precedence: which goes first. */
export function Precedence({ value }: { readonly value: string }): JSX.Element {
  const look = PRECEDENCES[value] ?? { shape: 'circle', tone: 'plain' };
  return (
    <State shape={look.shape} tone={look.tone}>
      {code('Precedence', value)}
    </State>
  );
}

/** Says that something is an exercise, wherever it is shown. */
export function Drill(): JSX.Element {
  return (
    <State shape="flag" tone="drill">
      {t('drill.word')}
    </State>
  );
}
