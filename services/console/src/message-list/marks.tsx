import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { Drill, type Shape, State, type Tone } from '../ui/index.ts';
import { type Line, type Mark, marksOf } from './line.ts';

const LOOKS: Readonly<Record<Mark, { readonly shape: Shape; readonly tone: Tone }>> = {
  emergency: { shape: 'triangle', tone: 'danger' },
  recalled: { shape: 'cross', tone: 'danger' },
  superseded: { shape: 'clock', tone: 'warn' },
  update: { shape: 'arrowIn', tone: 'accent' },
  withheld: { shape: 'lock', tone: 'plain' },
  gone: { shape: 'cross', tone: 'plain' },
  restricted: { shape: 'lock', tone: 'accent' },
  closed: { shape: 'check', tone: 'good' },
};

/** Everything that sets a message apart, each as a shape and a word. */
export function Marks({ line }: { readonly line: Line }): JSX.Element {
  return (
    <>
      {line.drill ? <Drill /> : null}
      {marksOf(line).map((mark) => (
        <State key={mark} shape={LOOKS[mark].shape} tone={LOOKS[mark].tone}>
          {t(`mark.${mark}`)}
        </State>
      ))}
    </>
  );
}
