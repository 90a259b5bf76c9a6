import {
  type Digest,
  digestOf,
  type EnvelopeId,
  type EpochMs,
  fromHex,
  type OfficeId,
  utf8,
} from '../../../../../services/core/foundation/index.ts';
import type {
  InboundMessageView,
  OfficeProjection,
  OutboundMessage,
} from '../../../../../services/core/ledger/index.ts';
import { referenceOf, timestampAt } from '../../../../../services/core/relay/operations/channel/fold-posts.ts';
import type { OperationView } from '../../../../../services/core/relay/operations/types.ts';
import {
  GapReason,
  type GapTerms,
  MessageKind,
  type PostTerms,
  PostType,
  TaskingState,
} from '../../../../../services/core/wire/index.ts';
import { at, operation } from '../report/fixtures.ts';

export { at, LA, MM, member, operation, TH } from '../report/fixtures.ts';

/** The digest of a member's post by its place. */
export function digestAt(office: OfficeId, number: number): Digest {
  return digestOf(utf8(`${office} ${number}`));
}

/** A place that somebody has seen. */
export function seenAt(office: OfficeId, number: number, digest: Digest = digestAt(office, number)) {
  return { office, number, digest: fromHex(digest) };
}

export const LIVE: OperationView = operation({ state: 'live', closedMs: null });

export function postTerms(office: OfficeId, number: number, more: Partial<PostTerms> = {}): PostTerms {
  return {
    operation: referenceOf(LIVE),
    postType: PostType.MESSAGE,
    number,
    previous: number === 1 ? new Uint8Array() : fromHex(digestAt(office, number - 1)),
    seen: [],
    leadActs: 1,
    target: null,
    assignees: [],
    due: null,
    tasking: TaskingState.UNSPECIFIED,
    outcomes: [],
    attachments: 0,
    ...more,
  };
}

/** A post of another member as it is on record, delivered unless `more` says otherwise. */
export function received(
  office: OfficeId,
  number: number,
  minutes: number,
  terms: Partial<PostTerms> = {},
  more: Partial<InboundMessageView> = {},
): InboundMessageView {
  return {
    direction: 'inbound',
    kind: MessageKind.OPERATION_POST,
    origin: office,
    from: office,
    id: `${office}-${number}` as EnvelopeId,
    envelopeDigest: digestAt(office, number),
    createdMs: at(minutes),
    receivedMs: at(minutes),
    deliveredMs: at(minutes),
    terms: { post: postTerms(office, number, terms) },
    decision: { withheld: [] },
    supplements: [],
    ...more,
  } as unknown as InboundMessageView;
}

/** A post of this office. */
export function said(
  office: OfficeId,
  number: number,
  minutes: number,
  terms: Partial<PostTerms> = {},
  copies: OutboundMessage['copies'] = new Map(),
): OutboundMessage {
  const { id, envelopeDigest } = received(office, number, minutes);
  return {
    direction: 'outbound',
    kind: MessageKind.OPERATION_POST,
    origin: office,
    id,
    envelopeDigest,
    createdMs: at(minutes),
    terms: { post: postTerms(office, number, terms) },
    copies,
  } as unknown as OutboundMessage;
}

/** A member's notice about a post of its own. */
export function notice(
  office: OfficeId,
  number: number,
  minutes: number,
  more: Partial<GapTerms> = {},
): InboundMessageView {
  const gap: GapTerms = {
    operation: referenceOf(LIVE),
    first: number,
    last: number,
    digest: fromHex(digestAt(office, number)),
    reason: GapReason.REFUSED,
    policies: ['th.rule'],
    created: timestampAt(at(minutes)),
    seen: [],
    office: '',
    ...more,
  };
  return {
    ...received(office, number, minutes),
    kind: MessageKind.OPERATION_GAP,
    id: `${office}-gap-${number}` as EnvelopeId,
    envelopeDigest: digestOf(utf8(`${office} gap ${number}`)),
    terms: { gap },
  } as unknown as InboundMessageView;
}

/** A projection that has these messages on record, in this order; more may be put on record later. */
export function projectionOf(messages: readonly (InboundMessageView | OutboundMessage)[]): Pick<
  OfficeProjection,
  'ofKind' | 'added'
> & {
  readonly put: (message: InboundMessageView | OutboundMessage) => void;
} {
  const all = [...messages];
  return {
    ofKind: (kind) => all.filter((message) => message.kind === kind),
    added: { of: () => [], at: () => undefined, byCrossing: () => undefined, open: new Set() },
    put: (message) => void all.push(message),
  };
}

/** So many minutes after the start. */
export function nowAt(minutes: number): EpochMs {
  return at(minutes);
}
