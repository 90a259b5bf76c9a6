import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../ui/index.ts';

/** What became of an act, where the form was: it takes the focus, so that nobody is thrown to the top of the page. */
export function ResultNotice({
  tone = 'good',
  title,
  children,
}: {
  readonly tone?: 'good' | 'warn' | 'accent';
  readonly title: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return (
    <div ref={element} tabIndex={-1}>
      <Notice tone={tone} title={title}>
        {children}
      </Notice>
    </div>
  );
}
