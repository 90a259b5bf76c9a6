import { encodeBatch } from '../../../../services/core/ledger/batch.ts';
import { DEFECTS, type Defect, type Witness } from './defects.ts';
import { KEYS_JSON, OWN } from './keys.ts';
import { tellHistory } from './scenario.ts';

/** What `expected.json` says. */
export interface Expected {
  readonly what: string;
  readonly office: string;
  readonly witnessed: readonly Witness[];
  /** The one code that is found; null where nothing is wrong. */
  readonly finding: string | null;
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

async function filesOf(defect: Defect): Promise<[string, Uint8Array][]> {
  const builder = await tellHistory(defect.alter);
  const records = [...builder.records];
  const witnessed = (await defect.witnessed?.(builder)) ?? [];
  await defect.bytes?.(records, builder);
  // An empty record stands for bytes that are no batch: a field that a batch does not have, cut short.
  const ledger = Buffer.concat(records.map((bytes) => (bytes.length === 0 ? new Uint8Array([0x12, 0xff]) : encodeBatch([bytes]))));
  const expected: Expected = { what: defect.what, office: OWN, witnessed, finding: defect.code };
  return [
    [`${defect.name}/ledger.bin`, ledger],
    [`${defect.name}/expected.json`, json(expected)],
  ];
}

/** Every file of the vectors but this generator and the README, by name; the same bytes in every run. */
export async function ledgerVectors(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await Promise.all(DEFECTS.map(filesOf));
  return new Map([...files.flat(), ['keys.json', json(KEYS_JSON)]]);
}
