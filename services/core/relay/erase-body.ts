import { crossingWithoutParts, messageWithoutParts } from '../envelope/index.ts';
import { type EpochMs, isLiaisonError } from '../foundation/index.ts';
import { type AnyMessage, type ContentItem, type ErasureView, type LedgerEvent, messageKey } from '../ledger/index.ts';
import type { ContentRef, ErasureCause, MessageRef } from '../wire/index.ts';
import type { RelayContext } from './parts.ts';

/** Why a body is erased, and by whom. */
export interface ErasureOrder {
  readonly cause: ErasureCause;
  /** The message that ordered it; null where none did. */
  readonly orderedBy: MessageRef | null;
  /** Empty for the node itself. */
  readonly by: string;
}

/** Takes bodies away before their time: the ledger first, then the disk; what was signed about them stays. */
export interface BodyErasure {
  /** What is to go on record; what stays of the message is on disk by then. Null where no body of it is here. */
  readonly record: (message: AnyMessage, order: ErasureOrder) => Promise<LedgerEvent | null>;
  /** Everything that is recorded as erased is off the disk when it resolves; what failed is tried again at a call ten seconds later. */
  readonly sweep: () => Promise<void>;
}

const ERASED_AT_ONCE = 256;
const AGAIN_AFTER_MS = 10_000;
const DAY = /^(\d{4})(\d{2})(\d{2})$/;

/** The erasure of bodies at this office. */
export function bodyErasure(context: RelayContext): BodyErasure {
  const { content, projection, recent } = context;
  let looked = 0;
  let failed: readonly ErasureView[] = [];
  let failing = '';
  let againMs = 0;
  /** What was erased in an earlier run was told then. */
  let started = projection.erasures.length === 0;
  let turn: Promise<void> = Promise.resolve();

  const takeOff = async (erasures: readonly ErasureView[], tell: boolean): Promise<void> => {
    try {
      // Together, so that a batch that holds several of them is written anew once.
      await content.erase(erasures.flatMap(({ contents }) => contents));
      failing = '';
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      failed = [...failed, ...erasures];
      againMs = context.clock.now() + AGAIN_AFTER_MS;
      if (failing !== cause.code) context.events.alarm({ code: cause.code, office: context.self });
      failing = cause.code;
      return;
    }
    if (tell) for (const { origin, id } of erasures) context.events.erased({ origin, id });
  };

  const forget = (key: string): void => {
    const copies = [...(projection.outbound.get(key)?.copies.values() ?? []), ...projection.added.of(key)];
    for (const { crossing } of copies) if (crossing !== null) recent.forget(crossing.digest);
  };

  const sweep = async (): Promise<void> => {
    if (failed.length > 0 && context.clock.now() >= againMs) {
      const again = failed;
      failed = [];
      await takeOff(again, true);
    }
    while (looked < projection.erasures.length) {
      const next = projection.erasures.slice(looked, looked + ERASED_AT_ONCE);
      looked += next.length;
      for (const { origin, id } of next) forget(messageKey(origin, id));
      await takeOff(next, started);
    }
    started = true;
  };

  return {
    record: async (message, { cause, orderedBy, by }) => {
      const strip = message.direction === 'outbound' ? messageWithoutParts : crossingWithoutParts;
      const found = await Promise.all(contentsOf(message).map(async (ref) => ({ ref, bytes: await content.get(ref) })));
      const present = found.flatMap(({ ref, bytes }) => (bytes === undefined ? [] : [{ ref, kept: strip(bytes) }]));
      if (message.erased !== null || present.length === 0) return null;
      const kept = await content.put(
        present.map(({ ref, kept: bytes }): ContentItem => ({ bytes, expiresAt: within(ref.day) })),
      );
      return {
        contentErased: {
          origin: message.origin,
          envelopeId: message.id,
          cause,
          orderedBy,
          by,
          digests: present.map(({ ref }) => ref.digest),
          kept: [...kept],
        },
      };
    },
    sweep: () => {
      const done = turn.then(sweep);
      turn = done.catch(() => undefined);
      return done;
    },
  };
}

/** Where the bodies of a message lie at this office. */
function contentsOf(message: AnyMessage): readonly ContentRef[] {
  const refs =
    message.direction === 'outbound'
      ? [message.content]
      : [message.content, ...message.supplements.map((supplement) => supplement.content)];
  return refs.filter((ref): ref is ContentRef => ref !== null && ref.day !== '');
}

/** A time of that day, its middle: what stays of a body is kept as long as the body would have been. */
export function within(day: string): EpochMs {
  const [, year, month, date] = DAY.exec(day) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(date), 12) as EpochMs;
}
