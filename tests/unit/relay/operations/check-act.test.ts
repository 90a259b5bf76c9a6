import { describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId } from '../../../../services/core/foundation/index.ts';
import { assertActSound } from '../../../../services/core/relay/operations/check-act.ts';
import {
  type InstalledCharter,
  signDocument,
  type TrustStore,
  writeCharterText,
} from '../../../../services/core/trust/index.ts';
import {
  type ActTerms,
  type Charter,
  type CharterSignature,
  OperationAction,
  OperationRole,
} from '../../../../services/core/wire/index.ts';
import { charter } from '../../../vectors/charters/generator/generate.ts';
import {
  LA,
  laoStore,
  MM,
  NOON,
  type SigningKeyName,
  signerOf,
  TH,
} from '../../../vectors/envelopes/generator/actors.ts';

const three: Charter = {
  ...charter(),
  members: [...charter().members, { office: MM, role: OperationRole.MEMBER, dataCategories: [], dutyContact: '' }],
};

async function signatureOf(office: OfficeId, key: SigningKeyName, of: Charter = three): Promise<CharterSignature> {
  const bytes = await signDocument('charter', writeCharterText(of), [signerOf(key)]);
  const { signatures } = JSON.parse(Buffer.from(bytes).toString()) as {
    signatures: [Omit<CharterSignature, 'office'>];
  };
  return { office, ...signatures[0] };
}

async function installed(
  said: Charter = three,
): Promise<{ readonly trust: TrustStore; readonly charter: InstalledCharter }> {
  const bytes = await signDocument('charter', writeCharterText(said), [signerOf('th-current')]);
  const trust = (await laoStore()).installCharter(bytes, NOON);
  return { trust, charter: trust.charters.get(said.id) as InstalledCharter };
}

const terms = (action: OperationAction, init: Partial<ActTerms> = {}): ActTerms => ({
  operation: { operation: three.id, charter: new Uint8Array(32) },
  action,
  number: 1,
  member: '',
  signatures: [],
  lastPost: 0,
  figures: null,
  report: new Uint8Array(0),
  ...init,
});

const figures = { withheld: [], posts: [], outcomes: [], deliveries: [], facts: [] } as unknown as NonNullable<
  ActTerms['figures']
>;

async function refusal(origin: OfficeId, said: ActTerms, at: EpochMs | null = NOON): Promise<unknown> {
  const known = await installed();
  try {
    assertActSound({ ...known, at }, origin, said);
    return undefined;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

describe('assertActSound', () => {
  it.each([
    ['decline', LA, terms(OperationAction.DECLINE)],
    ['leave, with the number of the last post', LA, terms(OperationAction.LEAVE, { lastPost: 7, figures })],
    ['remove', TH, terms(OperationAction.REMOVE, { member: LA })],
    ['suspend', TH, terms(OperationAction.SUSPEND)],
    ['resume', TH, terms(OperationAction.RESUME)],
    ['close', TH, terms(OperationAction.CLOSE)],
    ['contribute', LA, terms(OperationAction.CONTRIBUTE, { figures })],
    ['sign the report', LA, terms(OperationAction.SIGN_REPORT, { report: new Uint8Array(32) })],
  ])('lets a member %s', async (_, origin, said) => {
    expect(await refusal(origin, said)).toBeUndefined();
  });

  it('lets a member sign this charter for itself', async () => {
    const signatures = [await signatureOf(LA, 'la-current')];
    expect(await refusal(LA, terms(OperationAction.SIGN, { signatures }))).toBeUndefined();
  });

  it('lets any member say that it is open, with signatures enough', async () => {
    const signatures = [await signatureOf(TH, 'th-current'), await signatureOf(LA, 'la-current')];
    expect(await refusal(TH, terms(OperationAction.OPEN, { signatures }))).toBeUndefined();
    expect(await refusal(LA, terms(OperationAction.OPEN, { signatures }))).toBeUndefined();
  });

  it('refuses an office that is no member', async () => {
    expect(await refusal('mm-tamu' as OfficeId, terms(OperationAction.DECLINE))).toBe('OPERATIONS_NOT_MEMBER');
  });

  it.each([OperationAction.REMOVE, OperationAction.SUSPEND, OperationAction.RESUME, OperationAction.CLOSE])(
    'lets the lead alone do %s',
    async (action) => {
      const member = action === OperationAction.REMOVE ? MM : '';
      expect(await refusal(LA, terms(action, { member }))).toBe('OPERATIONS_NOT_LEAD');
    },
  );

  it.each([OperationAction.SIGN, OperationAction.DECLINE, OperationAction.LEAVE])(
    'keeps %s from the lead',
    async (action) => {
      expect(await refusal(TH, terms(action))).toBe('OPERATIONS_OF_LEAD');
    },
  );

  it.each([
    ['without a number', LA, terms(OperationAction.DECLINE, { number: 0 })],
    ['of no action', LA, terms(OperationAction.UNSPECIFIED)],
    ['that removes nobody', TH, terms(OperationAction.REMOVE)],
    ['that removes the lead', TH, terms(OperationAction.REMOVE, { member: TH })],
    ['that removes a stranger', TH, terms(OperationAction.REMOVE, { member: 'mm-tamu' })],
    ['that names somebody for nothing', TH, terms(OperationAction.CLOSE, { member: LA })],
    ['that declines with a last post', LA, terms(OperationAction.DECLINE, { lastPost: 1 })],
    ['that contributes no figures', LA, terms(OperationAction.CONTRIBUTE)],
    ['that closes with figures', TH, terms(OperationAction.CLOSE, { figures })],
    ['that signs no report', LA, terms(OperationAction.SIGN_REPORT)],
    ['that closes with a report', TH, terms(OperationAction.CLOSE, { report: new Uint8Array(32) })],
    ['that signs nothing', LA, terms(OperationAction.SIGN)],
  ])('refuses an act %s', async (_, origin, said) => {
    expect(await refusal(origin, said)).toBe('OPERATIONS_ACT_INVALID');
  });

  it('refuses an act that declines with a signature', async () => {
    const signatures = [await signatureOf(LA, 'la-current')];
    expect(await refusal(LA, terms(OperationAction.DECLINE, { signatures }))).toBe('OPERATIONS_ACT_INVALID');
  });

  it.each([
    ['of another text', () => signatureOf(LA, 'la-current', { ...three, name: 'Another' })],
    ['of another key', () => signatureOf(LA, 'th-current')],
    ['for another member', () => signatureOf(TH, 'th-current')],
    ['for no member', () => signatureOf('mm-tamu' as OfficeId, 'la-current')],
  ])('refuses to be signed with a signature %s', async (_, signature) => {
    const signatures = [await signature()];
    expect(await refusal(LA, terms(OperationAction.SIGN, { signatures }))).toBe('OPERATIONS_SIGNATURE_INVALID');
  });

  it('refuses to be opened with one office twice, or a forged signature', async () => {
    const [th, la] = [await signatureOf(TH, 'th-current'), await signatureOf(LA, 'la-current')];
    const forged = { ...la, signature: th.signature };
    for (const signatures of [
      [th, th],
      [th, la, la],
      [th, forged],
    ])
      expect(await refusal(TH, terms(OperationAction.OPEN, { signatures }))).toBe('OPERATIONS_SIGNATURE_INVALID');
  });

  it('refuses to be opened below the quorum, and without the lead', async () => {
    const signatures = [await signatureOf(TH, 'th-current')];
    expect(await refusal(TH, terms(OperationAction.OPEN, { signatures }))).toBe('OPERATIONS_QUORUM_MISSING');
    const without = [await signatureOf(LA, 'la-current')];
    expect(await refusal(TH, terms(OperationAction.OPEN, { signatures: without }))).toBe('OPERATIONS_QUORUM_MISSING');
  });

  it('refuses to be opened before its time, but for clocks that differ', async () => {
    const signatures = [await signatureOf(TH, 'th-current'), await signatureOf(LA, 'la-current')];
    const open = terms(OperationAction.OPEN, { signatures });
    expect(await refusal(TH, open, (NOON - 300_001) as EpochMs)).toBe('OPERATIONS_TOO_EARLY');
    expect(await refusal(TH, open, (NOON - 300_000) as EpochMs)).toBeUndefined();
  });

  it('takes what is on record whose key has ended since', async () => {
    const late = (NOON + 400 * 86_400_000) as EpochMs;
    const signatures = [await signatureOf(LA, 'la-current')];
    expect(await refusal(LA, terms(OperationAction.SIGN, { signatures }), late)).toBe('OPERATIONS_SIGNATURE_INVALID');
    expect(await refusal(LA, terms(OperationAction.SIGN, { signatures }), null)).toBeUndefined();
  });
});
