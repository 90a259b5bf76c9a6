import type { JSX } from 'preact';

/** Shapes that stand for states, beside their words; one weight, one size, in the colour of the text. */
const SHAPES = {
  diamond: 'M8 1 15 8 8 15 1 8Z',
  triangle: 'M8 2 15 14H1Z',
  square: 'M2 2h12v12H2Z',
  circle: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z',
  ring: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 3a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z',
  check: 'M6.2 13.2 1.3 8.3l1.8-1.8 3.1 3 6.7-6.7 1.8 1.8Z',
  cross: 'm3.2 1.4 4.8 4.8 4.8-4.8 1.8 1.8L9.8 8l4.8 4.8-1.8 1.8L8 9.8l-4.8 4.8-1.8-1.8L6.2 8 1.4 3.2Z',
  pause: 'M3 2h3.5v12H3Zm6.5 0H13v12H9.5Z',
  lock: 'M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7Zm2 0h4V5a2 2 0 0 0-4 0Z',
  arrowIn: 'M7 1h2v8.2l2.8-2.8 1.4 1.4L8 13 2.8 7.8l1.4-1.4L7 9.2ZM2 13h12v2H2Z',
  arrowOut: 'M7 15h2V6.8l2.8 2.8 1.4-1.4L8 3 2.8 8.2l1.4 1.4L7 6.8ZM2 1h12v2H2Z',
  flag: 'M3 1h2v1h9l-3 4 3 4H5v5H3Z',
  clock: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-1 3v5l4 2.3.9-1.7L9 8V4Z',
  menu: 'M1 3h14v2H1Zm0 4h14v2H1Zm0 4h14v2H1Z',
} as const;

/** The name of a shape. */
export type Shape = keyof typeof SHAPES;

/** A shape; it says nothing to a screen reader, since the word beside it does. */
export function Icon({ shape, size = 12 }: { readonly shape: Shape; readonly size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[shape]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
