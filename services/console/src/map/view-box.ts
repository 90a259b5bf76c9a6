import { PLANE } from './ground.ts';

/** The part of the plane that is shown. */
export interface ViewBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** All of it. */
export const WHOLE: ViewBox = { x: 0, y: 0, width: PLANE.width, height: PLANE.height };

/** The closest that one can look: a few kilometres. */
const NEAREST = 0.6;

/** Looks closer (`factor` below 1) or from farther, with the point at those fractions of the frame where it is. */
export function zoomed(box: ViewBox, factor: number, at: readonly [number, number] = [0.5, 0.5]): ViewBox {
  const width = Math.min(PLANE.width, Math.max(NEAREST, box.width * factor));
  const height = (width * box.height) / box.width;
  return within({
    x: box.x + (box.width - width) * at[0],
    y: box.y + (box.height - height) * at[1],
    width,
    height,
  });
}

/** Moves by those fractions of the frame. */
export function moved(box: ViewBox, right: number, down: number): ViewBox {
  return within({ ...box, x: box.x + right * box.width, y: box.y + down * box.height });
}

/** The frame around those points, with room, in the shape of the whole; the whole for none. */
export function around(points: readonly (readonly [number, number])[]): ViewBox {
  if (points.length === 0) return WHOLE;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const shape = PLANE.height / PLANE.width;
  const width = Math.min(PLANE.width, Math.max(12, (right - left) * 1.6, ((bottom - top) * 1.6) / shape));
  return within({ x: (left + right - width) / 2, y: (top + bottom - width * shape) / 2, width, height: width * shape });
}

/** The middle of the frame never leaves the plane. */
function within(box: ViewBox): ViewBox {
  const clamp = (value: number, size: number, limit: number): number =>
    Math.min(limit - size / 2, Math.max(-size / 2, value));
  return { ...box, x: clamp(box.x, box.width, PLANE.width), y: clamp(box.y, box.height, PLANE.height) };
}
