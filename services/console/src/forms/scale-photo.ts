/** The longest side of a photograph that is sent. */
const MAX_SIDE = 1600;
const QUALITIES = [0.82, 0.7, 0.58, 0.46];
/** Below this side nothing could be made out any more. */
const LEAST_SIDE = 320;
const SHRINK = 0.75;

/** A photograph as the contract takes it: JPEG in base64. */
export interface Photo {
  readonly data: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Sides of a picture scaled down to fit into `most`; never up. */
export function fittedSides(width: number, height: number, most: number): readonly [width: number, height: number] {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * A picture drawn anew at a sensible size with at most `maxBytes`: what the camera wrote beside it (place, time, device)
 * is not in it. Undefined where the file is no picture that this browser can read.
 */
export async function scalePhoto(file: Blob, maxBytes: number): Promise<Photo | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (picture === undefined) return undefined;
  try {
    for (let side = MAX_SIDE; side >= LEAST_SIDE; side = Math.floor(side * SHRINK)) {
      const [width, height] = fittedSides(picture.width, picture.height, side);
      const canvas = draw(picture, width, height);
      for (const quality of QUALITIES) {
        const jpeg = await encode(canvas, quality);
        if (jpeg !== null && jpeg.size <= maxBytes)
          return { data: await base64Of(jpeg), width, height, bytes: jpeg.size };
      }
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  // JPEG has no transparency: what shows through would be black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
