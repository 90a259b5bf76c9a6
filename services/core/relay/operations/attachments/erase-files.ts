import { isLiaisonError } from '../../../foundation/index.ts';
import { type AnyMessage, type CustodyView, messageKey } from '../../../ledger/index.ts';
import {
  type ContentRef,
  CustodyAction,
  ErasureCause,
  MessageKind,
  type MessageRef,
  RecallAction,
} from '../../../wire/index.ts';
import { hasEnd } from '../../end-copy.ts';
import { bodyErasure, type ErasureOrder } from '../../erase-body.ts';
import type { RelayContext } from '../../parts.ts';
import { recallInForce } from '../../recall/index.ts';
import { operationSubject } from '../say-act.ts';
import { custodyAfter, referenceTo } from './custody-event.ts';
import { UNATTACHED_MS } from './limits.ts';
import { pieceIndex } from './piece-index.ts';

/** Takes files away before their time: the ledger first, then the disk. */
export interface FileErasure {
  /** What a recall, a rejection or a day without a post orders is on record and off the disk, as far as that can be now. */
  readonly sweep: () => Promise<void>;
}

const ERASED_AT_ONCE = 32;

/** The erasure of files at this office. */
export function fileErasure(context: RelayContext): FileErasure {
  const { projection, self, clock } = context;
  const bodies = bodyErasure(context);
  /** What an earlier run recorded is taken off the disk again: it may have ended in between. */
  let looked = 0;
  let failing = '';

  const isErased = (history: readonly CustodyView[]): boolean =>
    history.some(({ action }) => action === CustodyAction.ERASED);

  /** Whether frames that hold the piece may have to be sent again. */
  const isNeeded = (piece: AnyMessage): boolean => {
    if (piece.direction === 'inbound') return false;
    const copies = [...piece.copies.values(), ...projection.added.of(messageKey(self, piece.id))];
    return copies.some(
      (copy) =>
        copy.crossing !== null &&
        !hasEnd(copy) &&
        copy.number > projection.lanes.lane(copy.to, copy.lane).confirmedThrough,
    );
  };

  const piecesOf = (post: string, label: string): readonly AnyMessage[] =>
    [...pieceIndex(projection).of(post, label).values()].flat();

  /** The bodies of pieces, a few at a time; true when none is left. */
  const eraseBodies = async (pieces: readonly AnyMessage[], order: ErasureOrder): Promise<boolean> => {
    const left = pieces.filter(isLeft);
    for (let at = 0; at < left.length; at += ERASED_AT_ONCE) {
      const now = left.slice(at, at + ERASED_AT_ONCE).filter((piece) => !isNeeded(piece));
      const events = await Promise.all(now.map(async (piece) => [piece, await bodies.record(piece, order)] as const));
      await context.desk.commit(() => ({
        contents: [],
        events: () => events.flatMap(([piece, event]) => (event === null || piece.erased !== null ? [] : [event])),
        result: () => undefined,
      }));
    }
    return left.every((piece) => !isNeeded(piece));
  };

  /** A piece whose body is here: neither erased nor gone with its retention. */
  const isLeft = ({ erased, content }: AnyMessage): boolean =>
    erased === null &&
    content !== null &&
    content.day >= new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '');

  /** What was ordered about all files of a post, here: null where nothing was. */
  const orderOf = (post: AnyMessage): ErasureOrder | null => {
    const recall = recallInForce(projection, messageKey(post.origin, post.id));
    if (recall === null || recall.terms.action !== RecallAction.DELETE) return null;
    const orderedBy = referenceTo(recall.message);
    if (post.direction === 'outbound') return { cause: ErasureCause.RECALL, orderedBy, by: submitter(recall.message) };
    // A holder's officers answer a recall; what came of the file is erased with the post.
    return post.erased === null ? null : { cause: ErasureCause.RECALL, orderedBy, by: post.erased.by };
  };

  const labelsOf = (post: AnyMessage): readonly string[] =>
    Array.from({ length: post.terms?.post?.attachments ?? 0 }, (_, place) => `A${place + 1}`);

  const eraseRecalled = async (): Promise<void> => {
    for (const post of projection.ofKind(MessageKind.OPERATION_POST)) {
      if ((post.terms?.post?.attachments ?? 0) === 0) continue;
      const order = orderOf(post);
      if (order === null) continue;
      for (const label of labelsOf(post)) await eraseFile(post, label, order);
    }
  };

  const eraseFile = async (post: AnyMessage, label: string, order: ErasureOrder): Promise<void> => {
    const key = messageKey(post.origin, post.id);
    const history = (): readonly CustodyView[] => projection.custody.ofAttachment(key, label);
    const pieces = piecesOf(key, label);
    const isOver = isErased(history()) && !pieces.some(isLeft);
    if (isOver || !(await eraseBodies(pieces, order))) return;
    const [before] = history();
    // Of a file that never was whole here the erased pieces are all there is to tell.
    if (before === undefined) return;
    await recordErased(before, referenceTo(post), history, { by: order.by, label });
  };

  const eraseRejected = async (): Promise<void> => {
    for (const rejected of projection.custody.all) {
      if (rejected.action !== CustodyAction.REJECTED) continue;
      const history = (): readonly CustodyView[] => projection.custody.ofAttachment(rejected.post, rejected.label);
      if (isErased(history())) continue;
      const post = projection.inbound.get(rejected.post);
      if (post === undefined) continue;
      const order = { cause: ErasureCause.REJECTED, orderedBy: referenceTo(post), by: '' };
      if (await eraseBodies(piecesOf(rejected.post, rejected.label), order))
        await recordErased(rejected, referenceTo(post), history);
    }
  };

  const eraseUnattached = async (): Promise<void> => {
    for (const entered of projection.custody.all) {
      if (entered.action !== CustodyAction.ENTERED || clock.now() < entered.atMs + UNATTACHED_MS) continue;
      const history = (): readonly CustodyView[] => projection.custody.ofFile(entered.file);
      if (history().length === 1) await recordErased(entered, null, history);
    }
  };

  const recordErased = async (
    before: CustodyView,
    post: MessageRef | null,
    history: () => readonly CustodyView[],
    what: { readonly by: string; readonly label?: string } = { by: '' },
  ): Promise<void> => {
    await context.desk.commit(
      () => ({
        contents: [],
        events: () => {
          const wasTaken = post === null && history().length > 1;
          const isOver = isErased(history()) || wasTaken;
          return isOver ? [] : [custodyAfter(before, post, { action: CustodyAction.ERASED, ...what })];
        },
        result: () => undefined,
      }),
      // A post may be about to take it.
      [operationSubject(before.operation)],
    );
  };

  /** Where the pieces and the key of a file that was handed in here lay: nothing may be there any more. */
  const takeOff = async (): Promise<void> => {
    const { all } = projection.custody;
    for (; looked < all.length; looked++) {
      const { action, file } = all[looked] as CustodyView;
      if (action !== CustodyAction.ERASED || file === '') continue;
      const [entered] = projection.custody.ofFile(file);
      const refs = [...(entered?.chunks ?? []), ...(entered?.fileContent ? [entered.fileContent] : [])];
      try {
        await context.content.erase(refs.filter(isStored));
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        // Tried again at the next sweep.
        if (failing !== cause.code) context.events.alarm({ code: cause.code, office: self });
        failing = cause.code;
        return;
      }
    }
    failing = '';
  };

  return {
    sweep: async () => {
      await eraseRecalled();
      await eraseRejected();
      await eraseUnattached();
      // The bodies of messages are taken off the disk with those of all other erasures.
      await takeOff();
    },
  };
}

function isStored({ day }: ContentRef): boolean {
  return day !== '';
}

function submitter(message: AnyMessage): string {
  return message.direction === 'outbound' ? message.submittedBy : '';
}
