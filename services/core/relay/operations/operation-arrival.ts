import type { VerifiedCrossing } from '../../envelope/index.ts';
import { digestFromBytes, type OfficeId } from '../../foundation/index.ts';
import type { AnyMessage } from '../../ledger/index.ts';
import type { InstalledCharter } from '../../trust/index.ts';
import { type ActTerms, MessageKind, type MessageTerms, type OperationCharter } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { assertActSound } from './check-act.ts';
import { OperationsError } from './errors.ts';
import { isAboutCharter, operationOf } from './operation-views.ts';

/** So many proposals of one lead may wait for this office's word, and so many acts of a neighbour for their charter. */
const MOST_PROPOSALS = 32;
const MOST_ACTS_AHEAD = 64;
/** So many acts of one office about one operation are followed. */
const MOST_ACTS = 1000;

function invalid(fault: string): OperationsError {
  return new OperationsError('OPERATIONS_CHARTER_INVALID', { context: { fault } });
}

function said(context: Pick<RelayContext, 'projection'>, kind: MessageKind, origin: OfficeId): readonly AnyMessage[] {
  return context.projection.ofKind(kind).filter((message) => message.origin === origin);
}

/** Proposals of that lead that are neither signed nor declined here and have not ended. */
function openProposals(context: RelayContext, lead: OfficeId): number {
  const answered = new Set(
    context.projection
      .ofKind(MessageKind.OPERATION_ACT)
      .filter((message) => message.direction === 'outbound')
      .map(operationOf),
  );
  const { charters } = context.trust();
  const isOver = (id: string): boolean => (charters.get(id)?.endsMs ?? Number.POSITIVE_INFINITY) <= context.clock.now();
  return said(context, MessageKind.OPERATION_CHARTER, lead)
    .map(operationOf)
    .filter((id) => id !== undefined && !answered.has(id) && !isOver(id)).length;
}

function assertSaysWhatItCarries(
  { charter, lead, members, document }: InstalledCharter,
  { origin, header }: VerifiedCrossing,
  { operation, members: named }: NonNullable<MessageTerms['charter']>,
): void {
  if (operation?.operation !== charter.id) throw invalid('id');
  if (operation.charter.length !== 32 || digestFromBytes(operation.charter) !== document.digest)
    throw invalid('digest');
  if ([...members.keys()].join() !== named.join()) throw invalid('members');
  if (origin !== lead) throw invalid('lead');
  if (header.drill !== charter.drill)
    throw new OperationsError('OPERATIONS_MODE_WRONG', { context: { id: charter.id } });
}

/**
 * A proposal carries a sound charter that its lead signed, says of it what it says, and is for this office.
 * @throws OperationsError OPERATIONS_CHARTER_INVALID, OPERATIONS_MODE_WRONG, OPERATIONS_NOT_MEMBER, OPERATIONS_KNOWN,
 * OPERATIONS_CROWDED; TrustError as `TrustStore.installCharter`.
 */
export function assertCharterInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const named = terms.charter as NonNullable<MessageTerms['charter']>;
  const id = named.operation?.operation ?? '';
  const { document } = crossing.body as OperationCharter;
  const charter = context.trust().installCharter(document, context.clock.now()).charters.get(id);
  if (charter === undefined) throw invalid('id');
  assertSaysWhatItCarries(charter, crossing, named);
  if (!charter.members.has(context.self)) throw new OperationsError('OPERATIONS_NOT_MEMBER', { context: { id } });
  const isRepeated = said(context, MessageKind.OPERATION_CHARTER, crossing.origin).some(
    (message) => operationOf(message) === id,
  );
  if (isRepeated) throw new OperationsError('OPERATIONS_KNOWN', { context: { id } });
  if (openProposals(context, crossing.origin) >= MOST_PROPOSALS)
    throw new OperationsError('OPERATIONS_CROWDED', { context: { office: crossing.origin } });
}

/** The number is new, or the very same act comes again under another id, which it may not. @throws OperationsError OPERATIONS_ACT_INVALID, OPERATIONS_CROWDED. */
function assertNumberFree(context: RelayContext, origin: OfficeId, id: string, number: number): void {
  const own = said(context, MessageKind.OPERATION_ACT, origin).filter((message) => operationOf(message) === id);
  if (own.length >= MOST_ACTS) throw new OperationsError('OPERATIONS_CROWDED', { context: { office: origin } });
  if (own.some(({ terms }) => terms?.act?.number === number))
    throw new OperationsError('OPERATIONS_ACT_INVALID', { context: { fault: 'number-twice', office: origin } });
}

/**
 * An act is one that its sender may say of the charter that is known here. One that comes before its charter goes on
 * record and counts once that is here, if it is sound; of those there are few.
 * @throws OperationsError as `assertActSound`, and OPERATIONS_CHARTER_DIFFERS, OPERATIONS_MODE_WRONG, OPERATIONS_CROWDED.
 */
export function assertActInPlace(context: RelayContext, crossing: VerifiedCrossing, terms: MessageTerms): void {
  const act = terms.act as ActTerms;
  const id = act.operation?.operation ?? '';
  assertNumberFree(context, crossing.origin, id, act.number);
  const { charters } = context.trust();
  const charter = charters.get(id);
  if (charter === undefined) {
    const ahead = said(context, MessageKind.OPERATION_ACT, crossing.origin).filter(
      (message) => !charters.has(operationOf(message) ?? ''),
    );
    if (ahead.length >= MOST_ACTS_AHEAD)
      throw new OperationsError('OPERATIONS_CROWDED', { context: { office: crossing.origin } });
    return;
  }
  if (!isAboutCharter({ terms } as AnyMessage, charter))
    throw new OperationsError('OPERATIONS_CHARTER_DIFFERS', { context: { id } });
  if (crossing.header.drill !== charter.charter.drill)
    throw new OperationsError('OPERATIONS_MODE_WRONG', { context: { id } });
  assertActSound({ trust: context.trust(), charter, at: context.clock.now() }, crossing.origin, act);
}
