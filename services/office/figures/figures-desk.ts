import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CalendarMonth } from '../../core/figures/index.ts';
import type { Clock } from '../../core/foundation/index.ts';
import { OfficeError } from '../errors.ts';
import { type FigurePeriod, officeFigures } from './office-figures.ts';
import { type PublicFigures, type PublicSource, publicFigures } from './public-figures.ts';
import type { Figures } from './types.ts';

/** Figures of this office: one computation at a time, in slices, so that asking for them holds up nothing else. */
export interface FiguresDesk {
  /** @throws OfficeError OFFICE_RATE_EXCEEDED while as many wait as may. */
  readonly figures: (period: FigurePeriod) => Promise<Figures>;
  /** @throws OfficeError OFFICE_RATE_EXCEEDED while as many wait as may. */
  readonly published: (asked: {
    readonly from: CalendarMonth;
    readonly until: CalendarMonth;
  }) => Promise<PublicFigures>;
}

const MOST_WAITING = 8;

/** A desk that counts what the source has. */
export function figuresDesk(source: PublicSource, clock: Clock): FiguresDesk {
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();

  const inTurn = async <Result>(compute: () => Promise<Result>): Promise<Result> => {
    if (waiting >= MOST_WAITING) throw new OfficeError('OFFICE_RATE_EXCEEDED');
    waiting++;
    const mine = before.then(compute, compute);
    before = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      waiting--;
    }
  };

  return {
    figures: (period) => inTurn(() => officeFigures(source, period, clock.now(), breathe)),
    published: (asked) => inTurn(() => publicFigures(source, asked, clock.now(), breathe)),
  };
}

async function breathe(): Promise<void> {
  await nextTurn();
}
