import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOfficeId } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import { startRegion, type TestRegion } from '../support/region.ts';
import { type BloResult, blo } from './run-blo.ts';

// Hit or no-hit between two running offices, by `blo`.
let region: TestRegion;
let folder: string;

const TH = 'th-chiang-khong';
const LA = 'la-houayxay';
const AREA = ['--crime-area', 'stolen-vehicles'];

function at(office: string, ...argv: readonly string[]): Promise<BloResult> {
  return blo([...argv, '--office', office, '--home', region.home, '--json'], { cwd: folder });
}

beforeAll(async () => {
  region = await startRegion({ pairs: [{ accepts: parseOfficeId(TH), dials: parseOfficeId(LA) }] });
  folder = await mkdtemp(join(tmpdir(), 'liaison-blo-'));
}, 240_000);
afterAll(async () => {
  await region?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('blo hit and blo lookout', () => {
  it('ask and answer: a hit with its case, a no-hit, the owner, and the figures of both auditors', async () => {
    const vehicle = ['--vehicle', 'registration=กข 1234;nation=TH'];
    const added = await at(LA, 'lookout', 'add', '--case', 'LA-2026-7', ...AREA, ...vehicle);
    expect(added.code, added.stderr).toBe(0);
    const wanted = ['--vehicle', 'registration=กข-๑๒๓๔;nation=TH', '--vehicle', 'registration=XX 9999;nation=TH'];
    const asked = await at(TH, 'hit', 'ask', '--to', LA, ...AREA, ...wanted, '--wait', '20');
    expect(asked.code, asked.stderr).toBe(0);
    const id = String(asked.json()['id']);
    expect(asked.json()['search']).toMatchObject({
      offices: [
        {
          office: LA,
          state: 'answered',
          result: {
            refusal: null,
            findings: [
              { subject: 1, outcome: 'SEARCH_OUTCOME_HIT', caseReference: 'LA-2026-7' },
              { subject: 2, outcome: 'SEARCH_OUTCOME_NO_HIT' },
            ],
          },
        },
      ],
    });
    const told = await at(LA, 'hit', 'list', '--asked', '--found');
    expect(told.json()).toMatchObject({
      items: [{ id, offices: [{ found: [{ subject: 1, messageId: added.json()['id'] }] }] }],
    });
    const shown = await blo(['hit', 'show', id, '--office', TH, '--home', region.home], { cwd: folder });
    expect(shown.stdout).toContain('LA-2026-7');
    expect(shown.stdout).toContain('no-hit');
    const counts = async (office: string): Promise<unknown> =>
      ((await at(office, 'hit', 'figures')).json()['items'] as readonly Record<string, unknown>[]).map(
        ({ searches, subjects, hits, noHits }) => ({ searches, subjects, hits, noHits }),
      );
    const one = [{ searches: 1, subjects: 2, hits: 1, noHits: 1 }];
    await eventually(async () => expect([await counts(TH), await counts(LA)]).toEqual([one, one]), {
      withinMs: 15_000,
    });
    expect((await at(LA, 'lookout', 'end', String(added.json()['id']))).code).toBe(0);
    const again = await at(TH, 'hit', 'ask', '--to', LA, ...AREA, ...vehicle, '--wait', '20');
    expect(again.json()['search']).toMatchObject({
      offices: [{ result: { findings: [{ outcome: 'SEARCH_OUTCOME_NO_HIT' }] } }],
    });
    expect((await at(LA, 'lookout', 'list')).json()).toMatchObject({ items: [] });
  }, 60_000);

  it('exit 2 and say what is missing or unknown', async () => {
    const nothing = await at(TH, 'hit', 'ask', '--to', LA, ...AREA);
    expect(nothing.code).toBe(2);
    const area = await at(TH, 'hit', 'ask', '--to', LA, '--crime-area', 'cars', '--vehicle', 'registration=AA 11');
    expect(area.code).toBe(2);
    expect(area.stderr).toContain('stolen-vehicles');
  });
});
