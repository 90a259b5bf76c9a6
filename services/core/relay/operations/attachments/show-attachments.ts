import { digestFromBytes, type EpochMs } from '../../../foundation/index.ts';
import { type AnyMessage, type CustodyView, messageKey } from '../../../ledger/index.ts';
import { CustodyAction, ReceiptKind } from '../../../wire/index.ts';
import type { RelayContext } from '../../parts.ts';
import { filesUnlessGone } from './assemble.ts';
import { AttachmentsError } from './errors.ts';
import { postHere, savedName } from './open-attachment.ts';
import { isHere, pieceIndex } from './piece-index.ts';
import type { OpenableFile } from './read-files.ts';
import { holderOf } from './release-state.ts';
import type { AttachmentKey, AttachmentView, CustodyLine, CustodyReport, FileHolder, FileState } from './types.ts';

/** How far an own file is with everybody whom the post went to. */
function holdersOf({ projection }: RelayContext, post: AnyMessage, file: OpenableFile): readonly FileHolder[] {
  if (post.direction === 'inbound') return [];
  const added = projection.added.of(messageKey(post.origin, post.id)).map(({ to }) => to);
  return [...new Set([...post.copies.keys(), ...added])].map((to) => holderOf(projection, post, file, to));
}

function piecesHereOf({ projection }: RelayContext, post: AnyMessage, { label, file }: OpenableFile): number {
  if (post.direction === 'outbound') return file.chunks;
  const pieces = pieceIndex(projection).of(messageKey(post.origin, post.id), label);
  return [...pieces.values()].filter((same) => same.some(isHere)).length;
}

function stateOf(post: AnyMessage, history: readonly CustodyView[]): FileState {
  const actions = history.map(({ action }) => action);
  if (actions.includes(CustodyAction.REJECTED)) return 'rejected';
  if (actions.includes(CustodyAction.ERASED) || post.erased !== null) return 'erased';
  return post.direction === 'outbound' || actions.includes(CustodyAction.COMPLETED) ? 'here' : 'arriving';
}

/** The files of a post. @throws AttachmentsError ATTACHMENTS_UNKNOWN. */
export async function listAttachments(
  context: RelayContext,
  key: Omit<AttachmentKey, 'label'>,
): Promise<readonly AttachmentView[]> {
  const post = postHere(context, key);
  const files = await filesUnlessGone(context, post);
  return files.map((file) => ({
    label: file.label,
    name: savedName(file),
    mediaType: file.mediaType,
    category: file.category,
    bytes: file.file.bytes,
    digest: digestFromBytes(file.file.digest),
    metadataKept: file.file.metadataKept,
    state: stateOf(post, context.projection.custody.ofAttachment(messageKey(post.origin, post.id), file.label)),
    piecesHere: piecesHereOf(context, post, file),
    pieces: file.file.chunks,
    holders: holdersOf(context, post, file),
  }));
}

const EVENTS: Readonly<Partial<Record<CustodyAction, CustodyLine['event']>>> = {
  [CustodyAction.ENTERED]: 'entered',
  [CustodyAction.ATTACHED]: 'attached',
  [CustodyAction.COMPLETED]: 'completed',
  [CustodyAction.OPENED]: 'opened',
  [CustodyAction.REJECTED]: 'rejected',
  [CustodyAction.ERASED]: 'erased',
};

/** What the pieces on record tell: when the first arrived here and the last; of an own file, when each member was sent and had it. */
function linesOfPieces({ projection, self }: RelayContext, post: string, label: string): readonly CustodyLine[] {
  const all = [...pieceIndex(projection).of(post, label).values()].flat();
  const line = (event: CustodyLine['event'], office: CustodyLine['office'], found: readonly Found[]): CustodyLine[] => {
    const times = [...found].sort((a, b) => a.atMs - b.atMs || a.record - b.record);
    const one = event === 'last-piece-arrived' ? times.at(-1) : times[0];
    return one === undefined ? [] : [{ ...one, event, office, by: '', code: '' }];
  };
  const arrived = all.flatMap((piece) =>
    piece.direction === 'inbound' && piece.deliveredMs !== null
      ? [{ atMs: piece.receivedMs, record: piece.record }]
      : [],
  );
  const lines = [...line('first-piece-arrived', self, arrived), ...line('last-piece-arrived', self, arrived)];
  const sent = all.flatMap((piece) =>
    piece.direction === 'outbound'
      ? [...piece.copies.values(), ...projection.added.of(messageKey(self, piece.id))].map((copy) => ({ piece, copy }))
      : [],
  );
  for (const to of new Set(sent.map(({ copy }) => copy.to))) {
    const copies = sent.filter(({ copy }) => copy.to === to);
    const framed = copies.flatMap(({ piece, copy }) =>
      copy.framedMs === null ? [] : [{ atMs: copy.framedMs, record: piece.record }],
    );
    const got = copies.flatMap(({ copy }) =>
      copy.receipts.filter(({ kind }) => kind === ReceiptKind.DELIVERY).map(({ atMs, record }) => ({ atMs, record })),
    );
    const words = copies.flatMap(({ copy }) => copy.receipts);
    const opened = words.filter(({ kind }) => kind === ReceiptKind.RETRIEVAL);
    const rejected = words.filter(({ kind, reason }) => kind === ReceiptKind.NON_RETRIEVAL && reason !== 'EXPIRED');
    lines.push(
      ...line('first-piece-sent', to, framed),
      ...line('last-piece-arrived', to, got),
      ...line('opened', to, opened),
      ...line('rejected', to, rejected).map((one) => ({ ...one, code: rejected[0]?.reason ?? '' })),
    );
  }
  return lines;
}

interface Found {
  readonly atMs: EpochMs;
  readonly record: number;
}

/** The chain of custody of a file, in time order. @throws AttachmentsError ATTACHMENTS_UNKNOWN. */
export async function custodyOf(context: RelayContext, key: AttachmentKey): Promise<CustodyReport> {
  const post = postHere(context, key);
  const name = messageKey(post.origin, post.id);
  const history = context.projection.custody.ofAttachment(name, key.label);
  const file = (await filesUnlessGone(context, post)).find(({ label }) => label === key.label);
  const [first] = history;
  const facts =
    first ??
    (file === undefined
      ? undefined
      : {
          digest: digestFromBytes(file.file.digest),
          originalDigest: null,
          bytes: file.file.bytes,
          mediaType: file.mediaType,
          category: file.category,
          metadataKept: file.file.metadataKept,
        });
  if (facts === undefined)
    throw new AttachmentsError('ATTACHMENTS_UNKNOWN', { context: { origin: key.origin, id: key.id } });
  const recorded = history.map(
    ({ action, atMs, by, failure: code, record }): CustodyLine => ({
      atMs,
      event: EVENTS[action] ?? 'entered',
      office: context.self,
      by,
      code,
      record,
    }),
  );
  const lines = [...recorded, ...linesOfPieces(context, name, key.label)];
  const { digest, originalDigest, bytes, mediaType, category, metadataKept } = facts;
  return {
    operation: key.operation,
    post: { origin: post.origin, id: post.id },
    label: key.label,
    digest,
    originalDigest,
    bytes,
    mediaType,
    category,
    metadataKept,
    lines: lines.sort((a, b) => a.atMs - b.atMs || a.record - b.record),
    holders: file === undefined ? [] : holdersOf(context, post, file),
  };
}
