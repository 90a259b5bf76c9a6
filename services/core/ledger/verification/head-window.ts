import type { Digest } from '../../foundation/index.ts';

/** The digests of the newest records, so that a head in a receipt can be compared without a second reading. */
export interface HeadWindow {
  readonly add: (number: number, digest: Digest) => void;
  /** `later` than the newest record, `unknown` because it is too far back, or whether the digest is that record's. */
  readonly compare: (number: number, digest: string) => 'same' | 'different' | 'later' | 'unknown';
}

/** A window over `size` records. */
export function headWindow(size = 65_536): HeadWindow {
  const digests: (Digest | undefined)[] = new Array(size);
  let newest = 0;
  return {
    add: (number, digest) => {
      digests[number % size] = digest;
      newest = number;
    },
    compare: (number, digest) => {
      if (number > newest) return 'later';
      if (number < 1 || number <= newest - size) return 'unknown';
      return digests[number % size] === digest ? 'same' : 'different';
    },
  };
}
