import { describeEnum } from '../../../wire/index.ts';

type ReportList = 'OperationAction' | 'OperationRole' | 'OutcomeType' | 'PostType' | 'TaskingState';

const NAMES = new Map<string, ReadonlyMap<number, string>>();

/** A code as the contract spells it; one that this release does not know as its number, which all releases spell alike. */
export function wordOf(list: ReportList, code: number): string {
  const known = NAMES.get(list) ?? new Map(describeEnum(list).values.map(({ number, name }) => [number, name]));
  NAMES.set(list, known);
  return known.get(code) ?? String(code);
}
