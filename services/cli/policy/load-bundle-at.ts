import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { utf8 } from '../../core/foundation/index.ts';
import type { PolicyBundle } from '../../core/policy/index.ts';
import { readText } from '../home/files.ts';
import { isSignedDocument, textInDocument } from '../home/signed-text.ts';
import { readBundleFolder } from './read-bundle-folder.ts';

/** The bundle that ships with the release (`baseline`), or the one in a folder, a built text or a signed document; its signature is not verified. */
export async function loadBundleAt(source: string, cwd: string): Promise<PolicyBundle> {
  const { baselineBundle, buildBundle, loadBundle } = await import('../../core/policy/index.ts');
  if (source === 'baseline') return baselineBundle();
  const path = resolve(cwd, source);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return loadBundle(utf8(buildBundle(await readBundleFolder(path))));
  const text = await readText(path);
  return loadBundle(utf8(isSignedDocument(text) ? textInDocument(text, path) : text));
}
