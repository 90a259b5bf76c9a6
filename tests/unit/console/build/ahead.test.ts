import { describe, expect, it } from 'vitest';
import { inlineScript, languageFiles } from '../../../../services/console/build/ahead.ts';

describe('languageFiles', () => {
  it('has the address of the first part and of the rest of each language', () => {
    const chunk = (name: string, id: string) => ({
      type: 'chunk' as const,
      fileName: `assets/${name}`,
      facadeModuleId: id,
    });
    const chunks = [
      chunk('my-1.js', '/x/languages/my.json?first'),
      chunk('my-2.js', '/x/languages/my.json?rest'),
      chunk('held.js', '/x/src/screens/held/index.tsx'),
      { type: 'asset' as const, fileName: 'assets/a.css' },
    ];
    expect(languageFiles(chunks)).toEqual({ my: ['/console/assets/my-1.js', '/console/assets/my-2.js'] });
  });
});

describe('inlineScript', () => {
  it('is the code with the files in it, and leaves no names behind', () => {
    const files = { en: ['/console/assets/$&.js', '/b.js'] };
    expect(inlineScript('const a=LANGUAGE_FILES;export{};\n', files)).toBe(
      '(()=>{const a={"en":["/console/assets/$&.js","/b.js"]};})()',
    );
  });

  it.each(['import{a}from"./b.js";a()', 'const a="</script>"', 'const a="<!--"', 'export const a=1'])(
    'refuses %s',
    (code) => {
      expect(() => inlineScript(code, {})).toThrow(TypeError);
    },
  );
});
