import { digestFromBytes, type EpochMs, rfc3339 } from '../../core/foundation/index.ts';
import type { LedgerFinding, OfficeProjection } from '../../core/ledger/index.ts';
import type { LinkView } from '../../core/relay/index.ts';
import type { LedgerHead } from '../../core/wire/index.ts';
import type { LedgerCheck } from '../check-ledger.ts';

type Json = Readonly<Record<string, unknown>>;

/** A check of the ledger, with what it found. */
export function ledgerCheckJson({ state, by, startedMs, endedMs, records, of, report, failure }: LedgerCheck): Json {
  return {
    state,
    by,
    startedAt: rfc3339(startedMs),
    endedAt: timeOrNull(endedMs),
    records,
    of,
    failure,
    report:
      report === null
        ? null
        : {
            intact: report.intact,
            chain: report.chain,
            head: report.head,
            firstAt: timeOrNull(report.firstMs),
            lastAt: timeOrNull(report.lastMs),
            counts: report.counts,
            findings: report.findings.map(findingJson),
            dropped: report.dropped,
          },
  };
}

/** Each finding with its sentence; its context as text, since what it names differs from code to code. */
function findingJson({ code, weight, sentence, number, context }: LedgerFinding): Json {
  const said = Object.entries(context).map(([name, value]) => ({ name, value: String(value) }));
  return { code, weight, sentence, record: number, context: said };
}

/** What each neighbour and this office have seen of each other's ledgers. */
export function witnessesJson(
  own: LedgerHead,
  links: readonly LinkView[],
  witnessed: OfficeProjection['witnessed'],
): Json {
  return {
    head: { number: own.number, digest: digestFromBytes(own.digest) },
    items: links.map(({ office, ownHead, historyFaults, heardMs }) => {
      const theirs = witnessed.get(office);
      return {
        office,
        heardAt: timeOrNull(heardMs),
        ofOurs:
          ownHead === null
            ? null
            : {
                number: ownHead.number,
                digest: ownHead.digest,
                at: rfc3339(ownHead.atMs),
                comparison: ownHead.comparison,
                behind: Math.max(0, own.number - ownHead.number),
              },
        ofTheirs:
          theirs === undefined
            ? null
            : { number: theirs.number, digest: theirs.digest, chain: theirs.chain, at: rfc3339(theirs.atMs) },
        faults: historyFaults,
      };
    }),
  };
}

function timeOrNull(at: EpochMs | null): string | null {
  return at === null ? null : rfc3339(at);
}
