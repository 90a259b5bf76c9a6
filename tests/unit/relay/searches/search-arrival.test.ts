import { afterEach, describe, expect, it } from 'vitest';
import { digestOf, type EpochMs, fromHex, type OfficeId, utf8 } from '../../../../services/core/foundation/index.ts';
import type { InboundMessageView } from '../../../../services/core/ledger/index.ts';
import { assertInPlace } from '../../../../services/core/relay/arrival-rules.ts';
import { answerSearch, assertUnanswered } from '../../../../services/core/relay/searches/answer-search.ts';
import { holdings } from '../../../../services/core/relay/searches/holdings.ts';
import { assertSearchInPlace } from '../../../../services/core/relay/searches/search-arrival.ts';
import {
  CrimeArea,
  HandlingCode,
  MessageKind,
  Precedence,
  Purpose,
  SearchOutcome,
  SearchRefusal,
  searchCodec,
  searchResultCodec,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { exercises } from '../test-bundles.ts';
import { codesOf, type TestRelay, type TwoOffices } from '../two-offices.ts';
import { contextOf, lookout, openOffices, plate, resultsAt, search, viewAt } from './search-offices.ts';

let offices: TwoOffices;
afterEach(async () => offices?.close());

const said = (init: object) => ({
  submittedBy: 'node',
  precedence: Precedence.ROUTINE,
  purpose: Purpose.INVESTIGATION,
  handling: HandlingCode.H1,
  caveat: '',
  caseReference: '',
  expiresMs: null,
  inReplyTo: '',
  supersedes: '',
  drill: true,
  idempotencyKey: '',
  submissionDigest: digestOf(utf8('')),
  ...init,
});

/** la with a node that says what it is told to, and th's search of two subjects, an exercise, that it holds. */
async function heldSearch(): Promise<{ readonly id: string; readonly digest: Uint8Array }> {
  offices = await openOffices({ la: exercises('la', 'admitUnattended') });
  const { id, envelopeDigest } = await search(offices, [plate('AA 11'), plate('AA 22')], { drill: true });
  await eventually(() => expect(viewAt(offices.la, id)?.state).toBe('held'));
  return { id, digest: fromHex(envelopeDigest) };
}

type Terms = NonNullable<Parameters<typeof searchResultCodec.encode>[0]['terms']>;

/** What th says to a result that la's node made up. */
async function answerTo(terms: Terms, init: object = {}): Promise<unknown> {
  const { th, la } = offices;
  const before = codesOf(th, 'failedCrossing').length;
  const body = searchResultCodec.decode(searchResultCodec.encode({ terms, crimeArea: CrimeArea.DRUGS }));
  const { id } = await la.relay.submit(
    said({ kind: MessageKind.SEARCH_RESULT, recipients: [TH], body, ...init }) as never,
  );
  await eventually(() =>
    expect(codesOf(th, 'failedCrossing').length > before || th.projection.inbound.has(`${LA}/${id}`)).toBe(true),
  );
  return codesOf(th, 'failedCrossing')[before];
}

const no = (subject: number) => ({ subject, outcome: SearchOutcome.NO_HIT });

describe('assertResultInPlace', () => {
  it('takes the first whole result of exactly that search, and no other', async () => {
    const { id, digest } = await heldSearch();
    const target = { origin: TH, id, digest };
    const both = [no(1), no(2)];
    const refused = SearchRefusal.OFFICER_QUOTA_SPENT;
    const misplaced = 'SEARCHES_RESULT_MISPLACED';
    expect(await answerTo({ target: { ...target, digest: new Uint8Array(32) }, findings: both })).toBe(misplaced);
    expect(await answerTo({ target: { ...target, origin: LA }, findings: both })).toBe(misplaced);
    expect(await answerTo({ target, findings: both }, { drill: false })).toBe(misplaced);
    const invalid = 'SEARCHES_FINDINGS_INVALID';
    expect(await answerTo({ target, findings: [] })).toBe(invalid);
    expect(await answerTo({ target, findings: [no(1)] })).toBe(invalid);
    expect(await answerTo({ target, findings: [no(1), no(1)] })).toBe(invalid);
    expect(await answerTo({ target, findings: [no(1), no(3)] })).toBe(invalid);
    expect(await answerTo({ target, findings: [no(1), { ...no(2), caseReference: 'X' }] })).toBe(invalid);
    expect(await answerTo({ target, findings: both, refusal: refused })).toBe(invalid);
    expect(viewAt(offices.th, id)?.result).toBe(null);
    expect(await answerTo({ target, findings: both })).toBeUndefined();
    expect(viewAt(offices.th, id)?.state).toBe('answered');
    expect(await answerTo({ target, findings: both })).toBe('SEARCHES_RESULT_REPEATED');
    expect(resultsAt(offices.th, id)).toHaveLength(1);
  });
});

describe('assertSearchInPlace', () => {
  const tampered = async (subjects: number, count: number, at: TestRelay): Promise<void> => {
    const body = searchCodec.decode(
      searchCodec.encode({
        terms: { subjects },
        crimeArea: CrimeArea.DRUGS,
        subjects: Array.from({ length: count }, (_, one) => plate(`AA ${100 + one}`)),
      }),
    );
    await at.relay.submit(said({ kind: MessageKind.SEARCH, recipients: [LA], body }) as never);
  };

  it('takes no search that asks about more than it says', async () => {
    offices = await openOffices();
    const codes = (): unknown[] => codesOf(offices.la, 'failedCrossing');
    await tampered(1, 16, offices.th);
    await eventually(() => expect(codes()).toEqual(['SEARCHES_SUBJECTS_MISCOUNTED']));
    await tampered(0, 0, offices.th);
    await eventually(() => expect(codes()).toHaveLength(2));
    expect(offices.la.projection.ofKind(MessageKind.SEARCH)).toEqual([]);
    expect(offices.la.relay.searches.figures()).toEqual([]);
  });

  it('takes no search that another office passes on', () => {
    const crossing = {
      origin: TH,
      from: 'mm-tachileik' as OfficeId,
      envelopeId: 'x',
      body: { subjects: [plate('AA 11')] },
    };
    const passedOn = () => assertSearchInPlace({} as never, crossing as never, { search: { subjects: 1 } } as never);
    expect(passedOn).toThrow(expect.objectContaining({ code: 'SEARCHES_PASSED_ON' }));
  });
});

describe('assertUnanswered', () => {
  it('has nothing more to say of a search that is over or has its result', async () => {
    const { id, digest } = await heldSearch();
    const found = offices.la.projection.inbound.get(`${TH}/${id}`) as InboundMessageView;
    const at = { projection: offices.la.projection, self: LA };
    const over = expect.objectContaining({ code: 'SEARCHES_ANSWERED' });
    expect(() => assertUnanswered(at, found, found.expiresMs)).not.toThrow();
    expect(() => assertUnanswered(at, found, (found.expiresMs + 1) as EpochMs)).toThrow(over);
    await answerTo({ target: { origin: TH, id, digest }, findings: [no(1), no(2)] });
    expect(() => assertUnanswered(at, found, found.expiresMs)).toThrow(over);
  });
});

describe('answerSearch', () => {
  it('asks again whether there is something to say when it is its turn', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    const { id } = await search(offices, [plate('AA 11')]);
    await eventually(() => expect(viewAt(offices.th, id)?.state).toBe('answered'));
    const context = contextOf(offices.la);
    let guarded = 0;
    const submit = async (_: unknown, { guard }: { readonly guard: (at: number) => void }): Promise<void> => {
      guarded++;
      guard(context.clock.now());
    };
    const parts = { context, messages: { submit }, erasure: { record: async () => null }, holdings: holdings(context) };
    const found = offices.la.projection.inbound.get(`${TH}/${id}`) as InboundMessageView;
    const again = answerSearch(parts as never, found, SearchRefusal.UNSPECIFIED);
    await expect(again).rejects.toMatchObject({ code: 'SEARCHES_ANSWERED' });
    expect(guarded).toBe(1);
    const unread = { ...parts, holdings: { ...parts.holdings, refresh: async () => false } };
    const blind = answerSearch(unread as never, found, SearchRefusal.UNSPECIFIED);
    await expect(blind).rejects.toMatchObject({ code: 'RELAY_BUSY', disposition: 'retry' });
    expect(guarded).toBe(1);
  });

  it('says nothing, rather than no-hit, while it cannot read what it holds', async () => {
    offices = await openOffices();
    await lookout(offices.la, 'LA-1', [plate('AA 11')]);
    offices.la.batches.failGets(true);
    const { id } = await search(offices, [plate('AA 11')]);
    await eventually(() => expect(viewAt(offices.la, id)?.state).toBe('waiting'));
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(resultsAt(offices.la, id)).toEqual([]);
    offices.la.batches.failGets(false);
    await eventually(() => expect(viewAt(offices.th, id)?.result?.findings[0]?.outcome).toBe(SearchOutcome.HIT));
  });
});

describe('assertInPlace', () => {
  it('takes nothing whose terms did not come with it, and no lookout at all', async () => {
    offices = await openOffices();
    const body = searchCodec.decode(searchCodec.encode({ crimeArea: CrimeArea.DRUGS, subjects: [plate('AA 11')] }));
    await offices.th.relay.submit(said({ kind: MessageKind.SEARCH, recipients: [LA], body }) as never);
    await eventually(() => expect(codesOf(offices.la, 'failedCrossing')).toEqual(['RELAY_TERMS_MISSING']));
    const lookout = { kind: MessageKind.LOOKOUT, origin: TH, envelopeId: 'x', body };
    expect(() => assertInPlace({} as never, lookout as never)).toThrow(
      expect.objectContaining({ code: 'RELAY_KIND_MISPLACED' }),
    );
  });
});
