import { formatOfficersFile, NO_OFFICERS, type OfficersTable, parseOfficersFile } from '../../core/access/index.ts';
import { isLiaisonError } from '../../core/foundation/index.ts';
import type { DocumentFault } from '../documents/document-record.ts';
import { OfficeError } from '../errors.ts';
import { codeNames } from '../views/code-names.ts';
import { type Act, actsBetween, type RecordActs } from './officer-acts.ts';
import type { PrivateFile } from './private-file.ts';

/** Keeps the people of the office as their file has them. */
export interface OfficersKeeper {
  readonly table: () => OfficersTable;
  /** The file where it is not taken; the people of before stay. */
  readonly faults: () => readonly DocumentFault[];
  /** Looks at the file: people added or disabled in it count when it resolves, and are on record. */
  readonly scan: () => Promise<void>;
  /**
   * Changes the people as they are in the file at that moment: first on record as done by `by`, then in the file.
   *
   * @throws OfficeError OFFICE_PEOPLE_BUSY, OFFICE_PEOPLE_UNREADABLE; what `change` throws; LedgerError.
   */
  readonly change: (by: string, change: (table: OfficersTable) => OfficersTable) => Promise<OfficersTable>;
}

/** The crime areas that an agency may claim. */
export const CRIME_AREAS: ReadonlySet<string> = new Set(codeNames('CrimeArea'));

/** Who stands in the ledger for what was done at the command line. */
const AT_COMMAND_LINE = 'command-line';

/** A keeper of that file; without a file there is nobody yet. */
export function officersKeeper(parts: {
  readonly file: PrivateFile;
  readonly record: RecordActs;
  readonly refused: (code: string) => void;
  /** The people are others than before, whoever changed them. */
  readonly changed: () => void;
  /** Holds the people as they were last put on record: what was done while the node was away comes on record too. */
  readonly recorded: PrivateFile;
}): OfficersKeeper {
  const { file, record, recorded } = parts;
  let table: OfficersTable = NO_OFFICERS;
  let isFirst = true;
  let seen: string | undefined = 'not looked at';
  let fault: string | undefined;
  let unrecorded: readonly Act[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const readRecorded = async (): Promise<OfficersTable> => {
    try {
      if ((await recorded.stamp()) !== undefined) return parseOfficersFile(await recorded.read(), CRIME_AREAS);
    } catch (error) {
      parts.refused(isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE');
    }
    return NO_OFFICERS;
  };

  const takeIn = async (): Promise<void> => {
    if (isFirst) table = await readRecorded();
    isFirst = false;
    const stamp = await file.stamp();
    if (stamp === seen && unrecorded.length === 0) return;
    try {
      if (stamp !== seen) {
        seen = stamp;
        const next = stamp === undefined ? NO_OFFICERS : parseOfficersFile(await file.read(), CRIME_AREAS);
        unrecorded = [...unrecorded, ...actsBetween(table, next)];
        // Counts at once: a disabled account must not wait for the ledger.
        table = next;
        parts.changed();
      }
      if (unrecorded.length > 0) {
        await record(unrecorded, AT_COMMAND_LINE);
        await recorded.write(formatOfficersFile(table));
      }
      unrecorded = [];
      fault = undefined;
    } catch (error) {
      fault = isLiaisonError(error) ? error.code : 'OFFICE_FILE_UNREADABLE';
      parts.refused(fault);
    }
  };

  return {
    table: () => table,
    faults: () => (fault === undefined ? [] : [{ file: 'officers.json', code: fault }]),
    scan: () => inTurn(takeIn),
    change: (by, change) =>
      inTurn(() =>
        file.alone(async () => {
          await takeIn();
          if (fault !== undefined) throw new OfficeError('OFFICE_PEOPLE_UNREADABLE', { context: { code: fault } });
          const next = change(table);
          const acts = actsBetween(table, next);
          if (acts.length > 0) await record(acts, by);
          const text = formatOfficersFile(next);
          await file.write(text);
          await recorded.write(text);
          seen = await file.stamp();
          table = next;
          parts.changed();
          return next;
        }),
      ),
  };
}
