import { createHash, createPublicKey, verify } from 'node:crypto';
import { flattenedVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  claimedRoot,
  type Evidence,
  exportEvidence,
  readEvidence,
  verifyEvidence,
} from '../../../services/core/envelope/index.ts';
import {
  days,
  type EpochMs,
  fromUtf8,
  later,
  leafHash,
  utf8,
  verifyInclusion,
} from '../../../services/core/foundation/index.ts';
import { createTrustStore, type TrustStore } from '../../../services/core/trust/index.ts';
import {
  frameHeaderCodec,
  type Init,
  type Receipt,
  receivedCrossingCodec,
  treeHeadCodec,
} from '../../../services/core/wire/index.ts';
import { KEY_NAMES, LA, NOON, sealingKey, signingKey, TH } from '../../vectors/envelopes/generator/actors.ts';
import { ENVELOPE_ID } from '../../vectors/envelopes/generator/build-transit.ts';
import { crossingEvidence, messageEvidence, protoFiles, store, underAgreement } from './evidence-fixtures.ts';

const sound = await crossingEvidence(await underAgreement());
const failed = (evidence: Evidence, trust: TrustStore = store) =>
  verifyEvidence(evidence, trust)
    .checks.filter(({ passed }) => !passed)
    .map(({ check, code }) => [check, code]);

describe('verifyEvidence', () => {
  it('passes every check of sound evidence and says what it found', () => {
    const report = verifyEvidence(sound, store);
    expect(failed(sound)).toEqual([]);
    expect(report.verified).toBe(true);
    expect(report.checks.map(({ facts }) => facts['signer']).filter(Boolean)).toEqual([TH, TH, LA]);
    expect(report.checks.find(({ check }) => check.includes('withheld'))?.facts).toEqual({ withheld: 1 });
  });

  it('passes years later', async () => {
    const record = { ...sound, recordedMs: later(NOON, days(200)) };
    expect(failed(record)).toEqual([]);
  });

  it('fails when the agreement is another text', async () => {
    expect(failed(await crossingEvidence())).toEqual([
      ['the agreement it relied on was signed by all its parties', 'AGREEMENT_DIFFERS'],
    ]);
  });

  it('fails when the agreement was not in force', () => {
    expect(failed({ ...sound, recordedMs: later(NOON, days(366)) })).toContainEqual([
      'the agreement it relied on was in force',
      'AGREEMENT_NOT_IN_FORCE',
    ]);
  });

  it('fails when the documents do not list the keys', () => {
    const nobody = createTrustStore({ nation: 'LA' as never, root: signingKey('root-la').kid });
    const report = verifyEvidence(sound, nobody);
    expect(report.verified).toBe(false);
    expect(report.checks[0]).toMatchObject({ passed: false, code: 'TRUST_DIRECTORY_MISSING' });
  });

  it.each([
    ['said by a third office', { issuer: 'th-mae-sai', addressee: LA } as Init<Receipt>, 'TRUST_KEY_UNKNOWN'],
    ['about another envelope', { envelopeDigest: new Uint8Array(32) }, 'ENVELOPE_RECEIPT_MISMATCH'],
    ['about another crossing', { crossingDigest: new Uint8Array(32) }, 'ENVELOPE_RECEIPT_MISMATCH'],
  ])('fails for a receipt %s', async (_, receipt, code) => {
    const evidence = await crossingEvidence(await underAgreement(), receipt);
    expect(failed(evidence)).toEqual([['receipt 1 was signed by its issuer and is about this', code]]);
  });

  it('fails for a part of something else', async () => {
    const spoiled = receivedCrossingCodec.encode({
      ...receivedCrossingCodec.decode(sound.record),
      parts: [new Uint8Array([1])],
    });
    expect(failed({ ...sound, record: spoiled }).map(([, code]) => code)).toContain('ENVELOPE_PART_FOREIGN');
  });

  it('verifies a message of which only some parts are opened', async () => {
    const evidence = await messageEvidence();
    expect(failed(evidence)).toEqual([]);
    expect(verifyEvidence(evidence, store).checks.map(({ check }) => check)).not.toContain(
      'what was withheld is accounted for',
    );
  });

  it('refuses what cannot be read at all', () => {
    expect(() => verifyEvidence({ ...sound, record: new Uint8Array([255]) }, store)).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_EVIDENCE_MALFORMED' }),
    );
  });
});

const exportedAt = later(NOON, days(40)) as EpochMs;
const files = exportEvidence({ evidence: sound, store, protoFiles, exportedAt });
const bytesOf = (name: string): Uint8Array => files.find((file) => file.name === name)?.bytes ?? utf8(`no ${name}`);
const textOf = (name: string): string => fromUtf8(bytesOf(name));

describe('exportEvidence', () => {
  it('holds no private key and no part that was not kept', () => {
    const everything = Buffer.concat(files.map(({ bytes }) => bytes)).toString('latin1');
    for (const name of [...KEY_NAMES.roots, ...KEY_NAMES.signing]) {
      const { d } = JSON.parse(signingKey(name).privateJwk) as { d: string };
      expect(everything.includes(d), name).toBe(false);
      expect(everything.includes(Buffer.from(d, 'base64url').toString('latin1')), name).toBe(false);
    }
    for (const name of KEY_NAMES.sealing)
      expect(everything.includes((JSON.parse(sealingKey(name).privateJwk) as { d: string }).d)).toBe(false);
    expect(everything).not.toContain('Example');
    expect(everything).not.toContain('555 0101');
  });

  it('has names that stay in the folder, each once', () => {
    const names = files.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(
      names.filter((name) => !/^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9._-]+)*$/.test(name) || name.includes('..')),
    ).toEqual([]);
  });

  it('lists the digest of every other file', () => {
    const listed = new Map(
      textOf('SHA256SUMS')
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(66), line.slice(0, 64)]),
    );
    expect([...listed.keys()].sort()).toEqual(
      files
        .map(({ name }) => name)
        .filter((name) => name !== 'SHA256SUMS')
        .sort(),
    );
    for (const [name, digest] of listed)
      expect(createHash('sha256').update(bytesOf(name)).digest('hex'), name).toBe(digest);
  });

  const folders = ['origin', 'frame', 'receipt-001'];
  const kidOf = (folder: string): string => (JSON.parse(textOf(`${folder}/protected.json`)) as { kid: string }).kid;

  it.each(folders)('lets node:crypto verify the signature of %s from the files alone', (folder) => {
    const key = createPublicKey(textOf(`keys/${kidOf(folder)}.pem`));
    expect(verify(null, bytesOf(`${folder}/signing-input.bin`), key, bytesOf(`${folder}/signature.bin`))).toBe(true);
    const input = Buffer.concat([
      Buffer.from(`${Buffer.from(bytesOf(`${folder}/protected.json`)).toString('base64url')}.`),
      bytesOf(`${folder}/tree-head.bin`),
    ]);
    expect(input.equals(bytesOf(`${folder}/signing-input.bin`))).toBe(true);
  });

  it.each(folders)('lets jose verify the signature of %s from the files alone', async (folder) => {
    const key = await importJWK(JSON.parse(textOf(`keys/${kidOf(folder)}.jwk.json`)) as never, 'Ed25519');
    const jws = {
      ...(JSON.parse(textOf(`${folder}/jws.json`)) as { protected: string; signature: string }),
      payload: bytesOf(`${folder}/tree-head.bin`),
    };
    await expect(flattenedVerify(jws, key, { algorithms: ['Ed25519'], crit: { b64: true } })).resolves.toBeDefined();
  });

  it.each([...folders, 'crossing'])('proves by its path that %s is in what was signed', (folder) => {
    const { leafIndex, size, path } = JSON.parse(textOf(`${folder}/inclusion.json`)) as {
      leafIndex: number;
      size: number;
      path: string[];
    };
    const root =
      folder === 'crossing'
        ? frameHeaderCodec.decode(bytesOf('frame/item.bin')).root
        : treeHeadCodec.decode(bytesOf(`${folder}/tree-head.bin`)).root;
    expect(
      verifyInclusion(
        leafHash(bytesOf(`${folder}/item.bin`)),
        leafIndex,
        size,
        path.map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
        root,
      ),
    ).toBe(true);
  });

  it('holds the documents that vouch for the keys, and the root keys that signed them', () => {
    const names = files.map(({ name }) => name);
    for (const document of ['directory-LA', 'directory-TH', 'agreement-th-la-2026'])
      expect(names).toContain(`trust/${document}/text.json`);
    for (const root of KEY_NAMES.roots) expect(names).toContain(`keys/${signingKey(root).kid}.pem`);
  });

  it('names what it is about', () => {
    expect(JSON.parse(textOf('manifest.json'))).toMatchObject({
      format: 'liaison-evidence-1',
      kind: 'crossing',
      exportedBy: 'LA',
      title: `envelope ${ENVELOPE_ID} of ${TH}, as it went from ${TH} to ${LA}`,
    });
  });

  it('writes a message that stayed with its office', async () => {
    const own = exportEvidence({ evidence: await messageEvidence(), store, protoFiles, exportedAt });
    const names = own.map(({ name }) => name);
    expect(names).toContain('origin/item.bin');
    expect(names.filter((name) => name.startsWith('crossing/') || name.startsWith('frame/'))).toEqual([]);
  });
});

describe('readEvidence', () => {
  it('reads what exportEvidence wrote, to be verified on the strength of the root key alone', async () => {
    const root = claimedRoot(files);
    expect(root.kid).toBe(signingKey('root-la').kid);
    for (const founded of [root, root.kid]) {
      const { evidence, store: trust } = await readEvidence(files, founded);
      expect(verifyEvidence(evidence, trust).verified).toBe(true);
    }
  });

  const without = (name: string) => files.filter((file) => file.name !== name);
  const changed = (name: string, bytes: Uint8Array) =>
    files.map((file) => (file.name === name ? { name, bytes } : file));
  const manifest = (change: object) =>
    changed('manifest.json', utf8(JSON.stringify({ ...(JSON.parse(textOf('manifest.json')) as object), ...change })));

  it.each([
    ['without its manifest', without('manifest.json'), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['without its record', without('record.bin'), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['with a manifest that is no JSON', changed('manifest.json', utf8('{')), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['of another form', manifest({ format: 'liaison-evidence-2' }), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['of another kind', manifest({ kind: 'rumour' }), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['without receipts listed', manifest({ receipts: 'none' }), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['without documents listed', manifest({ documents: null }), 'ENVELOPE_EVIDENCE_MALFORMED'],
    ['with a time that is none', manifest({ recorded: 'yesterday' }), 'ENVELOPE_EVIDENCE_MALFORMED'],
    [
      'with a directory that was altered',
      changed('trust/directory-TH/document.jws.json', bytesOf('trust/directory-LA/document.jws.json')),
      undefined,
    ],
  ])('refuses a folder %s', async (_, folder, code) => {
    const read = readEvidence(folder, signingKey('root-la').kid);
    if (code !== undefined) await expect(read).rejects.toMatchObject({ code });
    else {
      const { evidence, store: trust } = await read;
      expect(verifyEvidence(evidence, trust).verified).toBe(false);
    }
  });

  it('refuses a folder that rests on another root key', async () => {
    await expect(readEvidence(files, signingKey('root-th').kid)).rejects.toMatchObject({
      code: 'TRUST_AGREEMENT_NOT_OURS',
    });
  });

  it('refuses a claimed root that is no key', () => {
    expect(() => claimedRoot(manifest({ root: { crv: 'Ed25519', x: 'AA' } }))).toThrow(
      expect.objectContaining({ code: 'TRUST_KEY_INVALID' }),
    );
    expect(() => claimedRoot(manifest({ root: 7 }))).toThrow(
      expect.objectContaining({ code: 'ENVELOPE_EVIDENCE_MALFORMED' }),
    );
    expect(() => claimedRoot([])).toThrow(expect.objectContaining({ code: 'ENVELOPE_EVIDENCE_MALFORMED' }));
  });
});
