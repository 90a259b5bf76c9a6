import { afterEach, describe, expect, it } from 'vitest';
import { receiveTransit } from '../../../services/core/envelope/index.ts';
import { CrimeArea, frameHeaderCodec, Lane, MessageKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { releaseCrossing } from './release-crossing.ts';
import type { Published } from './test-line.ts';
import { ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

function laneOn({ bytes }: Pick<Published, 'bytes'>): Lane {
  const received = receiveTransit(bytes);
  return received.transit === 'frame' ? frameHeaderCodec.decode(received.header).lane : Lane.UNSPECIFIED;
}

const PIECE = {
  kind: MessageKind.ATTACHMENT_CHUNK,
  body: {
    terms: {
      operation: { operation: 'naga', charter: new Uint8Array(32) },
      target: { origin: TH, envelopeId: '019cb000-0000-7000-8000-000000000009', envelopeDigest: new Uint8Array(32) },
      attachment: 'A1',
      chunk: 0,
      chunks: 1,
    },
    crimeArea: CrimeArea.PEOPLE_SMUGGLING,
    sealed: new Uint8Array(100 * 1024),
  },
};

describe('the lane of pieces of files', () => {
  it('is numbered and chained like any other, comes after all others, and has one frame on the line', async () => {
    offices = await twoOffices({ settings: { maxFrameItems: 2, publishTimeoutMs: 5000 as never } });
    const at = offices;
    at.thToLa.up = false;
    for (let count = 0; count < 8; count++) await releaseCrossing(at.th, PIECE);
    for (let count = 0; count < 4; count++) await at.th.relay.submit(submission());
    at.thToLa.log.length = 0;
    let onLine = 0;
    let most = 0;
    const { publish } = at.thToLa;
    Object.assign(at.thToLa, {
      publish: async (...given: Parameters<typeof publish>) => {
        const isBulk = laneOn({ bytes: given[1] }) === Lane.BULK;
        if (isBulk) most = Math.max(most, ++onLine);
        await new Promise((resolve) => setTimeout(resolve, 20));
        try {
          return await publish(...given);
        } finally {
          if (isBulk) onLine--;
        }
      },
    });
    at.thToLa.up = true;
    await at.restart(at.th);

    await eventually(() => expect(at.th.projection.lanes.lane(LA, Lane.BULK).confirmedThrough).toBe(8));
    const sent = at.thToLa.log.map(laneOn).filter((lane) => lane === Lane.BULK || lane === Lane.ROUTINE);
    expect(sent.indexOf(Lane.BULK)).toBeGreaterThan(sent.indexOf(Lane.ROUTINE));
    expect(most).toBe(1);
    expect(
      at.thToLa.log.filter((each) => laneOn(each) === Lane.BULK).every(({ precedence }) => precedence === 'routine'),
    ).toBe(true);
    const view = at.th.relay.links()[0]?.lanes.find(({ lane }) => lane === Lane.BULK);
    expect(view).toMatchObject({ sentThrough: 8, confirmedThrough: 8, waiting: 0 });
    expect(at.la.relay.links()[0]?.lanes.find(({ lane }) => lane === Lane.BULK)).toMatchObject({ receivedThrough: 8 });
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('carries nothing into the scope of a pair: a piece is said in a channel alone', async () => {
    offices = await twoOffices();
    const at = offices;
    await releaseCrossing(at.th, PIECE);
    at.th.relay.linkChanged(LA, true);
    await eventually(() =>
      expect(at.la.seen).toContainEqual({
        event: 'failedCrossing',
        facts: expect.objectContaining({
          code: 'RELAY_KIND_MISPLACED',
        }),
      }),
    );
  });
});
