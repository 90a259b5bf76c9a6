import { type EpochMs, rfc3339, utf8 } from '../../foundation/index.ts';
import type { ItemSigner, VouchingDocument } from './list-files.ts';
import type { OpenEvidence, SignedItem } from './open-evidence.ts';
import type { EvidenceFile } from './types.ts';

/** Runs with Python 3 alone; RFC 9162 §2.1.3.2. */
const CHECK_INCLUSION = `import hashlib, json, sys

def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()

def read(name):
    return open(name, "rb").read()

for folder in sys.argv[1:]:
    proof = json.loads(read(folder + "/inclusion.json"))
    fn, sn = proof["leafIndex"], proof["size"] - 1
    assert 0 <= fn <= sn, "no such place"
    r = sha256(b"\\0", read(folder + "/item.bin"))
    for sibling in map(bytes.fromhex, proof["path"]):
        assert sn > 0, "path too long"
        if fn % 2 == 1 or fn == sn:
            r = sha256(b"\\1", sibling, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\\1", r, sibling)
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0, "path too short"
    # Protobuf tag and length of the root: field 9 of the frame's header, field 3 of a tree head.
    tag, signed = (b"\\x4a\\x20", "frame/item.bin") if folder == "crossing" else (b"\\x1a\\x20", folder + "/tree-head.bin")
    assert tag + r in read(signed), "not in what was signed"
    print(folder, "OK")`;

const CHECK_PARTS = `import glob, hashlib

envelope = open("origin/item.bin", "rb").read()
for name in sorted(glob.glob("parts/*.bin")):
    digest = hashlib.sha256(open(name, "rb").read()).digest()
    assert b"\\x0a\\x20" + digest in envelope, name + " is not of this envelope"
    print(name, "OK")`;

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function opensslLine(kid: string, signature: string, input: string): string {
  return `openssl pkeyutl -verify -pubin -inkey ./keys/${kid}.pem -rawin -in ${input} -sigfile ${signature}`;
}

function itemLine({ name, type }: SignedItem, { signer, signedMs, kid }: ItemSigner): string {
  return `| \`${name}/item.bin\` | ${type} | ${signer} | ${rfc3339(signedMs as EpochMs)} | \`${kid}\` |`;
}

function decodeLine({ name, type, protoFile }: Pick<SignedItem, 'name' | 'type' | 'protoFile'>): string {
  return `protoc -I proto --decode=liaison.v1.${type} ${protoFile} < ${name}/item.bin`;
}

/** The folder with the parts of the first, second, ... opening, beside the evidence of the message itself. */
export function openingFolder(place: number): string {
  return `opening-${String(place).padStart(3, '0')}`;
}

/** What is said of the originator's consent, where the message was passed on with one. */
function consentText({ crossing }: OpenEvidence): string {
  if (!crossing?.message.onward?.consent) return '';
  return `
\`consent/item.bin\` is what the originator signed when it let the message go on, and \`consent/terms.bin\` the part of it
that names the message by its digest, who may pass it on, to whom, for what and when. Its SHA-256 stands in
\`consent/item.bin\`:

${block('sh', 'protoc -I proto --decode=liaison.v1.Part liaison/v1/envelope.proto < consent/terms.bin\nsha256sum consent/terms.bin')}
`;
}

/** Where the parts are that were opened later, and how to see that they are of the same envelope. */
function openingsText(openings: number): string {
  if (openings === 0) return '';
  const names = Array.from({ length: openings }, (_, index) => openingFolder(index + 1));
  return `
Parts that were opened to the recipient later are in folders of their own, each with its README and to be checked as this
one: ${names.map((name) => `\`${name}\``).join(', ')}. That they are parts of this very envelope:

${block('sh', names.map((name) => `cmp origin/item.bin ${name}/origin/item.bin`).join('\n'))}
`;
}

/** What the folder is about. */
export interface ReadmeFacts {
  readonly open: OpenEvidence;
  readonly items: readonly { readonly item: SignedItem; readonly signer: ItemSigner }[];
  readonly documents: readonly VouchingDocument[];
  readonly title: string;
  readonly recordedMs: EpochMs;
  /** Folders beside it with parts that were opened later. */
  readonly openings: number;
}

/** How to check the folder step by step with openssl, sha256sum, protoc and Python, and without any software of this project. */
export function writeReadme({ open, items, documents, title, recordedMs, openings }: ReadmeFacts): EvidenceFile {
  const inclusionFolders = [...items.map(({ item }) => item.name), ...(open.crossing === null ? [] : ['crossing'])];
  const decoded = [
    ...items.map(({ item }) => decodeLine(item)),
    ...(open.crossing === null
      ? []
      : [decodeLine({ name: 'crossing', type: 'Crossing', protoFile: 'liaison/v1/crossing.proto' })]),
    ...(open.parts.length === 0
      ? []
      : ['protoc -I proto --decode=liaison.v1.Part liaison/v1/envelope.proto < parts/part-0000.bin']),
  ];
  const rootLines = documents.flatMap(({ name, roots }) =>
    roots.map(({ kid }) =>
      opensslLine(kid, `./trust/${name}/${kid}.signature.bin`, `./trust/${name}/${kid}.signing-input.bin`),
    ),
  );
  const text = `# Evidence: ${title}

Recorded ${rfc3339(recordedMs)}. Everything here can be checked with openssl 3, sha256sum, Python 3 and protoc; no software
of the office is needed. Run the commands in this folder. Nothing here is secret but what the message itself says.

| file | message | signed by | at (signer's clock) | key |
| --- | --- | --- | --- | --- |
${items.map(({ item, signer }) => itemLine(item, signer)).join('\n')}

## 1. The files are whole

${block('sh', 'sha256sum -c SHA256SUMS')}

## 2. The signatures verify

Each signature is a JWS (RFC 7515) with Ed25519 over an unencoded payload (RFC 7797). The payload is \`tree-head.bin\`; the
signing input is \`BASE64URL(protected.json) "." tree-head.bin\` and lies ready in \`signing-input.bin\`. Any JOSE library does
it as well: \`jws.json\` with the detached payload \`tree-head.bin\` and the key in \`keys/*.jwk.json\`.

${block('sh', items.map(({ item: { name }, signer: { kid } }) => opensslLine(kid, `${name}/signature.bin`, `${name}/signing-input.bin`)).join('\n'))}

That the signing input is made of the files beside it:

${block('sh', items.map(({ item: { name } }) => `{ basenc --base64url -w0 < ${name}/protected.json | tr -d =; printf .; cat ${name}/tree-head.bin; } | cmp - ${name}/signing-input.bin`).join('\n'))}

## 3. What was signed holds these items

A tree head covers many items at once; \`inclusion.json\` has an item's path to its root (RFC 9162 section 2.1.3.2). The size
must be the one that protoc shows in the tree head${open.crossing === null ? '' : ' (for the crossing: last - first + 1 of the frame header)'}.

${block('python', CHECK_INCLUSION)}

Save it as \`check-inclusion.py\`, then:

${block('sh', `python3 check-inclusion.py ${inclusionFolders.join(' ')}`)}

## 4. The parts are the origin's

The envelope names the SHA-256 of every part, also of those that are not here; a salt in each part keeps those from being
guessed.

${block('python', CHECK_PARTS)}
${openingsText(openings)}${consentText(open)}
## 5. The keys were good

\`trust/directory-*\` are the lists of offices and keys that the nations signed${open.crossing === null ? '' : '; `trust/agreement-*` is the agreement that the crossing\nrelied on, signed by every party, or `trust/charter-*` the charter of the operation that it is of, signed by its members'}. \`text.json\` is what was signed, to be read as it is; the time in
the table above must lie between \`notBefore\` and \`notAfter\` of the key, and the key must not be under \`revoked\` with an
earlier time than ${rfc3339(recordedMs)}. An envelope whose header says \`drill\`, and a frame whose scope begins with
\`drill-\`, are signed with a key of use \`KEY_USE_DRILL_SIGNING\`, everything else with one of use \`KEY_USE_SIGNING\`.
A key's id is the RFC 7638 thumbprint of its JWK. Compare the root keys with what
the nations publish by other means: all trust rests on them.

${block('sh', rootLines.join('\n'))}

## 6. What it says

${block('sh', ['protoc -I proto --decode=liaison.v1.TreeHead liaison/v1/proof.proto < origin/tree-head.bin', ...decoded].join('\n'))}

The \`value\` of a part is the message at \`path\` with only the fields of one data category; start from the body's message
(\`liaison.v1.Alert\` in \`liaison/v1/alert.proto\`) and follow the field numbers.
`;
  return { name: 'README.md', bytes: utf8(text) };
}
