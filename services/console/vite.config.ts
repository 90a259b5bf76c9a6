import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { ahead } from './build/ahead.ts';
import { compressed } from './build/compressed.ts';
import { fonts } from './build/fonts.ts';
import { texts } from './build/texts.ts';

const outDir = resolve(import.meta.dirname, '../../dist/console');

/** How the officers' console is built into dist/console; the office node serves it from there under /console/. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  html: { cspNonce: '__CSP_NONCE__' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [texts(), fonts(), ahead(), compressed(outDir)],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the first page needs is one file: on a slow line every further one is felt.
          groups: [
            {
              name: 'console',
              tags: ['$initial'],
              test: (id) => !/\/api\/ahead(-address)?\.ts$/.test(id),
              priority: 1,
            },
            { name: 'messages', test: /\/console\/(src\/messages\/|__generated__\/contract\.ts)/ },
          ],
        },
      },
    },
  },
});
