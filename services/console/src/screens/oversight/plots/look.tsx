import type { JSX } from 'preact';

/** The looks of series, in their order: each is told from the others by its pattern as well as by its colour. */
export const LOOKS = ['solid', 'hatch', 'dots', 'outline', 'cross', 'dark', 'bars', 'light'] as const;

/** One of them. */
export type Look = (typeof LOOKS)[number];

/** The look of a series by its place. */
export function lookOf(index: number): Look {
  return LOOKS[index % LOOKS.length] ?? 'solid';
}

/** The patterns that `fillOf` points to; once in each drawing. */
export function Patterns({ id }: { readonly id: string }): JSX.Element {
  return (
    <defs>
      <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="plot-back" />
        <rect width="2.5" height="6" class="plot-ink-2" />
      </pattern>
      <pattern id={`${id}-dots`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="plot-back" />
        <circle cx="3" cy="3" r="1.6" class="plot-warn" />
      </pattern>
      <pattern id={`${id}-cross`} width="7" height="7" patternUnits="userSpaceOnUse">
        <rect width="7" height="7" class="plot-back" />
        <path d="M0 0 7 7M7 0 0 7" class="plot-line-danger" />
      </pattern>
      <pattern id={`${id}-bars`} width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" class="plot-back" />
        <rect width="5" height="2" class="plot-drill" />
      </pattern>
    </defs>
  );
}

const PLAIN: Readonly<Partial<Record<Look, string>>> = {
  solid: 'var(--accent)',
  outline: 'var(--surface)',
  dark: 'var(--ink)',
  light: 'var(--border)',
};

/** What a shape of that look is filled with. */
export function fillOf(id: string, look: Look): string {
  return PLAIN[look] ?? `url(#${id}-${look})`;
}
