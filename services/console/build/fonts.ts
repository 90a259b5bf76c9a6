import type { Plugin } from 'vite';

const FACE = /(?:\/\*[^*]*\*\/\s*)?@font-face\s*\{[^}]*\}\s*/g;

/** The fonts' style sheets as the console wants them: Latin letters from one font alone, and never waited for. */
export function fonts(): Plugin {
  return {
    name: 'fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /@fontsource-variable\/noto-sans[a-z-]*\/wght\.css$/ },
      handler: (code, id) => (id.endsWith('/noto-sans/wght.css') ? latinFaces(code) : scriptFaces(code)),
    },
  };
}

/**
 * Letters that every device has are drawn at once in the device's own font and stay so: ours is taken when it is there at
 * the first drawing, as on every later visit. Nothing moves under a finger, and a slow line carries messages first.
 */
export function latinFaces(css: string): string {
  return css.replaceAll('font-display: swap', 'font-display: optional');
}

/** A font for another script without its Latin letters, which are in the first font, or in the device's. */
export function scriptFaces(css: string): string {
  return css.replace(FACE, (face) => (/-latin(-ext)?-/.test(face) ? '' : face));
}
