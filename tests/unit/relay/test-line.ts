import type { DurationMs, Scope } from '../../../services/core/foundation/index.ts';
import type { ArrivalPort, PrecedenceWord, PublishHow } from '../../../services/core/relay/index.ts';

/** What the line between two offices does with one publication. */
export type LineFault = 'pass' | 'lose' | 'lose-ack' | 'refuse' | 'twice' | 'late' | 'corrupt';

/** Something that was put on the line. */
export interface Published {
  readonly precedence: PrecedenceWord;
  readonly bytes: Uint8Array;
  /** Where it was published under one. */
  readonly scope?: Scope | undefined;
}

/** A line in one direction: keeps what arrived until it is acknowledged, and hands it out anew to whoever comes next. */
export interface TestLine {
  readonly publish: (
    precedence: PrecedenceWord,
    bytes: Uint8Array,
    scope?: Scope,
    timeoutMs?: DurationMs,
    how?: PublishHow,
  ) => Promise<void>;
  /** What arrives from now on goes to this reader, with all that nobody has acknowledged. */
  readonly open: () => ArrivalPort & { readonly close: () => void };
  /** Puts something there as a stranger would who sits on the line. */
  readonly inject: (precedence: PrecedenceWord, bytes: Uint8Array, deliveries?: number) => void;
  /** What is there and not acknowledged. */
  readonly waiting: () => number;
  /** Everything that was ever published, faults or not. */
  readonly log: Published[];
  readonly counts: { acked: number; naked: number };
  /** The channels that the reader takes besides the pair's own scope. */
  channels: readonly Scope[];
  decide: (precedence: PrecedenceWord, bytes: Uint8Array) => LineFault;
  up: boolean;
  /** Acknowledgements of what arrived are lost, so that it comes again. */
  losesAcks: boolean;
  /** How long a publication takes, by its size. */
  delayMs: (bytes: number) => number;
}

/** The line is down, or an answer was lost; no error of ours. */
export class LineDown extends Error {}

const ORDER: readonly PrecedenceWord[] = ['flash', 'immediate', 'priority', 'routine'];
const NAK_MS = 3;

interface Kept extends Published {
  deliveries: number;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function testLine(): TestLine {
  let queue: Kept[] = [];
  let outstanding = new Set<Kept>();
  let reader: { resolve: ((arrival: Awaited<ReturnType<ArrivalPort['next']>>) => void) | undefined } = {
    resolve: undefined,
  };

  const offer = (): void => {
    const { resolve } = reader;
    if (resolve === undefined) return;
    const found = ORDER.map((precedence) => queue.find((entry) => entry.precedence === precedence)).find(
      (entry) => entry !== undefined,
    );
    if (found === undefined) return;
    queue = queue.filter((entry) => entry !== found);
    reader.resolve = undefined;
    found.deliveries++;
    const mine = outstanding;
    mine.add(found);
    const again = (): void => {
      if (mine !== outstanding || !mine.delete(found)) return;
      queue.push(found);
      offer();
    };
    resolve({
      subject: '',
      precedence: found.precedence,
      bytes: found.bytes,
      deliveries: found.deliveries,
      ack: async () => {
        await nextTurn();
        line.counts.acked++;
        if (line.losesAcks) {
          setTimeout(again, NAK_MS);
          throw new LineDown('acknowledgement lost');
        }
        mine.delete(found);
      },
      nak: () => {
        line.counts.naked++;
        setTimeout(again, NAK_MS);
      },
      term: () => void mine.delete(found),
    });
  };

  const put = (precedence: PrecedenceWord, bytes: Uint8Array, deliveries = 0): void => {
    queue.push({ precedence, bytes: new Uint8Array(bytes), deliveries });
    offer();
  };

  const line: TestLine = {
    log: [],
    counts: { acked: 0, naked: 0 },
    up: true,
    losesAcks: false,
    delayMs: () => 0,
    channels: [],
    decide: () => 'pass',
    inject: put,
    waiting: () => queue.length + outstanding.size,
    publish: async (precedence, bytes, scope) => {
      const delayMs = line.delayMs(bytes.length);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      else await nextTurn();
      if (!line.up) throw new LineDown('line down');
      line.log.push({ precedence, bytes: new Uint8Array(bytes), scope });
      const fault = line.decide(precedence, bytes);
      if (fault === 'refuse') throw new LineDown('refused');
      if (fault === 'lose') return;
      if (fault === 'late') {
        setTimeout(() => put(precedence, bytes), 30);
        return;
      }
      const arriving = new Uint8Array(bytes);
      if (fault === 'corrupt') {
        const at = Math.floor(bytes.length / 2);
        arriving[at] = (arriving[at] ?? 0) ^ 1;
      }
      put(precedence, arriving);
      if (fault === 'twice') put(precedence, bytes);
      if (fault === 'lose-ack') throw new LineDown('acknowledgement lost');
    },
    open: () => {
      queue = [...outstanding, ...queue];
      outstanding = new Set();
      const own: typeof reader = { resolve: undefined };
      let closed = false;
      reader = own;
      return {
        setChannels: async (channels) => {
          line.channels = [...channels];
        },
        next: () =>
          new Promise((resolve) => {
            if (closed) return resolve(undefined);
            own.resolve = resolve;
            offer();
          }),
        close: () => {
          closed = true;
          own.resolve?.(undefined);
          own.resolve = undefined;
        },
      };
    },
  };
  return line;
}
