import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { days, type EpochMs, later } from '../../../services/core/foundation/index.ts';
import {
  type AgreementQuery,
  describeCharter,
  type InstalledCharter,
  signDocument,
  type TrustStore,
  withSignatures,
  writeAgreementText,
  writeCharterText,
} from '../../../services/core/trust/index.ts';
import {
  type Agreement,
  type Charter,
  CharterForm,
  CrimeArea,
  DataCategory,
  HandlingCode,
  MessageKind,
  OperationRole,
  Purpose,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { agreementOnTaskForces, charter } from '../../vectors/charters/generator/generate.ts';
import { LA, laoStore, MM, NOON, signerOf, signingKey, TH } from '../../vectors/envelopes/generator/actors.ts';

async function store(change: (agreement: Agreement) => Agreement = (same) => same): Promise<TrustStore> {
  const agreement = await signDocument('agreement', writeAgreementText(change(agreementOnTaskForces())), [
    signerOf('root-th'),
    signerOf('root-la'),
  ]);
  return await (await laoStore()).installAgreement(agreement, NOON);
}

async function install(
  change: Partial<Charter> = {},
  agreement?: (agreement: Agreement) => Agreement,
): Promise<{ readonly store: TrustStore; readonly charter: InstalledCharter }> {
  const said = { ...charter(), ...change };
  const signer = said.form === CharterForm.NATIONAL ? 'root-th' : said.drill ? 'th-drill' : 'th-current';
  const bytes = await signDocument('charter', writeCharterText(said), [signerOf(signer)]);
  const after = (await store(agreement)).installCharter(bytes, NOON);
  return { store: after, charter: after.charters.get(said.id) as InstalledCharter };
}

const query = (init: Partial<AgreementQuery> = {}): AgreementQuery => ({
  from: TH,
  to: LA,
  at: NOON,
  gate: 'export',
  kind: MessageKind.OPERATION_POST,
  crimeArea: CrimeArea.DRUGS,
  purpose: Purpose.INVESTIGATION,
  handling: HandlingCode.H1,
  drill: false,
  categories: [DataCategory.CORE, DataCategory.LOCATION],
  ...init,
});

const limited = [
  { office: TH, role: OperationRole.LEAD, dataCategories: [], dutyContact: '' },
  { office: LA, role: OperationRole.LIMITED, dataCategories: [DataCategory.CORE], dutyContact: '' },
];

describe('assertCharterAllowed', () => {
  const refusal = async (change: Partial<Charter>, agreement?: (agreement: Agreement) => Agreement, now = NOON) => {
    const { store, charter } = await install(change, agreement);
    return () => store.assertCharterAllowed(charter, now);
  };
  const article = (change: Partial<Agreement['articles'][number]>) => (sound: Agreement) => ({
    ...sound,
    articles: sound.articles.map((one) => (one.id === '7' ? { ...one, ...change } : one)),
  });

  it('allows a charter that stays within an article on task forces', async () => {
    expect(await refusal({})).not.toThrow();
  });

  it.each([
    ['another agreement', { agreement: 'another' }, undefined, NOON],
    ['after the agreement has ended', {}, undefined, later(NOON, days(400))],
    [
      'a member that the agreement does not name',
      {
        members: [...charter().members, { ...limited[1], office: MM, role: OperationRole.MEMBER, dataCategories: [] }],
      },
      undefined,
      NOON,
    ],
  ] as const)('refuses %s', async (_, change, agreement, now) => {
    const check = await refusal(change as Partial<Charter>, agreement, now as EpochMs);
    expect(check).toThrow(expect.objectContaining({ code: 'TRUST_CHARTER_AGREEMENT_MISSING' }));
  });

  it.each([
    ['charters', article({ kinds: [MessageKind.ALERT] })],
    ['the crime area', article({ crimeAreas: [CrimeArea.TIMBER] })],
    ['the kinds of data', article({ dataCategories: [DataCategory.CORE] })],
    ['the purpose', article({ purposes: [Purpose.PREVENTION] })],
    ['the handling code', article({ handlingCeiling: HandlingCode.H0 })],
    ['so long a retention', article({ retentionDays: 89 })],
  ])('refuses what no article of the agreement allows: %s', async (_, agreement) => {
    const check = await refusal({}, agreement);
    expect(check).toThrow(expect.objectContaining({ code: 'TRUST_CHARTER_BEYOND_AGREEMENT' }));
  });

  it('refuses an exercise where the article allows none', async () => {
    const check = await refusal({ drill: true }, article({ drills: false }));
    expect(check).toThrow(expect.objectContaining({ code: 'TRUST_CHARTER_BEYOND_AGREEMENT' }));
  });

  it('says in what it goes beyond the article that is nearest, which is one of its own mode', async () => {
    const check = await refusal({ drill: true }, (sound) => {
      const real = sound.articles.find(({ id }) => id === '7');
      if (real === undefined) throw new Error('no article');
      const exercise = { ...real, id: '8', drills: true, handlingCeiling: HandlingCode.H0, retentionDays: 1 };
      return { ...sound, articles: [{ ...real, drills: false }, exercise] };
    });
    expect(check).toThrow(
      expect.objectContaining({ context: expect.objectContaining({ fields: 'handlingCeiling retentionDays' }) }),
    );
  });

  it('leaves the national form to those who signed it', async () => {
    expect(await refusal({ form: CharterForm.NATIONAL, agreement: 'another' })).not.toThrow();
  });
});

describe('charterFor', () => {
  const ask = async (init: Partial<AgreementQuery>, change: Partial<Charter> = {}) =>
    (await install(change)).store.charterFor('naga-2026', query(init));

  it('covers what the charter names, at the trust level of its agreement', async () => {
    const cover = await ask({});
    expect(cover).toMatchObject({ covered: true, uncovered: [], trustLevel: TrustLevel.JOINT_OPERATION });
    expect(cover).toMatchObject({ ref: { id: 'naga-2026', version: 1, article: 'charter' } });
  });

  it('gives a limited member its own kinds of data alone, and the lead all', async () => {
    expect(await ask({}, { members: limited })).toMatchObject({ uncovered: [DataCategory.LOCATION] });
    expect(await ask({ from: LA, to: TH }, { members: limited })).toMatchObject({ uncovered: [] });
  });

  it.each([
    ['an alert', { kind: MessageKind.ALERT }, 'kind'],
    ['another crime area', { crimeArea: CrimeArea.TIMBER }, 'crimeArea'],
    ['another purpose', { purpose: Purpose.PREVENTION }, 'purpose'],
    ['a code above the ceiling', { handling: HandlingCode.H2 }, 'handling'],
    ['an exercise', { drill: true }, 'drill'],
  ])('does not cover %s', async (_, init, field) => {
    expect(await ask(init)).toMatchObject({ reason: 'ARTICLE_DOES_NOT_COVER', fields: [field] });
  });

  it('covers nothing real by the charter of an exercise', async () => {
    expect(await ask({}, { drill: true })).toMatchObject({ reason: 'ARTICLE_DOES_NOT_COVER', fields: ['drill'] });
    expect(await ask({ drill: true }, { drill: true })).toMatchObject({ covered: true });
  });

  it.each([
    ['an office that is no member', { to: MM }, 'NO_AGREEMENT'],
    ['a sender that is no member', { from: MM }, 'NO_AGREEMENT'],
    ['before it begins', { at: (NOON - 1) as EpochMs }, 'AGREEMENT_NOT_YET_IN_FORCE'],
    ['when it has ended', { at: later(NOON, days(30)) }, 'AGREEMENT_EXPIRED'],
    ['what was said in time, a week later', { at: later(NOON, days(37)), gate: 'import' }, 'AGREEMENT_EXPIRED'],
  ] as const)('covers nothing for %s', async (_, init, reason) => {
    expect(await ask(init)).toMatchObject({ covered: false, reason });
  });

  it('lets in what was said in time for a week, and for clocks that differ', async () => {
    expect(await ask({ gate: 'import', at: (later(NOON, days(37)) - 1) as EpochMs })).toMatchObject({ covered: true });
    expect(await ask({ gate: 'import', at: (NOON - 300_000) as EpochMs })).toMatchObject({ covered: true });
  });

  it('lets a member say for a week what it keeps back', async () => {
    const at = (later(NOON, days(37)) - 1) as EpochMs;
    expect(await ask({ kind: MessageKind.OPERATION_GAP, at })).toMatchObject({ covered: true });
  });

  it('knows no operation of another id', async () => {
    expect((await store()).charterFor('naga-2026', query())).toMatchObject({ reason: 'NO_AGREEMENT' });
  });

  it('holds the exporter to this very text', async () => {
    const { store } = await install();
    const { ref } = store.charterFor('naga-2026', query()) as { ref: NonNullable<AgreementQuery['relied']> };
    const relied = (change: Partial<typeof ref>) =>
      store.charterFor('naga-2026', query({ gate: 'import', relied: { ...ref, ...change } }));
    expect(relied({})).toMatchObject({ covered: true });
    for (const change of [
      { id: 'th-la-2026' },
      { version: 2 },
      { article: '7' },
      { digest: new Uint8Array(32) },
      { digest: new Uint8Array(0) },
    ])
      expect(relied(change)).toMatchObject({ covered: false, reason: 'AGREEMENT_DIFFERS' });
  });

  it('ends with the agreement that allows it, unless nations signed it', async () => {
    const short = (sound: Agreement) => ({ ...sound, validUntil: { seconds: NOON / 1000 + 60, nanos: 0 } });
    const at = later(NOON, 60_000 as Parameters<typeof later>[1]);
    const light = await install({}, short);
    expect(light.store.charterFor('naga-2026', query({ at }))).toMatchObject({ reason: 'AGREEMENT_EXPIRED' });
    const national = await install({ form: CharterForm.NATIONAL }, short);
    expect(national.store.charterFor('naga-2026', query({ at }))).toMatchObject({ covered: true });
  });
});

describe('withSignatures', () => {
  it('makes a document that a stranger verifies with the directories’ keys alone', async () => {
    const { store, charter: lead } = await install();
    const own = await signDocument('charter', lead.document.text, [signerOf('la-current')]);
    const { signatures } = JSON.parse(Buffer.from(own).toString()) as {
      signatures: [{ protected: string; signature: string }];
    };
    const signature = { office: LA, ...signatures[0] };
    expect(store.isCharterSignature(lead, signature, NOON)).toBe(true);
    const whole = JSON.parse(Buffer.from(withSignatures(lead, [signature])).toString()) as {
      payload: string;
      signatures: { protected: string; signature: string }[];
    };
    const keys = [signingKey('th-current'), signingKey('la-current')].map(({ publicKey }) =>
      createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: publicKey.crv, x: publicKey.x } }),
    );
    const valid = whole.signatures.map(({ protected: header, signature: bytes }, index) =>
      verify(
        null,
        Buffer.from(`${header}.${whole.payload}`),
        keys[index] as (typeof keys)[number],
        Buffer.from(bytes, 'base64url'),
      ),
    );
    expect(valid).toEqual([true, true]);
    expect(Buffer.from(whole.payload, 'base64url').toString()).toBe(lead.document.text);
  });
});

describe('isCharterSignature', () => {
  it.each([
    ['of another text', LA, 'la-current', { name: 'Another' }],
    ['of an office that is no member', MM, 'mm-current', {}],
    ['in the name of another member', LA, 'th-current', {}],
  ] as const)('is false for a signature %s', async (_, office, key, change) => {
    const { store, charter: installed } = await install();
    const signed = await signDocument('charter', writeCharterText({ ...charter(), ...change }), [signerOf(key)]);
    const { signatures } = JSON.parse(Buffer.from(signed).toString()) as {
      signatures: [{ protected: string; signature: string }];
    };
    expect(store.isCharterSignature(installed, { office, ...signatures[0] }, NOON)).toBe(false);
  });

  it('is false for what is no signature', async () => {
    const { store, charter: installed } = await install();
    expect(store.isCharterSignature(installed, { office: LA, protected: '!', signature: '' }, NOON)).toBe(false);
  });
});

describe('describeCharter', () => {
  it('says first that it is an exercise', () => {
    const words = describeCharter({ ...charter(), drill: true, members: limited }, NOON);
    expect(words[0]).toBe('EXERCISE: Naga (naga-2026)');
    expect(words.join('\n')).toContain('la-houayxay  limited; gets core');
    expect(describeCharter(charter(), NOON)[0]).toBe('Naga (naga-2026)');
  });
});
