import { latin1 } from './byte-reader.ts';

/** How files begin that are recognised only to say what they are when they are refused; the offset is 0 but where named. */
const REFUSED: readonly { readonly found: string; readonly begins: readonly string[]; readonly at?: number }[] = [
  { found: 'program for Windows', begins: ['MZ'] },
  { found: 'program for Linux', begins: ['\x7fELF'] },
  {
    found: 'program for macOS',
    begins: ['\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf', '\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe'],
  },
  { found: 'Java class or universal program', begins: ['\xca\xfe\xba\xbe'] },
  { found: 'WebAssembly', begins: ['\0asm'] },
  { found: 'script', begins: ['#!'] },
  { found: 'shortcut', begins: ['L\0\0\0\x01\x14\x02\0'] },
  { found: 'ZIP archive or office document', begins: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'] },
  { found: 'older office document', begins: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'] },
  { found: 'rich text', begins: ['{\\rtf'] },
  { found: 'RAR archive', begins: ['Rar!\x1a\x07'] },
  { found: '7z archive', begins: ["7z\xbc\xaf'\x1c"] },
  { found: 'compressed archive', begins: ['\x1f\x8b', 'BZh', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', 'MSCF', '!<arch>'] },
  { found: 'disk image', begins: ['conectix', 'KDMV', 'QFI\xfb'] },
  { found: 'HEIF or AVIF picture', at: 4, begins: ['ftyphei', 'ftyphev', 'ftypmif', 'ftypmsf', 'ftypavi'] },
  { found: 'film or sound', begins: ['ID3', 'OggS', 'fLaC', '\x1aE\xdf\xa3'] },
  { found: 'film or sound', at: 4, begins: ['ftyp'] },
  { found: 'film or sound', at: 8, begins: ['AVI ', 'WAVE'] },
  { found: 'GIF picture', begins: ['GIF8'] },
  { found: 'TIFF picture', begins: ['II\x2a\0', 'MM\0\x2a'] },
  { found: 'PostScript', begins: ['%!PS'] },
];

const MARKUP = /^(\xef\xbb\xbf)?\s*<[!?/a-zA-Z]/;

/** What the file is by its first bytes, where that is something that never crosses. */
export function refusedType(bytes: Uint8Array): string | undefined {
  const start = latin1(bytes.subarray(0, 64));
  const known = REFUSED.find(({ begins, at = 0 }) => begins.some((text) => start.startsWith(text, at)));
  return known?.found ?? (MARKUP.test(start) ? 'markup' : undefined);
}

const END_OF_DIRECTORY_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;

/**
 * Whether a program that unpacks archives would find one in these bytes: it looks for the end of a central directory
 * from the back, whatever the file begins with. APPNOTE.TXT 6.3.10 §4.3.16.
 */
export function hasArchiveEnd(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(
    -(END_OF_DIRECTORY_BYTES + MAX_COMMENT_BYTES),
  );
  const offset = bytes.length - tail.length;
  for (let at = tail.indexOf('PK\x05\x06'); at >= 0; at = tail.indexOf('PK\x05\x06', at + 1)) {
    if (at + END_OF_DIRECTORY_BYTES > tail.length) return false;
    const directory = offset + at - tail.readUInt32LE(at + 12);
    const isEmpty = tail.readUInt16LE(at + 10) === 0;
    if (isEmpty || latin1(bytes.subarray(Math.max(0, directory), Math.max(0, directory) + 4)) === 'PK\x01\x02')
      return true;
  }
  return false;
}
