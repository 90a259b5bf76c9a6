import { imageMagic, type ShownImage } from './image-magic.ts';

/** A phone draws a picture of so many pixels; a small file may claim thousands of times as many. */
const MOST_PIXELS = 40_000_000;

/** What the bytes are where they are an image that is shown: of a kind and of a size that a browser can draw. */
export function shownImage(bytes: Uint8Array): ShownImage | undefined {
  const type = imageMagic(bytes);
  if (type === undefined) return undefined;
  const [width, height] = SIDES[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) ?? [0, 0];
  return width > 0 && height > 0 && width * height <= MOST_PIXELS ? type : undefined;
}

type Sides = readonly [width: number, height: number] | undefined;

const SIDES: Readonly<Record<ShownImage, (view: DataView) => Sides>> = {
  'image/png': (view) => (view.byteLength < 24 ? undefined : [view.getUint32(16), view.getUint32(20)]),
  'image/jpeg': jpegSides,
  'image/webp': webpSides,
};

/** By its frame header (T.81 §B.2.2), past every segment before it; the tables C4, C8 and CC are none. */
function jpegSides(view: DataView): Sides {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // The picture itself before its header is none.
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** By the header of its first chunk: VP8X, VP8L or VP8 (RFC 9649 §2.5 to §2.7). */
function webpSides(view: DataView): Sides {
  if (view.byteLength < 30) return undefined;
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  const three = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (kind === 'VP8X') return [three(24) + 1, three(27) + 1];
  if (kind === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}
