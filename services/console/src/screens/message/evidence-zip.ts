import { zipSync } from 'fflate';
import { base64Bytes } from '../../messages/image-magic.ts';
import { isSafeName } from './evidence-name.ts';

/** The files of the evidence as one ZIP file, each byte as the office gave it. @throws TypeError for a file that cannot be kept so. */
export function evidenceZip(files: readonly { readonly name: string; readonly bytes: string }[]): Blob {
  const entries: Record<string, Uint8Array> = {};
  for (const { name, bytes } of files) {
    const content = base64Bytes(bytes);
    if (!isSafeName(name) || content === undefined)
      throw new TypeError('a file of the evidence cannot be kept as it is');
    entries[name] = content;
  }
  // Images and signatures do not become smaller; the rest is not worth the wait on an old computer.
  return new Blob([zipSync(entries, { level: 0 }) as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
