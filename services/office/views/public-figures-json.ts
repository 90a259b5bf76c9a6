import { rfc3339 } from '../../core/foundation/index.ts';
import type { PublicFigures } from '../figures/public-figures.ts';

/** The published figures. */
export function publicFiguresJson({ atMs, ...figures }: PublicFigures): Readonly<Record<string, unknown>> {
  return { ...figures, at: rfc3339(atMs) };
}
