import { toHex } from '../../foundation/index.ts';
import type { OutboundNumbers } from './outbound-numbers.ts';
import { readFrameHeader } from './read-bytes.ts';
import type { Rule } from './types.ts';

/**
 * Every frame is this office's and this ledger's, follows the one before it on its lane, and holds only numbers that a
 * decision recorded before it let go; nothing was relayed that was not sealed. `chain` gives the ledger's identity.
 */
export function frameRule(office: string, chain: () => string, numbers: OutboundNumbers): Rule {
  return ({ record, find, count }) => {
    const { frameSealed, frameRelayed } = record;
    if (frameSealed !== null) {
      count('frames');
      const header = readFrameHeader(frameSealed.header);
      if (header === undefined) {
        find('LEDGER_FRAME_MALFORMED');
        return;
      }
      const { from, to, lane, first, last, previous, digest } = header;
      const facts = { to, lane, first, last };
      if (from !== office || toHex(header.chain) !== chain()) find('LEDGER_FRAME_FOREIGN', facts);
      if (numbers.chain(to, lane, digest) !== toHex(previous)) find('LEDGER_FRAME_UNCHAINED', facts);
      const { gap, undecided } = numbers.frame(to, lane, first, last);
      if (gap) find('LEDGER_FRAME_GAP', facts);
      if (undecided) find('LEDGER_FRAME_UNDECIDED', facts);
    } else if (frameRelayed !== null) {
      const { to, lane, last } = frameRelayed;
      if (last < 1 || last > numbers.framedThrough(to, lane)) find('LEDGER_RELAYED_UNSEALED', { to, lane, last });
    }
  };
}
