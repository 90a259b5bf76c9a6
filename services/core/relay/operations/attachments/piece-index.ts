import { type AnyMessage, messageKey, type OfficeProjection } from '../../../ledger/index.ts';
import { MessageKind, Outcome } from '../../../wire/index.ts';

/** The pieces of one file that are on record here, by their places. */
export type PiecesOfFile = ReadonlyMap<number, readonly AnyMessage[]>;

/** Finds pieces by the file that they are of; read on from where it stopped. */
export interface PieceIndex {
  readonly of: (post: string, label: string) => PiecesOfFile;
  /** All pieces that came from others. */
  readonly arrived: () => readonly AnyMessage[];
}

const NONE: PiecesOfFile = new Map();
const indexes = new WeakMap<object, PieceIndex>();

/** Names a file of a post. */
export function fileKey(post: string, label: string): string {
  return `${post} ${label}`;
}

/** A piece that came in and was let in. */
export function isHere(piece: AnyMessage): boolean {
  return piece.direction === 'inbound' && piece.decision.outcome === Outcome.RELEASED && piece.erased === null;
}

/** The index over a projection; one for each. */
export function pieceIndex(projection: Pick<OfficeProjection, 'ofKind'>): PieceIndex {
  const known = indexes.get(projection);
  if (known !== undefined) return known;
  const byFile = new Map<string, Map<number, AnyMessage[]>>();
  const arrived: AnyMessage[] = [];
  let read = 0;
  const readOn = (): void => {
    const all = projection.ofKind(MessageKind.ATTACHMENT_CHUNK);
    for (; read < all.length; read++) {
      const message = all[read] as AnyMessage;
      const terms = message.terms?.chunk ?? null;
      if (terms === null || terms.target === null) continue;
      if (message.direction === 'inbound') arrived.push(message);
      const key = fileKey(messageKey(terms.target.origin, terms.target.id), terms.attachment);
      const pieces = byFile.get(key) ?? new Map<number, AnyMessage[]>();
      byFile.set(key, pieces);
      const same = pieces.get(terms.chunk);
      if (same === undefined) pieces.set(terms.chunk, [message]);
      else same.push(message);
    }
  };
  const index: PieceIndex = {
    of: (post, label) => {
      readOn();
      return byFile.get(fileKey(post, label)) ?? NONE;
    },
    arrived: () => {
      readOn();
      return arrived;
    },
  };
  indexes.set(projection, index);
  return index;
}
