import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageKey } from '../../../../services/core/ledger/index.ts';
import { bodyToJson, MessageKind, type Subject } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { codesOf, submission, type TwoOffices } from '../two-offices.ts';
import { lookout, openOffices, passport, person, plate, resultsAt, search, subject, viewAt } from './search-offices.ts';

/** What la holds, and must never tell. */
const SECRETS = ['Phommachanh', 'Bounmy', 'LA778899', 'กข 4711', 'the warehouse behind the market'];
const CASES = ['LA-CASE-1', 'LA-CASE-2'];

let offices: TwoOffices;
let officer = 0;

beforeAll(async () => {
  offices = await openOffices();
  const wanted = { givenNames: 'Bounmy', familyName: 'Phommachanh', description: 'the warehouse behind the market' };
  await lookout(offices.la, 'LA-CASE-1', [
    person({ ...wanted, documents: [{ documentType: 1, number: 'LA778899' }] }),
    plate('กข 4711'),
  ]);
  const body = { narrative: 'the warehouse behind the market', narrativeLanguage: 'en', subjects: [plate('กข 4711')] };
  await offices.la.relay.submit(submission({ recipients: [], caseReference: 'LA-CASE-2', alert: body }));
});
afterAll(async () => offices.close());

/** The JSON of the result that th gets, all of it. */
async function fish(subjects: readonly Subject[]): Promise<string> {
  officer++;
  // The limits are not what is tried here.
  offices.skip(officer % 3 === 0 ? 25 * 3_600_000 : 1000);
  if (officer % 3 === 0) await renew();
  const { id } = await search(offices, subjects, { submittedBy: `officer-${officer}` });
  await eventually(
    () => expect(viewAt(offices.th, id)?.result, codesOf(offices.la, 'failedCrossing').join()).not.toBe(null),
    { withinMs: 20_000 },
  );
  const result = resultsAt(offices.th, id)[0];
  const content = await offices.th.relay.read(LA, result?.id as never);
  expect(content.withheld).toEqual([]);
  expect(content.header).toMatchObject({ officer: 'node', caseReference: '', caveat: '' });
  const json = bodyToJson(MessageKind.SEARCH_RESULT, content.body as object)?.json as Record<string, unknown>;
  expect(Object.keys(json).sort()).toEqual(['crimeArea', 'terms']);
  const terms = json['terms'] as { target: { id: string }; findings: Record<string, unknown>[] };
  expect(Object.keys(terms).sort()).toEqual(['findings', 'target']);
  expect(terms.target.id).toBe(id);
  for (const finding of terms.findings) {
    const hit = finding['outcome'] === 'SEARCH_OUTCOME_HIT';
    expect(Object.keys(finding).sort()).toEqual(hit ? ['caseReference', 'outcome', 'subject'] : ['outcome', 'subject']);
    if (hit) expect(CASES).toContain(finding['caseReference']);
  }
  return JSON.stringify(content);
}

async function renew(): Promise<void> {
  const wanted = { givenNames: 'Bounmy', familyName: 'Phommachanh', description: 'the warehouse behind the market' };
  await lookout(offices.la, 'LA-CASE-1', [person(wanted), plate('กข 4711')]);
}

describe('random searches', () => {
  const word = fc.oneof(
    fc.constantFrom(...SECRETS.slice(0, 3), 'Bounmi', 'Phom', '.*', '%', "' OR 1=1 --", '(a+)+$', '*'),
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 100, unit: 'binary' }).map((text) => text.replace(/[\p{C}\p{Z}]/gu, '')),
  );
  const wanted = fc.oneof(
    fc.tuple(word, word).map(([one, other]) => person({ givenNames: one, familyName: `${other} x` })),
    word.map((text) => passport(`${text}AA7788`.slice(0, 40))),
    word.map((text) => plate(`${text} 4711`.slice(0, 32))),
    fc.constantFrom(plate('กข 4711'), passport('la-778899'), person({ nameInOriginalScript: 'Phomachan Bunmi' })),
  );

  it('never bring back anything but hit or no-hit and a case reference', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wanted, { minLength: 1, maxLength: 6 }), async (subjects) => {
        const got = await fish(subjects).catch((error) => {
          if (error.code !== 'SEARCHES_NOTHING_TO_SEARCH') throw error;
          return '';
        });
        for (const secret of SECRETS) expect(got).not.toContain(secret);
      }),
      { numRuns: 25 },
    );
    expect(offices.la.bugs).toEqual([]);
  }, 120_000);

  it('of the greatest size and oddest letters are answered in bounded time', async () => {
    const odd = ['𒈙', 'A\u0301', '﷽', 'ก', '\u{1F9D1}'].map((text) => text.repeat(120).slice(0, 120));
    const subjects = Array.from({ length: 16 }, (_, at) =>
      subject({
        person: {
          familyName: odd[at % odd.length] ?? '',
          givenNames: odd[(at + 1) % odd.length] ?? '',
          aliases: Array.from({ length: 16 }, (__, one) => `${odd[one % odd.length]} ${one}`),
          documents: [{ documentType: 1, number: `${odd[at % odd.length]}`.slice(0, 30) + at }],
        },
      }),
    );
    const started = performance.now();
    await fish(subjects);
    expect(performance.now() - started).toBeLessThan(10_000);
    const message = [...offices.la.projection.inbound.values()].at(-1);
    expect(offices.la.projection.inbound.has(messageKey(TH, message?.id ?? ''))).toBe(true);
  }, 30_000);
});
