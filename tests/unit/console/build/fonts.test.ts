import { describe, expect, it } from 'vitest';
import { latinFaces, scriptFaces } from '../../../../services/console/build/fonts.ts';

const face = (name: string): string =>
  `/* ${name} */\n@font-face {\n  font-display: swap;\n  src: url(./files/${name}.woff2) format('woff2-variations');\n}\n`;

describe('latinFaces', () => {
  it('has nobody wait for them, or see them come late', () => {
    expect(latinFaces(face('noto-sans-latin-wght-normal'))).toContain('font-display: optional');
  });
});

describe('scriptFaces', () => {
  it('keeps the letters of the script and leaves the Latin ones to the first font', () => {
    const css = ['thai-thai', 'thai-latin', 'thai-latin-ext']
      .map((name) => face(`noto-sans-${name}-wght-normal`))
      .join('\n');
    const kept = scriptFaces(css);
    expect(kept.match(/@font-face/g)).toHaveLength(1);
    expect(kept).toContain('noto-sans-thai-thai-wght-normal');
    expect(kept).toContain('font-display: swap');
  });
});
