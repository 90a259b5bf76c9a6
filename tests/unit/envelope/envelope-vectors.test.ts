import { describe, expect, it } from 'vitest';
import {
  openDocument,
  openFrame,
  receiveTransit,
  verifyCrossing,
  verifyReceipt,
  verifyStatus,
} from '../../../services/core/envelope/index.ts';
import { type EpochMs, parseOfficeId } from '../../../services/core/foundation/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import { drillUnsealerOfLaos, laoStore, unsealerOfLaos } from '../../vectors/envelopes/generator/actors.ts';
import { type EnvelopeVector, envelopeVectors } from '../../vectors/envelopes/generator/generate.ts';
import { committedVectors } from '../trust/committed-vectors.ts';

const vectors = committedVectors('envelopes', await envelopeVectors());
const store = await laoStore();

/** Everything that an office does with what arrives, before any policy is asked. */
async function receive(vector: EnvelopeVector): Promise<void> {
  const now = Date.parse(vector.now) as EpochMs;
  const self = parseOfficeId(vector.self);
  const context = { keyOf: store.keysForArrival(now), heads: headCache(), now };
  const received = receiveTransit(Buffer.from(vector.transit, 'base64'));
  if (received.transit === 'document') {
    await openDocument(received, { self, unsealer: unsealerOfLaos() });
    return;
  }
  const frame = await openFrame(received, {
    ...context,
    self,
    unsealer: unsealerOfLaos(),
    drillUnsealer: drillUnsealerOfLaos(),
  });
  if (frame.carries === 'crossings') for (const item of frame.crossings) verifyCrossing(item, context);
  else if (frame.carries === 'receipts') for (const item of frame.receipts) verifyReceipt(item, context);
  else verifyStatus(frame.status);
}

describe('envelope vectors', () => {
  it('are what the committed generator makes, byte for byte', vectors.expectCommitted);

  it.each(vectors.names)('%s', async (name) => {
    const vector = vectors.readVector<EnvelopeVector>(name);
    const answer = receive(vector);
    if (vector.code === null) await expect(answer).resolves.toBeUndefined();
    else await expect(answer).rejects.toMatchObject({ code: vector.code });
  });
});
