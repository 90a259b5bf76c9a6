import { digestOf, isLiaisonError, type OfficeId, utf8 } from '../../../foundation/index.ts';
import { type AnyMessage, messageKey, type OutboundMessage } from '../../../ledger/index.ts';
import {
  CrossingOccasion,
  CustodyAction,
  HandlingCode,
  MessageKind,
  Precedence,
  Purpose,
} from '../../../wire/index.ts';
import { addCrossing, assertCurrent } from '../../consents/add-crossing.ts';
import { exportQuestion } from '../../gate-questions.ts';
import type { RelayContext } from '../../parts.ts';
import { recallsOf } from '../../recall/recall-in-force.ts';
import { readOwn } from '../../stored-messages.ts';
import type { Submissions } from '../../submit-message.ts';
import { referenceOf } from '../channel/fold-posts.ts';
import { audienceOf } from '../channel/say-post.ts';
import { isPresent } from '../members.ts';
import type { OperationView } from '../types.ts';
import { referenceTo } from './custody-event.ts';
import { AttachmentsError } from './errors.ts';
import { PIECES_UNDER_WAY } from './limits.ts';
import { pieceIndex } from './piece-index.ts';
import { filesOfPost, type OpenableFile } from './read-files.ts';
import { copiesOfPiece, type PieceState, releaseOf, statesOfPieces } from './release-state.ts';

/** A file of an own post on its way to members. */
interface Sending {
  readonly view: OperationView;
  readonly post: OutboundMessage;
  readonly file: OpenableFile;
}

/** A piece that members are to get now. */
interface Due {
  readonly sending: Sending;
  readonly chunk: number;
  readonly to: readonly OfficeId[];
}

/** Gives members the pieces that they lack and may have. */
export interface PieceSender {
  /** Sends on, for each member no more than a few pieces ahead of its receipts; false when there is nothing to send now. */
  readonly sendOn: () => Promise<boolean>;
}

const NODE = 'node';

/** The sender of this office: what is still to be sent it knows from the ledger alone. */
export function pieceSender(context: RelayContext, messages: Submissions): PieceSender {
  const { projection, self, clock } = context;
  const index = pieceIndex(projection);
  const settled = new Set<string>();

  const isRunning = (view: OperationView): boolean =>
    isPresent(view, self) && (view.state === 'live' || view.state === 'suspended' || view.state === 'closing');

  /** Own posts with files that may still be sent. */
  const open = async (): Promise<readonly Sending[]> => {
    const found: Sending[] = [];
    for (const post of projection.ofKind(MessageKind.OPERATION_POST)) {
      if (post.direction !== 'outbound' || !isSendable(post)) continue;
      const view = context.operations.get(post.terms?.post?.operation?.operation ?? '');
      if (view === undefined || !isRunning(view)) continue;
      for (const file of await filesOfPost(context, post)) found.push({ view, post, file });
    }
    return found;
  };

  const isSendable = (post: OutboundMessage): boolean =>
    (post.terms?.post?.attachments ?? 0) > 0 &&
    clock.now() < post.expiresMs &&
    post.erased === null &&
    recallsOf(projection, messageKey(self, post.id)).length === 0;

  const assertSendable = ({ post, view }: Sending, to: readonly OfficeId[]): void => {
    const now = context.operations.get(view.id);
    if (!isSendable(post) || now === undefined || !to.every((office) => isPresent(now, office)))
      throw new AttachmentsError('ATTACHMENTS_PIECE_UNAWAITED');
  };

  const sealedPiece = async ({ post, file }: Sending, chunk: number): Promise<Uint8Array | undefined> => {
    const history = projection.custody.ofAttachment(messageKey(self, post.id), file.label);
    const ref = history.find(({ action }) => action === CustodyAction.ENTERED)?.chunks[chunk];
    return ref === undefined ? undefined : await context.content.get(ref);
  };

  const sign = async (sending: Sending, chunk: number, recipients: readonly OfficeId[]): Promise<void> => {
    const { view, post, file } = sending;
    const sealed = await sealedPiece(sending, chunk);
    if (sealed === undefined) return;
    const { charter } = view.charter;
    await messages.submit(
      {
        submittedBy: NODE,
        kind: MessageKind.ATTACHMENT_CHUNK,
        recipients,
        precedence: Precedence.ROUTINE,
        purpose: charter.purposes[0] ?? Purpose.UNSPECIFIED,
        handling: HandlingCode.H0,
        caveat: '',
        caseReference: '',
        expiresMs: post.expiresMs,
        inReplyTo: '',
        supersedes: '',
        drill: view.drill,
        body: {
          terms: {
            operation: referenceOf(view),
            target: referenceTo(post),
            attachment: file.label,
            chunk,
            chunks: file.file.chunks,
          },
          crimeArea: charter.crimeAreas[0],
          sealed,
        },
        idempotencyKey: '',
        submissionDigest: digestOf(utf8(`${post.id} ${file.label} ${chunk}`)),
      },
      { guard: () => assertSendable(sending, recipients) },
    );
  };

  /** The same envelope, for a member that was not among its first recipients. */
  const pass = async (sending: Sending, piece: OutboundMessage, to: OfficeId): Promise<void> => {
    const now = clock.now();
    const { question, retentionDays } = exportQuestion(context, await readOwn(context, piece), to, now);
    await addCrossing(context, {
      message: piece,
      decided: context.gates().decideExport(question),
      kind: {},
      occasion: CrossingOccasion.HISTORY,
      by: NODE,
      reason: 'ATTACHMENT',
      reliesOn: null,
      purpose: Purpose.UNSPECIFIED,
      retentionDays,
      guard: (at) => {
        assertCurrent(projection, piece, at);
        assertSendable(sending, [to]);
      },
    });
  };

  /** An envelope with that piece of which the member has had no copy. */
  const unsent = (envelopes: readonly AnyMessage[], to: OfficeId): OutboundMessage | undefined =>
    envelopes.find(
      (message): message is OutboundMessage =>
        message.direction === 'outbound' &&
        message.erased === null &&
        copiesOfPiece(projection, [message], to).length === 0,
    );

  const give = async (sending: Sending, chunk: number, to: readonly OfficeId[]): Promise<void> => {
    const envelopes = index.of(messageKey(self, sending.post.id), sending.file.label).get(chunk) ?? [];
    const anew: OfficeId[] = [];
    for (const office of to) {
      const known = unsent(envelopes, office);
      if (known === undefined) anew.push(office);
      else await pass(sending, known, office);
    }
    if (anew.length > 0) await sign(sending, chunk, anew);
  };

  /** How far each piece of the file is with a member that may have it; undefined where nothing is to be sent to it now. */
  const statesFor = ({ post, file }: Sending, to: OfficeId): readonly PieceState[] | undefined => {
    const key = `${post.id} ${file.label} ${to}`;
    if (settled.has(key) || releaseOf(projection, post, file, to) !== 'yes') return undefined;
    const states = statesOfPieces(projection, post, file, to);
    // Whoever does not take one piece has no use for the others.
    if (states.every((state) => state === 'here') || states.includes('given-up')) settled.add(key);
    return settled.has(key) ? undefined : states;
  };

  /** The next pieces for each member, as far as it has room for them: the files in order, and each from its first piece on. */
  const nextPieces = (files: readonly Sending[]): readonly Due[] => {
    const wanted = files.flatMap((sending) =>
      audienceOf(sending.view, self).flatMap((to) => {
        const states = context.neighbour(to) === undefined ? undefined : statesFor(sending, to);
        return states === undefined ? [] : [{ sending, to, states }];
      }),
    );
    const room = new Map<OfficeId, number>();
    for (const { to, states } of wanted) {
      const underWay = states.filter((state) => state === 'under-way').length;
      room.set(to, (room.get(to) ?? PIECES_UNDER_WAY) - underWay);
    }
    const due = new Map<string, { sending: Sending; chunk: number; to: OfficeId[] }>();
    for (const { sending, to, states } of wanted) {
      for (const [chunk, state] of states.entries()) {
        const left = room.get(to) ?? 0;
        if (left <= 0) break;
        if (state !== 'none') continue;
        room.set(to, left - 1);
        const key = `${sending.post.id} ${sending.file.label} ${chunk}`;
        const one = due.get(key) ?? { sending, chunk, to: [] };
        due.set(key, one);
        one.to.push(to);
      }
    }
    return [...due.values()];
  };

  return {
    sendOn: async () => {
      const files = await open();
      if (files.length === 0) return false;
      const due = nextPieces(files);
      for (let at = 0; at < due.length; at += PIECES_UNDER_WAY) {
        const works = due.slice(at, at + PIECES_UNDER_WAY).map(({ sending, chunk, to }) => give(sending, chunk, to));
        // Somebody left meanwhile, the store is full for now, or the node stops: the next sweep knows.
        for (const result of await Promise.allSettled(works)) {
          if (result.status === 'fulfilled') continue;
          if (!isLiaisonError(result.reason)) throw result.reason;
          return false;
        }
      }
      return due.length > 0;
    },
  };
}
