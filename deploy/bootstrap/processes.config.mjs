// @ts-check
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { projectRoot } from './paths.mjs';

/**
 * Each process in few files, over what the compiler put there: to find and read a thousand modules takes an office as
 * long as everything else until it asks its server (ADR 30).
 */
export default defineConfig({
  root: resolve(projectRoot, 'services'),
  publicDir: false,
  // These find files or modules of their own from where they stand.
  ssr: { noExternal: true, external: ['@cedar-policy/cedar-wasm', 'protobufjs'] },
  build: {
    ssr: true,
    outDir: resolve(projectRoot, 'dist'),
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { cli: 'cli/main.ts', hub: 'hub/main.ts', office: 'office/main.ts' },
      // Beside the folders of the processes, so that files of the release are as far away as from the sources.
      output: { entryFileNames: '[name]/main.js', chunkFileNames: 'parts/[name].js' },
    },
  },
});
