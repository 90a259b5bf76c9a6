import type { EnvelopeId, OfficeId } from '../foundation/index.ts';
import { messageKey } from '../ledger/index.ts';
import { ReceiptKind } from '../wire/index.ts';
import { RelayError } from './errors.ts';
import type { RelayContext } from './parts.ts';
import { RecallError, recallInForce } from './recall/index.ts';
import { sentReceipt } from './receipts.ts';

/**
 * Records that an officer opened a delivered message; its exporter gets one signed receipt, for the first who did.
 * @throws RelayError RELAY_MESSAGE_UNKNOWN for what is not in the inbox; RecallError RECALL_RECALLED.
 */
export async function retrieveMessage(
  context: RelayContext,
  origin: OfficeId,
  id: EnvelopeId,
  by: string,
): Promise<void> {
  const message = context.projection.inbound.get(messageKey(origin, id));
  if (message === undefined || message.deliveredMs === null) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
  const assertNotRecalled = (): void => {
    if (recallInForce(context.projection, messageKey(origin, id)) !== null)
      throw new RecallError('RECALL_RECALLED', { context: { origin, id } });
  };
  assertNotRecalled();
  const isFirst = (): boolean => !message.receipts.some((receipt) => receipt.kind === ReceiptKind.RETRIEVAL);
  const receipt = isFirst()
    ? await context.receipts.sign({
        kind: ReceiptKind.RETRIEVAL,
        addressee: message.from,
        origin,
        envelopeId: id,
        envelopeDigest: message.envelopeDigest,
        crossingDigest: message.crossingDigest,
        atMs: context.clock.now(),
        reason: '',
        relayedMs: message.receivedMs,
      })
    : null;
  const first = await context.desk.commit(
    (round) => {
      assertNotRecalled();
      const send = receipt !== null && isFirst();
      const event = { messageRetrieved: { origin, envelopeId: id, by } };
      return {
        contents: [],
        events: () => (send ? [event, sentReceipt(receipt, round)] : [event]),
        result: () => send,
      };
    },
    [messageKey(origin, id)],
  );
  context.events.retrieved({ origin, id });
  if (!first) return;
  context.events.receipt({ direction: 'out', peer: message.from, kind: ReceiptKind.RETRIEVAL, origin, id });
  context.wake(message.from);
}
