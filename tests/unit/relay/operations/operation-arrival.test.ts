import { describe, expect, it } from 'vitest';
import type { VerifiedCrossing } from '../../../../services/core/envelope/index.ts';
import { fromHex, type OfficeId } from '../../../../services/core/foundation/index.ts';
import {
  assertActInPlace,
  assertCharterInPlace,
} from '../../../../services/core/relay/operations/operation-arrival.ts';
import type { RelayContext } from '../../../../services/core/relay/parts.ts';
import {
  type InstalledCharter,
  signDocument,
  type TrustStore,
  writeCharterText,
} from '../../../../services/core/trust/index.ts';
import { type Charter, MessageKind, type MessageTerms, OperationAction } from '../../../../services/core/wire/index.ts';
import { charter } from '../../../vectors/charters/generator/generate.ts';
import { LA, laoStore, NOON, type SigningKeyName, signerOf, TH } from '../../../vectors/envelopes/generator/actors.ts';

interface Recorded {
  readonly kind: MessageKind;
  readonly origin: OfficeId;
  readonly direction: 'inbound' | 'outbound';
  readonly terms: Partial<MessageTerms>;
}

function contextOf(trust: TrustStore, recorded: readonly Recorded[] = [], self: OfficeId = LA): RelayContext {
  return {
    self,
    trust: () => trust,
    clock: { now: () => NOON },
    projection: { ofKind: (kind: MessageKind) => recorded.filter((message) => message.kind === kind) },
  } as unknown as RelayContext;
}

async function signed(init: Partial<Charter> = {}, key: SigningKeyName = 'th-current') {
  const said = { ...charter(), ...init };
  const document = await signDocument('charter', writeCharterText(said), [signerOf(key)]);
  const trust = (await laoStore()).installCharter(document, NOON);
  return { document, trust, charter: trust.charters.get(said.id) as InstalledCharter };
}

function proposal({ document, charter: installed }: Awaited<ReturnType<typeof signed>>) {
  const named = {
    operation: { operation: installed.charter.id, charter: fromHex(installed.document.digest) as Uint8Array },
    members: [...installed.members.keys()] as string[],
  };
  const crossing = { origin: TH as OfficeId, header: { drill: installed.charter.drill }, body: { document } };
  return { named, crossing };
}

const codeOf = (work: () => void): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

type Proposal = ReturnType<typeof proposal>;

async function judged(
  change: (proposal: Proposal) => Proposal = (same) => same,
  more: { readonly recorded?: readonly Recorded[]; readonly self?: OfficeId; readonly init?: Partial<Charter> } = {},
): Promise<unknown> {
  const made = await signed(more.init);
  const { named, crossing } = change(proposal(made));
  const context = contextOf(await laoStore(), more.recorded, more.self);
  const terms = { charter: named } as unknown as MessageTerms;
  return codeOf(() => assertCharterInPlace(context, crossing as unknown as VerifiedCrossing, terms));
}

const recordedProposal = (id: string): Recorded => ({
  kind: MessageKind.OPERATION_CHARTER,
  origin: TH,
  direction: 'inbound',
  terms: { charter: { operation: { operation: id, charter: new Uint8Array(32) }, members: [] } },
});

describe('assertCharterInPlace', () => {
  it('takes a proposal of its lead that says what it carries', async () => {
    expect(await judged()).toBeUndefined();
  });

  it.each<[string, (proposal: Proposal) => Proposal]>([
    ['another id', (p) => ({ ...p, named: { ...p.named, operation: { ...p.named.operation, operation: 'other' } } })],
    [
      'another digest',
      (p) => ({ ...p, named: { ...p.named, operation: { ...p.named.operation, charter: new Uint8Array(32) } } }),
    ],
    [
      'no digest',
      (p) => ({ ...p, named: { ...p.named, operation: { ...p.named.operation, charter: new Uint8Array(0) } } }),
    ],
    ['other members', (p) => ({ ...p, named: { ...p.named, members: [TH] } })],
    ['another lead', (p) => ({ ...p, crossing: { ...p.crossing, origin: LA } })],
  ])('refuses what names %s', async (_, change) => {
    expect(await judged(change)).toBe('OPERATIONS_CHARTER_INVALID');
  });

  it('refuses what treats an exercise as real, or the reverse', async () => {
    expect(await judged((p) => ({ ...p, crossing: { ...p.crossing, header: { drill: true } } }))).toBe(
      'OPERATIONS_MODE_WRONG',
    );
  });

  it('refuses what is for another office', async () => {
    expect(await judged(undefined, { self: 'la-ton-pheung' as OfficeId })).toBe('OPERATIONS_NOT_MEMBER');
  });

  it('refuses what its lead has proposed before', async () => {
    expect(await judged(undefined, { recorded: [recordedProposal('naga-2026')] })).toBe('OPERATIONS_KNOWN');
  });

  it('refuses more proposals than anybody can follow, but for those that were answered', async () => {
    const recorded = Array.from({ length: 32 }, (_, index) => recordedProposal(`op-${index}`));
    expect(await judged(undefined, { recorded })).toBe('OPERATIONS_CROWDED');
    const declined: Recorded = {
      kind: MessageKind.OPERATION_ACT,
      origin: LA,
      direction: 'outbound',
      terms: { act: act('op-1', 1) },
    };
    expect(await judged(undefined, { recorded: [...recorded, declined] })).toBeUndefined();
  });

  it('refuses a charter that was changed after it was signed', async () => {
    const made = await signed();
    const other = await signDocument('charter', writeCharterText({ ...charter(), name: 'Another' }), [
      signerOf('mm-current'),
    ]);
    const { named, crossing } = proposal(made);
    const terms = { charter: named } as unknown as MessageTerms;
    const changed = { ...crossing, body: { document: other } } as unknown as VerifiedCrossing;
    const context = contextOf(await laoStore());
    expect(codeOf(() => assertCharterInPlace(context, changed, terms))).toBe('TRUST_DOCUMENT_SIGNATURE_FOREIGN');
    const known = contextOf((await signed({ name: 'First' })).trust);
    expect(codeOf(() => assertCharterInPlace(known, crossing as unknown as VerifiedCrossing, terms))).toBe(
      'TRUST_CHARTER_FORK',
    );
  });
});

function act(id: string, number: number, digest: Uint8Array = new Uint8Array(32)): NonNullable<MessageTerms['act']> {
  return {
    operation: { operation: id, charter: digest },
    action: OperationAction.DECLINE,
    number,
    member: '',
    signatures: [],
    lastPost: 0,
    figures: null,
    report: new Uint8Array(0),
  };
}

const recordedAct = (id: string, number: number): Recorded => ({
  kind: MessageKind.OPERATION_ACT,
  origin: LA,
  direction: 'inbound',
  terms: { act: act(id, number) },
});

async function judgedAct(
  init: {
    readonly id?: string;
    readonly number?: number;
    readonly digest?: Uint8Array;
    readonly drill?: boolean;
    readonly origin?: OfficeId;
  } = {},
  recorded: readonly Recorded[] = [],
): Promise<unknown> {
  const { trust, charter: installed } = await signed();
  const {
    id = 'naga-2026',
    number = 1,
    digest = fromHex(installed.document.digest),
    drill = false,
    origin = LA,
  } = init;
  const crossing = { origin, header: { drill } } as unknown as VerifiedCrossing;
  const terms = { act: act(id, number, digest) } as unknown as MessageTerms;
  return codeOf(() => assertActInPlace(contextOf(trust, recorded, TH), crossing, terms));
}

describe('assertActInPlace', () => {
  it('takes an act of a member', async () => {
    expect(await judgedAct()).toBeUndefined();
  });

  it('refuses an act about another text of the charter', async () => {
    expect(await judgedAct({ digest: new Uint8Array(32) })).toBe('OPERATIONS_CHARTER_DIFFERS');
  });

  it('refuses an act in the wrong mode', async () => {
    expect(await judgedAct({ drill: true })).toBe('OPERATIONS_MODE_WRONG');
  });

  it('refuses an act of a non-member', async () => {
    expect(await judgedAct({ origin: 'mm-tachileik' as OfficeId })).toBe('OPERATIONS_NOT_MEMBER');
  });

  it('refuses a number that was used before, whatever it says', async () => {
    expect(await judgedAct({}, [recordedAct('naga-2026', 1)])).toBe('OPERATIONS_ACT_INVALID');
    expect(await judgedAct({ number: 2 }, [recordedAct('naga-2026', 1)])).toBeUndefined();
  });

  it('keeps an act that comes before its charter, and few of them', async () => {
    expect(await judgedAct({ id: 'still-to-come' })).toBeUndefined();
    const many = Array.from({ length: 64 }, (_, index) => recordedAct(`to-come-${index}`, 1));
    expect(await judgedAct({ id: 'still-to-come' }, many)).toBe('OPERATIONS_CROWDED');
  });

  it('follows a thousand acts of one office about one operation', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => recordedAct('naga-2026', index + 2));
    expect(await judgedAct({}, many)).toBe('OPERATIONS_CROWDED');
  });
});
