import { basename, resolve } from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = resolve(import.meta.dirname, '../src/api/ahead.ts');
const LANGUAGE = /\/languages\/(\w+)\.json\?(first|rest)$/;

/** The parts of the build that are looked for: chunks with what they hold and what they import. */
interface Built {
  readonly fileName: string;
  readonly type: 'chunk' | 'asset';
  readonly code?: string;
  readonly facadeModuleId?: string | null;
  readonly imports?: readonly string[];
}

/**
 * Puts `src/api/ahead.ts` into the page itself, before anything else: a slow line then carries who is signed in and the
 * texts beside the code, not after it. It runs under the page's nonce like every other script.
 */
export function ahead(): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: SOURCE, name: 'ahead' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        if (bundle === undefined) return html;
        const chunks: readonly Built[] = Object.values(bundle);
        const own = chunks.find(({ facadeModuleId }) => facadeModuleId === SOURCE);
        if (own?.code === undefined || own.imports?.length !== 0) throw new TypeError('ahead.ts is not one piece');
        delete bundle[own.fileName];
        const code = inlineScript(own.code, languageFiles(chunks));
        // Before the style sheet, for which scripts after it wait.
        return html.replace('</title>', () => `</title>\n    <script nonce="__CSP_NONCE__">${code}</script>`);
      },
    },
  };
}

/** The chunks of each language, first part and rest, by their addresses. */
export function languageFiles(chunks: readonly Built[]): Readonly<Record<string, readonly [string, string]>> {
  const files: Record<string, [string, string]> = {};
  for (const { fileName, facadeModuleId } of chunks) {
    const [, language = '', part] = LANGUAGE.exec(facadeModuleId ?? '') ?? [];
    if (part === undefined) continue;
    files[language] ??= ['', ''];
    files[language][part === 'first' ? 0 : 1] = `/console/${fileName}`;
  }
  return files;
}

/** The code as a script of its own that leaves no names behind and cannot end its element. */
export function inlineScript(code: string, files: Readonly<Record<string, unknown>>): string {
  const body = code
    .replace(/\/\/# sourceMappingURL=.*$/m, '')
    .replace(/\bexport\s*\{\s*\};?/, '')
    .replaceAll('LANGUAGE_FILES', () => JSON.stringify(files))
    .trim();
  if (/<\/script|<!--/i.test(body) || /\b(im|ex)port\b/.test(body))
    throw new TypeError(`not one piece: ${basename(SOURCE)}`);
  return `(()=>{${body}})()`;
}
