import { fromUtf8, utf8 } from '../foundation/index.ts';
import { BusError } from './errors.ts';
import { isRecord } from './is-record.ts';

const MAX_ANSWER_BYTES = 4096;
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** A hub's answer to what an office published: it is stored as that entry of its log, or why it is not. */
export type HubAnswer = { readonly entry: number } | { readonly refused: string };

/** The answer as it goes over the link. */
export function formatHubAnswer(answer: HubAnswer): Uint8Array {
  return utf8(JSON.stringify(answer));
}

/**
 * The entry of the hub's log that it says to have stored it as.
 * @throws BusError BUS_PEER_REFUSED with the hub's code as `refused`, BUS_ANSWER_INVALID.
 */
export function parseHubAnswer(data: Uint8Array): number {
  let answer: unknown;
  try {
    if (data.length > MAX_ANSWER_BYTES) throw new TypeError('too long');
    answer = JSON.parse(fromUtf8(data));
  } catch (cause) {
    throw new BusError('BUS_ANSWER_INVALID', { cause });
  }
  if (!isRecord(answer)) throw new BusError('BUS_ANSWER_INVALID');
  const { refused, entry } = answer;
  // Whoever is at the far end writes what he likes: only what has the form of a code goes any further.
  if (typeof refused === 'string' && CODE.test(refused))
    throw new BusError('BUS_PEER_REFUSED', { context: { refused } });
  if (!Number.isSafeInteger(entry) || (entry as number) < 1) throw new BusError('BUS_ANSWER_INVALID');
  return entry as number;
}
