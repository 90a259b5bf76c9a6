import { createPrivateKey } from 'node:crypto';
import { GeneralSign, generalVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  days,
  durationMs,
  type EpochMs,
  fromUtf8,
  later,
  type NationCode,
  utf8,
} from '../../../services/core/foundation/index.ts';
import {
  addSignature,
  claimsOf,
  createNation,
  createOffice,
  describeAgreement,
  describeDirectory,
  documentKindOf,
  documentSignatures,
  draftAgreement,
  draftDirectory,
  fileSigner,
  fileUnsealer,
  keyIdsOf,
  MAX_DOCUMENT_BYTES,
  parseAgreementText,
  parseDirectoryText,
  parseSigningPublicKey,
  partiesYetToSign,
  rotateKeys,
  signDocument,
  thumbprintOf,
  verifyDocument,
  writeAgreementText,
  writeDirectoryText,
} from '../../../services/core/trust/index.ts';
import {
  type AgreementArticle,
  DataCategory,
  KeyUse,
  MessageKind,
  type PublicKey,
  ResponseClass,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { LA, NOW, seededRandom, TH } from './fixtures.ts';
import {
  agreementBetween,
  article,
  directoryOf,
  laos,
  signedAgreement,
  testNation,
  thailand,
} from './fixtures-nations.ts';

const code = (value: string) => expect.objectContaining({ code: value });
const required = (...nations: (typeof thailand)[]) =>
  new Map(nations.map(({ nation, root }) => [nation as string, parseSigningPublicKey(root)]));
const json = (bytes: Uint8Array) =>
  JSON.parse(fromUtf8(bytes)) as { payload: string; signatures: { protected: string; signature: string }[] };

describe('signDocument', () => {
  it('makes the signatures that jose makes, which jose verifies', async () => {
    const text = '{"a": 1}\n';
    const mine = json(await signDocument('agreement', text, [thailand.rootSigner]));
    const { root } = createNation('TH' as NationCode, seededRandom('TH/root'));
    const key = createPrivateKey({ key: JSON.parse(root.privateJwk) as never, format: 'jwk' });
    const theirs = new GeneralSign(utf8(text));
    theirs.addSignature(key).setProtectedHeader({ alg: 'Ed25519', kid: root.kid, typ: 'liaison-agreement+json' });
    expect(mine).toEqual(await theirs.sign());
    const { payload } = await generalVerify(mine, thailand.rootSigner.publicKey.handle, { algorithms: ['Ed25519'] });
    expect(fromUtf8(payload)).toBe(text);
  });
});

describe('addSignature', () => {
  it('adds to a document over the same text', async () => {
    const one = await signDocument('agreement', '{}', [thailand.rootSigner]);
    const both = await addSignature(one, laos.rootSigner);
    expect((await verifyDocument(both, 'agreement', required(thailand, laos))).signers).toEqual([
      thailand.rootSigner.kid,
      laos.rootSigner.kid,
    ]);
  });

  it('does not sign twice with one key', async () => {
    const one = await signDocument('agreement', '{}', [thailand.rootSigner]);
    await expect(addSignature(one, thailand.rootSigner)).rejects.toMatchObject({
      code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN',
    });
  });
});

describe('verifyDocument', () => {
  it('needs every signature, where jose is content with one', async () => {
    const document = await signDocument('agreement', '{}', [thailand.rootSigner, laos.rootSigner]);
    const forged = json(document);
    const first = forged.signatures[0] as { signature: string };
    first.signature = `${first.signature.startsWith('A') ? 'B' : 'A'}${first.signature.slice(1)}`;
    await generalVerify(forged, laos.rootSigner.publicKey.handle, { algorithms: ['Ed25519'] });
    await expect(
      verifyDocument(utf8(`${JSON.stringify(forged, null, 1)}\n`), 'agreement', required(thailand, laos)),
    ).rejects.toMatchObject({ code: 'TRUST_DOCUMENT_SIGNATURE_INVALID' });
  });

  it('refuses a document that is larger than any may be', async () => {
    const document = await signDocument('agreement', 'x'.repeat(MAX_DOCUMENT_BYTES), [thailand.rootSigner]);
    await expect(verifyDocument(document, 'agreement', required(thailand))).rejects.toMatchObject({
      code: 'TRUST_DOCUMENT_TOO_LARGE',
    });
  });

  it('refuses a text that is not UTF-8', async () => {
    const payload = Buffer.from([0xff]).toString('base64url');
    const header = json(await signDocument('agreement', '{}', [thailand.rootSigner])).signatures[0]?.protected ?? '';
    const signature = Buffer.from(await thailand.rootSigner.sign(utf8(`${header}.${payload}`))).toString('base64url');
    const document = utf8(`${JSON.stringify({ payload, signatures: [{ protected: header, signature }] }, null, 1)}\n`);
    await expect(verifyDocument(document, 'agreement', required(thailand))).rejects.toMatchObject({
      code: 'TRUST_DOCUMENT_TEXT_INVALID',
    });
  });
});

describe('documentKindOf', () => {
  it('tells what kind a document says it is', async () => {
    expect(documentKindOf(await signDocument('policy-bundle', '{}', [thailand.rootSigner]))).toBe('policy-bundle');
    expect(() => documentKindOf(utf8('{}'))).toThrow(code('TRUST_DOCUMENT_MALFORMED'));
  });
});

describe('texts of documents', () => {
  it('are read as they were written', () => {
    const directory = directoryOf(thailand);
    const agreement = agreementBetween(thailand, laos);
    expect(parseDirectoryText(writeDirectoryText(directory))).toEqual(directory);
    expect(parseAgreementText(writeAgreementText(agreement))).toEqual(agreement);
  });

  it('are refused with the faults as cause', () => {
    expect(() => parseAgreementText('{"id": 7}')).toThrow(code('TRUST_DOCUMENT_TEXT_INVALID'));
    try {
      parseAgreementText('{"id": 7}');
    } catch (refused) {
      expect((refused as { cause: { faults: { field: string }[] } }).cause.faults.map(({ field }) => field)).toContain(
        'id',
      );
    }
  });
});

describe('createOffice', () => {
  it('makes one key of each use, published in the entry', () => {
    const made = createOffice(
      TH,
      'Chiang Khong',
      { from: NOW, signingForMs: days(365), sealingForMs: days(90) },
      seededRandom('office'),
    );
    expect(keyIdsOf(made.entry)).toEqual([
      { kid: made.signingKey.kid, use: KeyUse.SIGNING },
      { kid: made.sealingKey.kid, use: KeyUse.SEALING },
      { kid: made.drillSigningKey.kid, use: KeyUse.DRILL_SIGNING },
      { kid: made.drillSealingKey.kid, use: KeyUse.DRILL_SEALING },
    ]);
    expect(fileSigner(made.signingKey.privateJwk).kid).toBe(made.signingKey.kid);
    expect(fileUnsealer([made.sealingKey.privateJwk]).holds(made.sealingKey.kid)).toBe(true);
    expect(JSON.stringify(made.entry)).not.toContain((JSON.parse(made.signingKey.privateJwk) as { d: string }).d);
  });

  it('makes other keys from other randomness', () => {
    const kids = ['a', 'b'].map((seed) => testNation(seed === 'a' ? 'TH' : 'LA', seed === 'a' ? TH : LA).signer.kid);
    expect(new Set(kids).size).toBe(2);
  });
});

describe('rotateKeys', () => {
  const rotated = rotateKeys(
    thailand.office.entry,
    { from: later(NOW, days(10)), signingForMs: days(365), sealingForMs: days(90) },
    days(2),
    seededRandom('rotate'),
  );
  const msOf = (time: { seconds: number } | null) => (time?.seconds ?? 0) * 1000;

  it('keeps the old keys listed, good for the overlap', () => {
    const old = rotated.entry.keys.slice(0, 2);
    expect(old.map(({ key }) => thumbprintOf(key as PublicKey))).toEqual([
      thailand.office.signingKey.kid,
      thailand.office.sealingKey.kid,
    ]);
    expect(old.map(({ notAfter }) => msOf(notAfter))).toEqual([NOW + days(12), NOW + days(12)]);
  });

  it('does not lengthen a key that ends sooner', () => {
    const again = rotateKeys(
      rotated.entry,
      { from: later(NOW, days(20)), signingForMs: days(365), sealingForMs: days(90) },
      days(30),
      seededRandom('again'),
    );
    expect(again.entry.keys.map(({ notAfter }) => (msOf(notAfter) - NOW) / days(1))).toEqual([
      12, 12, 12, 12, 50, 50, 50, 50, 385, 110, 385, 110,
    ]);
  });
});

describe('draftDirectory', () => {
  const draft = {
    nation: 'TH' as NationCode,
    root: thailand.root,
    offices: [thailand.office.entry],
    issuedAt: NOW,
    validForMs: days(30),
  };

  it('counts on from the directory before and keeps its revocations', () => {
    const revoke = [{ kid: thailand.signer.kid, at: NOW, reason: 'lost' }];
    const first = draftDirectory({ ...draft, revoke });
    const second = draftDirectory(
      { ...draft, revoke: [{ ...revoke[0], at: later(NOW, durationMs(5)) } as never] },
      first,
    );
    expect([first.sequence, second.sequence]).toEqual([1, 2]);
    expect(second.revoked).toEqual(first.revoked);
  });
});

describe('draftAgreement', () => {
  it('counts on from the version before', () => {
    const first = agreementBetween(thailand, laos);
    expect(
      draftAgreement(
        {
          id: first.id,
          title: first.title,
          parties: [],
          validFrom: NOW,
          validUntil: later(NOW, days(1)),
          trustLevel: TrustLevel.CONTACT,
        },
        first,
      ).version,
    ).toBe(2);
  });

  it('offers an article that can be read and changed', async () => {
    const drafted = draftAgreement({
      id: 'x',
      title: 'X',
      parties: agreementBetween(thailand, laos).parties as never,
      validFrom: NOW,
      validUntil: later(NOW, days(1)),
      trustLevel: TrustLevel.CONTACT,
    });
    expect(parseAgreementText(writeAgreementText(drafted)).articles[0]?.dataCategories).not.toContain(
      DataCategory.UNSPECIFIED,
    );
    expect(drafted.articles[0]?.kinds).toEqual([MessageKind.ALERT, MessageKind.REQUEST, MessageKind.SEARCH]);
  });
});

describe('describeAgreement', () => {
  const lines = (now: EpochMs) =>
    describeAgreement(agreementBetween(thailand, laos, { replaces: ['th-la-2020'] }), now).join('\n');

  it('says who, from when until when, how far and what, in words', () => {
    const said = lines(NOW);
    for (const part of [
      'Memorandum on border liaison (th-la-2026, version 1)',
      'in force, 365 days left',
      'Trust level 3: persons',
      'Replaces th-la-2020',
      LA,
      thumbprintOf(laos.root),
      'Article 3',
      'people smuggling, drugs',
      'messages: alert;',
      'up to H2',
      '90 days',
      'may not use it',
    ]) {
      expect(said).toContain(part);
    }
  });

  it('names the kinds of messages one by one, and tighter time limits where there are any', () => {
    const said = (changes: Partial<AgreementArticle>): string =>
      describeAgreement(agreementBetween(thailand, laos, { articles: [{ ...article, ...changes }] }), NOW).join('\n');
    const { ALERT, REQUEST, SEARCH } = MessageKind;
    expect(said({ kinds: [ALERT, REQUEST, SEARCH] })).toContain('messages: alert, request, search;');
    expect(said({ kinds: Object.values(MessageKind).filter((kind) => kind !== 0) })).not.toContain('messages: all');
    const responseTimes = [
      { responseClass: ResponseClass.URGENT, hours: 4 },
      { responseClass: ResponseClass.REGULAR, hours: 72 },
    ];
    expect(said({ responseTimes })).toContain(
      'answered sooner: urgent ones within 4 hours, regular ones within 72 hours',
    );
    expect(said({})).not.toContain('sooner');
  });

  it.each([
    [NOW - days(12), 'not yet in force: begins in 2 days'],
    [NOW + days(366), 'ended 1 days ago'],
  ])('counts the days at %i', (now, expected) => {
    expect(lines(now as EpochMs)).toContain(expected);
  });
});

describe('describeDirectory', () => {
  it('says the state of every key', () => {
    const rotated = rotateKeys(
      laos.office.entry,
      { from: later(NOW, days(10)), signingForMs: days(365), sealingForMs: days(90) },
      days(2),
      seededRandom('describe'),
    );
    const directory = directoryOf(laos, {
      offices: [rotated.entry],
      revoked: [{ kid: laos.office.sealingKey.kid, revokedAt: { seconds: NOW / 1000, nanos: 0 }, reason: 'lost' }],
    });
    const said = describeDirectory(directory, NOW).join('\n');
    for (const part of ['Directory 1 of LA', 'in 30 days', 'good', 'not yet good', 'revoked', ': lost'])
      expect(said).toContain(part);
    const later_ = describeDirectory(directory, later(NOW, days(31))).join('\n');
    for (const part of ['Expired', 'expired']) expect(later_).toContain(part);
  });
});

describe('what a document claims', () => {
  it('names the kind, the text and the keys, verified or not', async () => {
    const document = await signedAgreement(thailand, laos, {}, [thailand.rootSigner]);
    expect(claimsOf(document)).toMatchObject({ kind: 'agreement', signedBy: [thailand.rootSigner.kid] });
    expect(partiesYetToSign(document)).toEqual(['LA']);
    expect(partiesYetToSign(await addSignature(document, laos.rootSigner))).toEqual([]);
  });

  it('comes with each signature in pieces', async () => {
    const [pieces] = documentSignatures(await signedAgreement(thailand, laos));
    expect(fromUtf8(pieces?.signingInput as Uint8Array).startsWith(`${pieces?.protected}.`)).toBe(true);
  });
});
