import { days, rfc3339, toBase64url, utf8 } from '../../../../services/core/foundation/index.ts';
import { addSignature, signDocument, writeDirectoryText } from '../../../../services/core/trust/index.ts';
import { type Directory, KeyUse, type OfficeEntry, type OfficeKey } from '../../../../services/core/wire/index.ts';
import { NOON, sealingKey, type SigningKeyName, signerOf, signingKey, text, thaiDirectory, trustDocuments } from '../../envelopes/generator/actors.ts';

/** A directory vector as it lies in its folder, beside the signed document. */
export interface DirectoryVector {
  readonly what: string;
  /** Null: it is installed. */
  readonly code: string | null;
  readonly now: string;
  /** Files of this folder or of ../envelopes/trust that were installed before, in this order. */
  readonly installed: readonly string[];
}

interface Recipe {
  readonly what: string;
  readonly code: string | null;
  /** Changes what is signed. */
  readonly directory?: (sound: Directory) => Directory;
  readonly text?: (sound: string) => string;
  readonly kind?: 'directory' | 'agreement';
  readonly signedBy?: readonly SigningKeyName[];
  /** Changes the signed document. */
  readonly document?: (sound: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** Installed before, besides the agreement; null: not even that. */
  readonly before?: ((sound: Directory) => Directory) | null;
  readonly now?: number;
}

const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
const DAY = days(1);
const TOLERANCE = 300_000;

const numbered = (sequence: number) => (sound: Directory): Directory => ({ ...sound, sequence });
const firstOffice = (change: (entry: OfficeEntry) => OfficeEntry) => (sound: Directory): Directory => ({ ...sound, offices: sound.offices.map((entry, i) => (i === 0 ? change(entry) : entry)) });
const withKey = (key: OfficeKey) => firstOffice((entry) => ({ ...entry, keys: [...entry.keys, key] }));
const key = (use: KeyUse, crv: string, x: string, fromMs: number = NOON - DAY, untilMs: number = NOON + DAY): OfficeKey => ({ use, key: { crv, x }, notBefore: at(fromMs), notAfter: at(untilMs) });
const la = signingKey('la-current').publicKey;
const SMALL_ORDER_X = toBase64url(new Uint8Array([1, ...new Uint8Array(31)]));
const json = (change: (value: Record<string, unknown>) => unknown) => (document: Uint8Array) => utf8(`${JSON.stringify(change(JSON.parse(Buffer.from(document).toString()) as Record<string, unknown>), null, 1)}\n`);
type Signatures = { protected: string; signature: string }[];
const header = (change: (text: string) => string) => json((value) => ({ ...value, signatures: (value['signatures'] as Signatures).map((one) => ({ ...one, protected: Buffer.from(change(Buffer.from(one.protected, 'base64url').toString())).toString('base64url') })) }));
const malformed = (what: string, document: NonNullable<Recipe['document']>): Recipe => ({ what, code: 'TRUST_DOCUMENT_MALFORMED', document });
const badKey = (what: string, directory: (sound: Directory) => Directory): Recipe => ({ what, code: 'TRUST_DIRECTORY_KEY_INVALID', directory });

const RECIPES: Readonly<Record<string, Recipe>> = {
  sound: { what: 'the first directory of the nation', code: null },
  'sound-next': { what: 'the next directory, with everything that was revoked before', code: null, before: (sound) => sound, directory: numbered(2) },
  'sound-same-again': { what: 'the directory that is installed already', code: null, before: (sound) => sound },
  'sound-clock-behind': { what: 'issued 5 minutes from now, as far as clocks may differ', code: null, directory: (sound) => ({ ...sound, issued: at(NOON + TOLERANCE) }) },
  'not-json': malformed('not JSON', () => utf8('directory')),
  'not-utf8': malformed('not UTF-8', () => new Uint8Array([0xff, 0xfe])),
  'layout-compact': malformed('the same document on one line', (document) => utf8(JSON.stringify(JSON.parse(Buffer.from(document).toString())))),
  'member-unknown': malformed('a member besides the allowed ones', json((value) => ({ ...value, note: 'x' }))),
  'header-unprotected': malformed('a signature with an unprotected header', json((value) => ({ ...value, signatures: (value['signatures'] as Signatures).map((one) => ({ ...one, header: { kid: 'x' } })) }))),
  'header-eddsa': malformed('the older name of the algorithm', header((text_) => text_.replace('"Ed25519"', '"EdDSA"'))),
  'header-with-space': malformed('a space in the protected header', header((text_) => text_.replace(',"kid"', ', "kid"'))),
  'header-kind-unknown': malformed('a kind of document that does not exist', header((text_) => text_.replace('liaison-directory', 'liaison-decree'))),
  'signature-short': malformed('a signature of 63 bytes', json((value) => ({ ...value, signatures: (value['signatures'] as Signatures).map((one) => ({ ...one, signature: toBase64url(Buffer.from(one.signature, 'base64url').subarray(1)) })) }))),
  'signature-other-last-character': malformed('the last character of the signature in another spelling of the same bytes', json((value) => ({ ...value, signatures: (value['signatures'] as Signatures).map((one) => ({ ...one, signature: `${one.signature.slice(0, -1)}${String.fromCharCode(one.signature.charCodeAt(85) + 1)}` })) }))),
  'signatures-none': malformed('no signature', json((value) => ({ ...value, signatures: [] }))),
  'signatures-of-two-kinds': malformed('signed as two kinds of documents', async (document) => {
    const payload = (JSON.parse(Buffer.from(document).toString()) as { payload: string }).payload;
    const other = await signDocument('agreement', Buffer.from(payload, 'base64url').toString(), [signerOf('root-la')]);
    return json((value) => ({ ...value, signatures: [...(value['signatures'] as Signatures), ...(JSON.parse(Buffer.from(other).toString()) as { signatures: Signatures }).signatures] }))(document);
  }),
  'signed-as-agreement': { what: 'signed as an agreement', code: 'TRUST_DOCUMENT_KIND_WRONG', kind: 'agreement' },
  'signature-altered': { what: 'one bit of the signature is the other way', code: 'TRUST_DOCUMENT_SIGNATURE_INVALID', document: json((value) => ({ ...value, signatures: (value['signatures'] as Signatures).map((one) => ({ ...one, signature: `${one.signature[0] === 'A' ? 'B' : 'A'}${one.signature.slice(1)}` })) })) },
  'text-altered': { what: 'the text was altered after it was signed', code: 'TRUST_DOCUMENT_SIGNATURE_INVALID', document: json((value) => ({ ...value, payload: toBase64url(Buffer.from(Buffer.from(String(value['payload']), 'base64url').toString().replace('"sequence": "1"', '"sequence": "9"'))) })) },
  'signed-by-another-nation': { what: 'signed by another nation', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', signedBy: ['root-la'] },
  'signed-by-an-office': { what: 'signed by an office of the nation', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', signedBy: ['th-current'] },
  'signed-by-another-nation-too': { what: 'signed by another nation besides', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', document: (document) => addSignature(document, signerOf('root-la')) },
  'signed-twice': { what: 'signed twice by the same key', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', document: json((value) => ({ ...value, signatures: [...(value['signatures'] as Signatures), ...(value['signatures'] as Signatures)] })) },
  'text-not-json': { what: 'what was signed is not JSON', code: 'TRUST_DOCUMENT_TEXT_INVALID', text: () => 'nation: TH' },
  'text-field-unknown': { what: 'a field that the contract does not have', code: 'TRUST_DOCUMENT_TEXT_INVALID', text: (sound) => sound.replace('"nation"', '"capital": "Bangkok",\n  "nation"') },
  'text-field-twice': { what: 'a field twice, so that two readers may see two directories', code: 'TRUST_DOCUMENT_TEXT_INVALID', text: (sound) => sound.replace('"sequence": "1"', '"sequence": "1",\n  "sequence": "2"') },
  'text-sequence-missing': { what: 'no sequence number', code: 'TRUST_DOCUMENT_TEXT_INVALID', text: (sound) => sound.replace('  "sequence": "1",\n', '') },
  'nation-not-pinned': { what: 'no agreement names a root key of the nation', code: 'TRUST_NATION_NOT_PINNED', before: null },
  'nation-pinned-once': { what: 'the agreement that names the root key of the nation has ended', code: 'TRUST_NATION_NOT_PINNED', now: NOON + days(366), directory: (sound) => ({ ...sound, expires: at(NOON + days(400)) }) },
  'root-of-another': { what: 'the directory names another root key than the agreement', code: 'TRUST_DIRECTORY_ROOT_MISMATCH', directory: (sound) => ({ ...sound, root: signingKey('root-la').publicKey }), signedBy: ['root-la'] },
  'root-small-order': { what: 'a root key of small order', code: 'TRUST_KEY_INVALID', directory: (sound) => ({ ...sound, root: { crv: 'Ed25519', x: SMALL_ORDER_X } }) },
  'issued-in-future': { what: 'issued 5 minutes and a millisecond from now', code: 'TRUST_DIRECTORY_DATES_INVALID', directory: (sound) => ({ ...sound, issued: at(NOON + TOLERANCE + 1) }) },
  'expires-when-issued': { what: 'expires when it is issued', code: 'TRUST_DIRECTORY_DATES_INVALID', directory: (sound) => ({ ...sound, expires: sound.issued }) },
  expired: { what: 'expired 5 minutes ago', code: 'TRUST_DIRECTORY_EXPIRED', directory: (sound) => ({ ...sound, expires: at(NOON - TOLERANCE) }) },
  rollback: { what: 'older than the one that is installed', code: 'TRUST_DIRECTORY_ROLLBACK', before: numbered(2) },
  fork: { what: 'another directory with the number of the one that is installed', code: 'TRUST_DIRECTORY_FORK', before: (sound) => ({ ...sound, offices: sound.offices.slice(0, 1) }) },
  'revocation-withdrawn': { what: 'a key that was revoked is not revoked any more', code: 'TRUST_DIRECTORY_REVOCATION_WITHDRAWN', before: (sound) => sound, directory: (sound) => ({ ...sound, sequence: 2, revoked: [] }) },
  'revocation-postponed': { what: 'a key that was revoked is revoked from a later time', code: 'TRUST_DIRECTORY_REVOCATION_WITHDRAWN', before: (sound) => sound, directory: (sound) => ({ ...sound, sequence: 2, revoked: sound.revoked.map((entry) => ({ ...entry, revokedAt: at(NOON) })) }) },
  'office-twice': { what: 'an office twice', code: 'TRUST_DIRECTORY_OFFICE_INVALID', directory: (sound) => ({ ...sound, offices: [...sound.offices, { ...(sound.offices[0] as OfficeEntry), keys: [key(KeyUse.SIGNING, 'Ed25519', la.x)] }] }) },
  'office-of-another-nation': { what: 'an office of another nation', code: 'TRUST_DIRECTORY_OFFICE_INVALID', directory: (sound) => ({ ...sound, offices: [...sound.offices, { ...(sound.offices[0] as OfficeEntry), office: 'la-pakbeng', keys: [key(KeyUse.SIGNING, 'Ed25519', la.x)] }] }) },
  'key-of-wrong-curve': badKey('a signing key of the curve for sealing', withKey(key(KeyUse.SIGNING, 'X25519', sealingKey('la-sealing').publicKey.x))),
  'sealing-key-of-wrong-curve': badKey('a sealing key of the curve for signing', withKey(key(KeyUse.SEALING, 'Ed25519', la.x))),
  'key-small-order': badKey('a signing key of small order, with which anything verifies', withKey(key(KeyUse.SIGNING, 'Ed25519', SMALL_ORDER_X))),
  'key-twice': badKey('a key of one office at another as well', (sound) => ({ ...sound, offices: sound.offices.map((entry) => ({ ...entry, keys: [...entry.keys, key(KeyUse.SIGNING, 'Ed25519', la.x)] })) })),
  'sealing-key-twice': badKey('a sealing key twice', (sound) => withKey(key(KeyUse.SEALING, 'X25519', sealingKey('la-sealing').publicKey.x))(withKey(key(KeyUse.SEALING, 'X25519', sealingKey('la-sealing').publicKey.x))(sound))),
  'key-is-the-root': badKey('the root key as the key of an office', withKey(key(KeyUse.SIGNING, 'Ed25519', signingKey('root-th').publicKey.x))),
  'key-dates-reversed': badKey('a key that ends when it begins', withKey(key(KeyUse.SIGNING, 'Ed25519', la.x, NOON, NOON))),
};

async function documentOf({ directory, text: change, kind, signedBy, document }: Recipe): Promise<Uint8Array> {
  const sound = thaiDirectory();
  const written = writeDirectoryText(directory?.(sound) ?? sound);
  const signed = await signDocument(kind ?? 'directory', change?.(written) ?? written, (signedBy ?? ['root-th']).map(signerOf));
  return (await document?.(signed)) ?? signed;
}

/** All files of tests/vectors/directories that are made, by their names in that folder. */
export async function directoryVectors(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([['agreement.json', (await trustDocuments()).agreement]]);
  for (const [name, recipe] of Object.entries(RECIPES)) {
    const installed = recipe.before === null ? [] : ['agreement.json'];
    if (recipe.before !== undefined && recipe.before !== null) {
      const before = await signDocument('directory', writeDirectoryText(recipe.before(thaiDirectory())), [signerOf('root-th')]);
      files.set(`${name}/installed.json`, before);
      installed.push(`${name}/installed.json`);
    }
    const vector: DirectoryVector = { what: recipe.what, code: recipe.code, now: rfc3339((recipe.now ?? NOON) as never), installed };
    files.set(`${name}/vector.json`, text(vector));
    files.set(`${name}/document.json`, await documentOf(recipe));
  }
  return files;
}
