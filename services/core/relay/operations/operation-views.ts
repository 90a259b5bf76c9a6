import type { EpochMs, OfficeId, Scope } from '../../foundation/index.ts';
import { channelOf, digestFromBytes } from '../../foundation/index.ts';
import type { AnyMessage, OfficeProjection } from '../../ledger/index.ts';
import type { InstalledCharter } from '../../trust/index.ts';
import { MessageKind, Outcome } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { assertActSound } from './check-act.ts';
import { OperationsError } from './errors.ts';
import { type ActFact, foldOperation } from './fold-operation.ts';
import type { OperationView, OperationViews } from './types.ts';

/** What views are made of. */
export type ViewContext = Pick<RelayContext, 'projection' | 'trust' | 'clock' | 'ledger'>;

/** Said, as far as it can still count: delivered here, or of this office and not refused by its own gate. */
function isSaid(message: AnyMessage): boolean {
  if (message.direction === 'inbound') return message.deliveredMs !== null;
  const copies = [...message.copies.values()];
  return copies.length === 0 || copies.some(({ decision }) => decision.outcome !== Outcome.REFUSED);
}

/** The operation that an act or charter is about. */
export function operationOf({ terms }: AnyMessage): string | undefined {
  return (terms?.act?.operation ?? terms?.charter?.operation)?.operation;
}

/** Whether the terms name exactly that charter. */
export function isAboutCharter({ terms }: AnyMessage, { document }: InstalledCharter): boolean {
  const named = (terms?.act?.operation ?? terms?.charter?.operation)?.charter;
  return named?.length === 32 && digestFromBytes(named) === document.digest;
}

/** Messages of one kind by their operation, read on from where it stopped. */
function indexOf(
  projection: Pick<OfficeProjection, 'ofKind'>,
  kind: MessageKind,
): (id: string) => readonly AnyMessage[] {
  const found = new Map<string, AnyMessage[]>();
  let read = 0;
  return (id) => {
    const all = projection.ofKind(kind);
    for (; read < all.length; read++) {
      const message = all[read] as AnyMessage;
      const of = operationOf(message);
      if (of === undefined) continue;
      const list = found.get(of) ?? [];
      found.set(of, list);
      list.push(message);
    }
    return found.get(id) ?? [];
  };
}

interface Kept {
  readonly charter: InstalledCharter;
  readonly record: number;
  readonly untilMs: number;
  readonly view: OperationView;
}

/** Views of the operations whose charters are installed here; made anew only when something is on record or a time has come. */
export function operationViews({ projection, trust, clock, ledger }: ViewContext): OperationViews {
  const actsOf = indexOf(projection, MessageKind.OPERATION_ACT);
  const proposalsOf = indexOf(projection, MessageKind.OPERATION_CHARTER);
  const sound = new WeakMap<AnyMessage, boolean>();
  const kept = new Map<string, Kept>();

  /** What came before its charter was not checked when it came. */
  const isSound = (message: AnyMessage, charter: InstalledCharter): boolean => {
    const known = sound.get(message);
    if (known !== undefined) return known;
    let result = false;
    try {
      const terms = message.terms?.act ?? null;
      if (terms !== null && isAboutCharter(message, charter)) {
        assertActSound({ trust: trust(), charter, at: null }, message.origin, terms);
        result = true;
      }
    } catch (cause) {
      if (!(cause instanceof OperationsError)) throw cause;
    }
    sound.set(message, result);
    return result;
  };

  const factsOf = (charter: InstalledCharter): readonly ActFact[] =>
    actsOf(charter.charter.id).flatMap((message): readonly ActFact[] => {
      if (!isSaid(message) || !isSound(message, charter)) return [];
      const { origin, id, envelopeDigest: digest, createdMs, terms } = message;
      const by = message.direction === 'outbound' ? message.submittedBy : '';
      return terms?.act ? [{ origin, id, digest, createdMs, by, terms: terms.act }] : [];
    });

  const proposedMs = (charter: InstalledCharter): EpochMs =>
    proposalsOf(charter.charter.id).find(
      (message) => message.origin === charter.lead && isAboutCharter(message, charter),
    )?.createdMs ?? charter.startsMs;

  const boundaryAfter = ({ charter, closedMs }: OperationView, now: EpochMs): number => {
    const times = [charter.endsMs, (closedMs ?? charter.endsMs) + 7 * 86_400_000].filter((time) => time > now);
    return Math.min(...times, Number.POSITIVE_INFINITY);
  };

  const make = (charter: InstalledCharter): OperationView => {
    const { id } = charter.charter;
    const record = ledger.head().number;
    const now = clock.now();
    const before = kept.get(id);
    if (before?.charter === charter && before.record === record && now < before.untilMs) return before.view;
    const view = foldOperation(charter, factsOf(charter), proposedMs(charter), now);
    kept.set(id, { charter, record, untilMs: boundaryAfter(view, now), view });
    return view;
  };

  const get = (id: string): OperationView | undefined => {
    const charter = trust().charters.get(id);
    return charter === undefined ? undefined : make(charter);
  };

  return {
    get,
    all: () => [...trust().charters.values()].map(make),
    byScope: (scope: Scope) => {
      const channel = channelOf(scope);
      const view = channel === undefined ? undefined : get(channel.id);
      return view?.scope === scope ? view : undefined;
    },
  };
}

/** The next number of an act of that office in an operation: one more than the highest that is on record, refused ones included. */
export function nextActNumber(
  projection: Pick<OfficeProjection, 'ofKind'>,
  operation: string,
  office: OfficeId,
): number {
  return (
    projection
      .ofKind(MessageKind.OPERATION_ACT)
      .filter((message) => message.origin === office && operationOf(message) === operation)
      .reduce((highest, { terms }) => Math.max(highest, terms?.act?.number ?? 0), 0) + 1
  );
}
