import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { splitCatalogue, type WrittenCatalogue } from './split-catalogue.ts';

const LABELS = resolve(import.meta.dirname, '../../../proto/labels/en.json');
const FILE = /^(.*\/languages\/(\w+)\.json)\?(first|rest)$/;

/** Gives `languages/th.json?first` and `?rest`: the parts of a language, in the form that the console puts values into. */
export function texts(): Plugin {
  return {
    name: 'texts',
    enforce: 'pre',
    async load(id) {
      const [, path, language, part] = FILE.exec(id) ?? [];
      if (path === undefined || (part !== 'first' && part !== 'rest')) return null;
      this.addWatchFile(path);
      const written = JSON.parse(await readFile(path, 'utf8')) as WrittenCatalogue;
      // English has its codes and fields from the contract's own labels, and its errors from the office.
      const whole =
        language === 'en'
          ? { ...(JSON.parse(await readFile(LABELS, 'utf8')) as WrittenCatalogue), ui: written.ui, errors: {} }
          : written;
      const text = JSON.stringify(JSON.stringify(splitCatalogue(whole, part)));
      return { code: `export default JSON.parse(${text});`, moduleType: 'js' };
    },
  };
}
