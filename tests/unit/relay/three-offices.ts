import { baselineBundle, createGates, type PolicyBundle } from '../../../services/core/policy/index.ts';
import type { RelaySettings } from '../../../services/core/relay/index.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';
import { LA, MM, TH, testOffice } from '../trust/fixtures.ts';
import { allowCharters } from './operations/charters.ts';
import { type TestLine, testLine } from './test-line.ts';
import { blankOffice, startOffice, type TestNeighbour, type TestRelay } from './two-offices.ts';

/** Three offices in a row: la and mm are neighbours of th, and of each other only where they are joint. */
export interface ThreeOffices {
  readonly la: TestRelay;
  readonly th: TestRelay;
  readonly mm: TestRelay;
  readonly lines: Readonly<Record<'laToTh' | 'thToLa' | 'thToMm' | 'mmToTh' | 'laToMm' | 'mmToLa', TestLine>>;
  readonly all: readonly TestRelay[];
  /** Moves all clocks. */
  readonly skip: (ms: number) => void;
  /** Stops an office and starts it again from what its stores hold. */
  readonly restart: (office: TestRelay) => Promise<void>;
  /** As `restart`, but whatever was under way never comes to its end, as with kill -9. */
  readonly kill: (office: TestRelay) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What differs from three offices whose nations permit everything that the baseline lets pass. */
export interface ThreeOfficesOptions {
  readonly settings?: Partial<RelaySettings>;
  /** Each is a neighbour of each, and an agreement of all three allows joint operations. */
  readonly joint?: boolean;
  readonly la?: PolicyBundle;
  readonly th?: PolicyBundle;
  readonly mm?: PolicyBundle;
}

const baseline = baselineBundle();

/** Starts them. */
export async function threeOffices(options: ThreeOfficesOptions = {}): Promise<ThreeOffices> {
  const keys = { la: testOffice(LA), th: testOffice(TH), mm: testOffice(MM) };
  const lines = {
    laToTh: testLine(),
    thToLa: testLine(),
    thToMm: testLine(),
    mmToTh: testLine(),
    laToMm: testLine(),
    mmToLa: testLine(),
  };
  const { joint = false } = options;
  const office = (nation: 'la' | 'th' | 'mm'): TestRelay => {
    const bundle = options[nation] ?? bundleOf(nation, 1, permitAll(nation));
    return blankOffice(keys[nation], Object.values(keys), createGates({ baseline, nation: bundle }));
  };
  const [la, th, mm] = [office('la'), office('th'), office('mm')];
  const neighboursOf = new Map<TestRelay, readonly TestNeighbour[]>([
    [
      la,
      [
        { office: TH, out: lines.laToTh, incoming: lines.thToLa },
        ...(joint ? [{ office: MM, out: lines.laToMm, incoming: lines.mmToLa }] : []),
      ],
    ],
    [
      mm,
      [
        { office: TH, out: lines.mmToTh, incoming: lines.thToMm },
        ...(joint ? [{ office: LA, out: lines.mmToLa, incoming: lines.laToMm }] : []),
      ],
    ],
    [
      th,
      [
        { office: LA, out: lines.thToLa, incoming: lines.laToTh },
        { office: MM, out: lines.thToMm, incoming: lines.mmToTh },
      ],
    ],
  ]);
  const begin = (test: TestRelay): Promise<void> => startOffice(test, neighboursOf.get(test) ?? [], options);
  const all = [la, th, mm];
  if (joint) await Promise.all(all.map((test) => allowCharters(test, Object.values(keys))));
  await Promise.all(all.map(begin));
  return {
    la,
    th,
    mm,
    lines,
    all,
    skip: (ms) => {
      for (const test of all) test.clock.skip(ms);
    },
    restart: async (test) => {
      await test.relay.close();
      await test.ledger.close();
      await begin(test);
    },
    kill: async (test) => {
      test.cut();
      await begin(test);
    },
    close: async () => {
      await Promise.all(all.map((test) => test.relay.close()));
    },
  };
}
