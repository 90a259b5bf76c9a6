/** Where a caption stands beside its point: from that many pixels right and down of it, towards that side. */
export interface CaptionPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

const AWAY = 12;
const LINE = 16;
/** Wider than most letters of the captions are, so that what is thought to fit does. */
const LETTER = 7.5;

const PLACES: readonly CaptionPlace[] = [
  { x: AWAY, y: 5, anchor: 'start' },
  { x: -AWAY, y: 5, anchor: 'end' },
  { x: AWAY, y: 5 + LINE, anchor: 'start' },
  { x: AWAY, y: 5 - LINE, anchor: 'start' },
  { x: -AWAY, y: 5 + LINE, anchor: 'end' },
  { x: -AWAY, y: 5 - LINE, anchor: 'end' },
];

/**
 * No caption covers another or is cut off by the frame's side where there is a place for it: right of its point, else
 * left, else a line lower or higher. `at` is in pixels from the frame's corner; the places are in the order of the points.
 */
export function placeCaptions(
  points: readonly { readonly at: readonly [number, number]; readonly caption: string }[],
  width: number,
): readonly CaptionPlace[] {
  const taken: Box[] = [];
  return points.map(({ at, caption }) => {
    const free = PLACES.filter((place) => !taken.some((box) => meet(box, boxOf(at, caption, place))));
    const whole = free.find((place) => {
      const { left, right } = boxOf(at, caption, place);
      return left >= 0 && right <= width;
    });
    const place = whole ?? free[0] ?? { x: AWAY, y: 5, anchor: 'start' as const };
    taken.push(boxOf(at, caption, place));
    return place;
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

function boxOf(at: readonly [number, number], caption: string, { x, y, anchor }: CaptionPlace): Box {
  const width = caption.length * LETTER;
  const left = at[0] + x - (anchor === 'end' ? width : 0);
  return { left, right: left + width, top: at[1] + y - LINE };
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && Math.abs(one.top - other.top) < LINE;
}
