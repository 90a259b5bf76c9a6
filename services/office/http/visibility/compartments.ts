import { type AgencyClaims, maySee, type Principal } from '../../../core/access/index.ts';
import type { EnvelopeId, OfficeId } from '../../../core/foundation/index.ts';
import { type AnyMessage, messageKey, type OfficeProjection } from '../../../core/ledger/index.ts';
import { MessageKind, Precedence, targetOf } from '../../../core/wire/index.ts';
import { crimeAreaName } from '../../views/code-names.ts';

/** What is said in operations is for their members, whichever agencies those are of; what nodes send to serve it is read by nobody. */
const OF_OPERATIONS: ReadonlySet<MessageKind> = new Set([
  MessageKind.OPERATION_CHARTER,
  MessageKind.OPERATION_ACT,
  MessageKind.OPERATION_POST,
  MessageKind.OPERATION_GAP,
  MessageKind.ATTACHMENT_CHUNK,
]);
const MAX_CHAIN = 16;

/** Which messages somebody sees. */
export interface Sight {
  readonly sees: (message: AnyMessage) => boolean;
  /** The same by name; false for a message that is not known here. */
  readonly seesKey: (key: string) => boolean;
  /** Whether they see what the region was told, which is a message of no neighbour: by its crime area alone. */
  readonly seesArea: (crimeArea: number, flash: boolean) => boolean;
}

/** What a person of an office sees, as its agencies and the messages are at each moment. */
export function sightOf(
  principal: Principal,
  projection: Pick<OfficeProjection, 'outbound' | 'inbound' | 'triage' | 'supersededBy'>,
  claims: () => AgencyClaims,
): Sight {
  const at = (key: string): AnyMessage | undefined => projection.outbound.get(key) ?? projection.inbound.get(key);

  const sees = (message: AnyMessage): boolean => {
    if (OF_OPERATIONS.has(message.kind)) return true;
    const chain = chainOf(message, at, projection.supersededBy);
    const triages = chain.map((one) => projection.triage.of(messageKey(one.origin, one.id)));
    const isOwn = chain.some((one) => one.direction === 'outbound' && one.submittedBy === principal.name);
    // What is about a message is of its matter: an answer goes where its request is seen.
    const root = rootOf(chain, at);
    return maySee(
      principal,
      {
        crimeArea: crimeAreaName(root.crimeArea),
        flash: chain.some(({ precedence }) => precedence === Precedence.FLASH),
        submittedBy: isOwn ? principal.name : null,
        assignee: triages.some((triage) => triage?.assignee === principal.name) ? principal.name : null,
        restrictedTo: triages.find((triage) => (triage?.restrictedTo.length ?? 0) > 0)?.restrictedTo ?? [],
      },
      claims(),
    );
  };

  return {
    sees,
    seesKey: (key) => {
      const message = at(key);
      return message !== undefined && sees(message);
    },
    seesArea: (crimeArea, flash) =>
      maySee(
        principal,
        { crimeArea: crimeAreaName(crimeArea), flash, submittedBy: null, assignee: null, restrictedTo: [] },
        claims(),
      ),
  };
}

type Lookup = (key: string) => AnyMessage | undefined;

/**
 * The message, what it is about, what it replies to, and its versions before and after, each as far as it is here: who may
 * not see the newest version is not shown the one before either.
 */
function chainOf(
  message: AnyMessage,
  at: Lookup,
  supersededBy: OfficeProjection['supersededBy'],
): readonly AnyMessage[] {
  const chain: AnyMessage[] = [message];
  for (let index = 0; index < chain.length && chain.length < MAX_CHAIN; index++) {
    const one = chain[index] as AnyMessage;
    const found = [...earlierThan(one).map(at), ...supersededBy(messageKey(one.origin, one.id))];
    for (const other of found) if (other !== undefined && !chain.includes(other)) chain.push(other);
  }
  return chain;
}

function earlierThan(message: AnyMessage): readonly string[] {
  const { origin, supersedes, inReplyTo, terms } = message;
  const target = targetOf(terms);
  const partners =
    message.direction === 'inbound' ? [message.origin, message.from] : [message.origin, ...message.copies.keys()];
  return [
    ...(target === null ? [] : [messageKey(target.origin, target.id)]),
    ...(supersedes === '' ? [] : [messageKey(origin, supersedes)]),
    ...(inReplyTo === '' ? [] : partners.map((partner) => messageKey(partner, inReplyTo))),
  ];
}

/** What the terms of a message are about at last; the message itself where they are about nothing that is here. */
function rootOf(chain: readonly AnyMessage[], at: Lookup): AnyMessage {
  let root = chain[0] as AnyMessage;
  for (let depth = 0; depth < MAX_CHAIN; depth++) {
    const target = targetOf(root.terms);
    const found = target === null ? undefined : at(messageKey(target.origin, target.id));
    if (found === undefined) return root;
    root = found;
  }
  return root;
}

/** The key of a message by its name. */
export function keyOf({ origin, id }: { readonly origin: OfficeId; readonly id: EnvelopeId }): string {
  return messageKey(origin, id);
}
