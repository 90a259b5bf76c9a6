import {
  fromBase64url,
  isOfficeId,
  type NationCode,
  nationOf,
  type OfficeId,
  toBase64url,
  toHex,
  utf8,
} from '../../foundation/index.ts';
import {
  CHARTER_ARTICLE,
  documentSignatures,
  type InstalledAgreement,
  type InstalledCharter,
  jwkOf,
  pemOf,
  proofSigningInput,
  type SigningPublicKey,
  type TrustStore,
  type VerifiedDocument,
} from '../../trust/index.ts';
import { treeHeadCodec } from '../../wire/index.ts';
import type { OpenEvidence, SignedItem } from './open-evidence.ts';
import type { EvidenceFile } from './types.ts';

function json(value: unknown): Uint8Array {
  return utf8(`${JSON.stringify(value, null, 2)}\n`);
}

function file(name: string, bytes: Uint8Array): EvidenceFile {
  return { name, bytes };
}

/** Who signed an item and with which key, as the proof claims. */
export interface ItemSigner {
  readonly signer: string;
  readonly signedMs: number;
  readonly kid: string;
}

/** What the proof of an item claims; nothing is verified. */
export function signerOf({ proof }: SignedItem): ItemSigner {
  const { signer, signedMs } = treeHeadCodec.decode(proof.head);
  const header = JSON.parse(Buffer.from(proof.protected).toString('utf8')) as { readonly kid?: unknown };
  return { signer, signedMs, kid: String(header.kid) };
}

/** The key of an item's signer as its nation's directory lists it, whatever its state; undefined where it is not listed. */
export function listedKey(store: TrustStore, { signer, kid }: ItemSigner): SigningPublicKey | undefined {
  if (!isOfficeId(signer)) return undefined;
  const office = store.directoryOf(nationOf(signer))?.offices.get(signer);
  const listed = [...(office?.signing.values() ?? []), ...(office?.drillSigning.values() ?? [])];
  return listed.find(({ key }) => key.kid === kid)?.key;
}

/** The files of one signed item: its bytes, the signature in pieces, and the inclusion path. */
export function itemFiles(item: SignedItem): readonly EvidenceFile[] {
  const { name, bytes, proof } = item;
  const { size } = treeHeadCodec.decode(proof.head);
  const inclusion = {
    leafIndex: proof.leafIndex,
    size,
    path: proof.path.map(toHex),
  };
  return [
    file(`${name}/item.bin`, bytes),
    file(`${name}/protected.json`, proof.protected),
    file(`${name}/tree-head.bin`, proof.head),
    file(`${name}/signature.bin`, proof.signature),
    file(`${name}/signing-input.bin`, proofSigningInput(proof.protected, proof.head)),
    file(
      `${name}/jws.json`,
      json({ protected: toBase64url(proof.protected), signature: toBase64url(proof.signature) }),
    ),
    file(`${name}/inclusion.json`, json(inclusion)),
  ];
}

/** The files of what went over the border, and of the parts that went with it. */
export function contentFiles({ crossing, parts }: OpenEvidence): readonly EvidenceFile[] {
  const partFiles = parts.map((bytes, index) => file(`parts/part-${String(index).padStart(4, '0')}.bin`, bytes));
  if (crossing === null) return partFiles;
  const { leafIndex, leafCount, path } = crossing.received;
  const inclusion = {
    leafIndex,
    size: leafCount,
    path: path.map(toHex),
  };
  const terms = crossing.message.onward?.consent
    ? [file('consent/terms.bin', crossing.message.onward.consentTerms)]
    : [];
  return [
    file('crossing/item.bin', crossing.bytes),
    file('crossing/inclusion.json', json(inclusion)),
    ...terms,
    ...partFiles,
  ];
}

/** A public key for openssl and for JOSE libraries. */
export function keyFiles(key: SigningPublicKey): readonly EvidenceFile[] {
  return [file(`keys/${key.kid}.pem`, utf8(pemOf(key))), file(`keys/${key.kid}.jwk.json`, json(jwkOf(key)))];
}

/** A signed document with each signature in pieces. */
export function documentFiles(name: string, document: VerifiedDocument): readonly EvidenceFile[] {
  const pieces = documentSignatures(document.bytes).flatMap(({ kid, protected: header, signature, signingInput }) => [
    file(`trust/${name}/${kid}.protected.json`, fromBase64url(header)),
    file(`trust/${name}/${kid}.signature.bin`, fromBase64url(signature)),
    file(`trust/${name}/${kid}.signing-input.bin`, signingInput),
  ]);
  return [
    file(`trust/${name}/document.jws.json`, document.bytes),
    file(`trust/${name}/text.json`, utf8(document.text)),
    ...pieces,
  ];
}

/** A document that vouches for something in the evidence, and the keys that signed it. */
export interface VouchingDocument {
  readonly name: string;
  readonly document: VerifiedDocument;
  readonly roots: readonly SigningPublicKey[];
}

function directoriesFor(store: TrustStore, signers: readonly ItemSigner[]): readonly VouchingDocument[] {
  const offices = signers.map(({ signer }) => signer).filter((signer): signer is OfficeId => isOfficeId(signer));
  const nations = [...new Set(offices.map((office): NationCode => nationOf(office)))].sort();
  return nations.flatMap((nation) => {
    const directory = store.directoryOf(nation);
    if (directory === undefined) return [];
    return [{ name: `directory-${nation}`, document: directory.document, roots: [directory.root] }];
  });
}

/**
 * The agreement that the crossing relied on, and for every other nation whose office signed something one that names
 * its root key: without it that nation's directory proves nothing to a stranger.
 */
function agreementsFor(
  store: TrustStore,
  relied: string,
  signers: readonly ItemSigner[],
): readonly InstalledAgreement[] {
  const found = new Set<InstalledAgreement>();
  const agreement = store.agreements.get(relied);
  if (agreement !== undefined) found.add(agreement);
  for (const { signer } of signers) {
    if (!isOfficeId(signer) || nationOf(signer) === store.nation) continue;
    const pins = ({ parties }: InstalledAgreement): boolean => parties.has(nationOf(signer));
    if ([...found].some(pins)) continue;
    const pinning = [...store.agreements.values()].find(pins);
    if (pinning !== undefined) found.add(pinning);
  }
  return [...found];
}

/** The directories that list the signers' keys, and the agreements or the charter that the evidence rests on. */
export function vouchingDocuments(
  open: OpenEvidence,
  store: TrustStore,
  signers: readonly ItemSigner[],
): readonly VouchingDocument[] {
  const relied = open.crossing?.message.agreement;
  const charter = relied?.article === CHARTER_ARTICLE ? store.charters.get(relied.id) : undefined;
  return charter === undefined
    ? documentsFor(store, relied?.id ?? '', signers)
    : [...documentsFor(store, '', [...signers, ...membersThatSigned(charter)]), vouchingCharter(charter)];
}

/** Their keys stand in their nations' directories, so these belong to the evidence too. */
function membersThatSigned({ keys }: InstalledCharter): readonly ItemSigner[] {
  return [...keys].map(([signer, { kid }]) => ({ signer, kid, signedMs: 0 }));
}

function vouchingCharter({ charter, document, keys }: InstalledCharter): VouchingDocument {
  return { name: `charter-${charter.id}`, document, roots: [...keys.values()] };
}

function documentsFor(store: TrustStore, relied: string, signers: readonly ItemSigner[]): readonly VouchingDocument[] {
  return [
    ...directoriesFor(store, signers),
    ...agreementsFor(store, relied, signers).map(({ agreement, document, parties }) => ({
      name: `agreement-${agreement.id.replaceAll(/[^A-Za-z0-9._-]/g, '_')}`,
      document,
      roots: [...parties.values()],
    })),
  ];
}
