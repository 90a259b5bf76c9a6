import { afterEach, describe, expect, it } from 'vitest';
import { openFrame, receiveTransit } from '../../../../services/core/envelope/index.ts';
import type { Scope } from '../../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { headCache } from '../../../../services/core/trust/index.ts';
import { frameHeaderCodec, Lane, MessageKind, OperationAction } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { releaseCrossing } from '../release-crossing.ts';
import type { Published } from '../test-line.ts';
import { codesOf, ledgerFindings, submission, type TestRelay } from '../two-offices.ts';
import {
  act,
  charterOf,
  join,
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  propose,
  say,
  TH,
  untilAgreed,
  viewAt,
} from './operation-offices.ts';

const CHANNEL = `op-${OPERATION}` as Scope;
const EXERCISE = `drill-${OPERATION}` as Scope;
const PAIR = 'la-houayxay--th-chiang-khong' as Scope;

let offices: OperationOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function start(): Promise<OperationOffices> {
  offices = await operationOffices();
  return offices;
}

function headerOf({ bytes }: Pick<Published, 'bytes'>) {
  const received = receiveTransit(bytes);
  return received.transit === 'frame' ? frameHeaderCodec.decode(received.header) : undefined;
}

/** What is sound in everything that was put on the line: published under the scope that its frame was signed for. */
function expectScopes(log: readonly Published[]): void {
  for (const published of log) {
    const header = headerOf(published);
    expect(published.scope).toBe(header?.scope ?? PAIR);
    if (header?.lane === Lane.RECEIPTS || header?.lane === Lane.STATUS) expect(header.scope).toBe(PAIR);
  }
}

const copyTo = (test: TestRelay, id: string) => {
  const copy = test.projection.outbound.get(`${test.office}/${id}`)?.copies.get(LA);
  if (copy === undefined) throw new TypeError('no copy');
  return copy;
};

describe('a channel on the line', () => {
  it('has its posts in its own scope, and acts, receipts and states in the scope of the pair', async () => {
    const at = await start();
    await liveOperation(at);
    for (const text of ['one', 'two']) await say(at.th, text);
    await at.th.relay.submit(submission());
    await untilAgreed(at, TH, LA, MM);
    const log = at.line(TH, LA).log;
    expectScopes(log);
    const scopes = new Set(log.map(({ scope }) => scope));
    expect(scopes).toEqual(new Set([PAIR, CHANNEL]));
    for (const test of at.all) expect(await ledgerFindings(test)).toEqual([]);
  });

  it('is taken in from the moment on which the office signed until it has left, and for an hour after from who has left', async () => {
    const at = await start();
    await propose(at);
    await eventually(() => viewAt(at.la));
    await eventually(() => expect(at.line(LA, TH).channels).toEqual([CHANNEL]));
    expect(at.line(TH, LA).channels).toEqual([]);
    await join(at, LA);
    await eventually(() => expect(at.line(TH, LA).channels).toEqual([CHANNEL]));
    expect(at.line(MM, LA).channels).toEqual([CHANNEL]);
    expect(at.line(TH, MM).channels).toEqual([]);
    await act(at.la, OperationAction.LEAVE);
    await eventually(() => {
      expect(at.line(TH, LA).channels).toEqual([]);
      expect(at.line(MM, LA).channels).toEqual([]);
    });
    await eventually(() => expect(viewAt(at.th).members.get(LA)?.state).toBe('left'));
    expect(at.line(LA, TH).channels).toEqual([CHANNEL]);
    at.skip(3_600_000);
    await eventually(() => expect(at.line(LA, TH).channels).toEqual([]));
  });

  it('is taken in again after a restart, as the ledger has it', async () => {
    const at = await start();
    await liveOperation(at);
    await eventually(() => expect(at.line(TH, LA).channels).toEqual([CHANNEL]));
    at.line(TH, LA).channels = [];
    await at.restart(at.la);
    await eventually(() => expect(at.line(TH, LA).channels).toEqual([CHANNEL]));
  });

  it('keeps nothing else waiting when it closes to a member while its frames are on the line', async () => {
    const at = await start();
    await liveOperation(at);
    await untilAgreed(at, TH, LA, MM);
    const line = at.line(TH, LA);
    // As where the member's server takes the channel no more: nobody answers.
    line.decide = (_, bytes) => (headerOf({ bytes })?.scope === CHANNEL ? 'refuse' : 'pass');
    const posts = await Promise.all(['a', 'b', 'c'].map((text) => say(at.th, text)));
    await eventually(() => expect(codesOf(at.th, 'relayFailed').length).toBeGreaterThan(0));
    const alerted = await at.th.relay.submit(submission());
    await act(at.la, OperationAction.LEAVE);

    for (const { id } of posts)
      await eventually(() => expect(copyTo(at.th, id).receipts.at(-1)?.reason).toBe('RELAY_CHANNEL_CLOSED'));
    await eventually(() => expect(stateOfCopy(copyTo(at.th, alerted.id))).toBe('delivered'));
    line.decide = () => 'pass';
    const next = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyTo(at.th, next.id))).toBe('delivered'));
    // The others go on.
    await say(at.th, 'without la');
    await untilAgreed(at, TH, MM);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('carries nothing but what is said in channels: an alert in one counts for nothing', async () => {
    const at = await start();
    await liveOperation(at);
    const id = await releaseCrossing(at.th, { scope: CHANNEL });
    at.th.relay.linkChanged(LA, true);
    await eventually(() => expect(copyTo(at.th, id).receipts.at(-1)?.reason).toBe('RELAY_KIND_MISPLACED'));
    expect(at.la.projection.ofKind(MessageKind.ALERT)).toEqual([]);
  });

  it('of an exercise has frames that keys for exercises sign and open, and no other', async () => {
    const at = await start();
    await liveOperation(at, charterOf({ drill: true }));
    await say(at.th, 'an exercise', {}, { drill: true });
    await untilAgreed(at, TH, LA, MM);
    const { unsealer, drillUnsealer, signer, drillSigner } = at.la.keys;
    const frames = at.line(TH, LA).log.filter((published) => headerOf(published)?.scope === EXERCISE);
    expect(frames.length).toBeGreaterThan(0);
    const now = at.la.clock.now();
    const keyOf = at.la.trust.store().keysForArrival(now);
    const context = { self: LA, keyOf, heads: headCache(), now };
    for (const { bytes } of frames) {
      const received = receiveTransit(bytes) as never;
      const { signed } = await openFrame(received, { ...context, unsealer, drillUnsealer });
      expect(signed.kid).toBe(at.th.keys.drillSigner.kid);
      await expect(openFrame(received, { ...context, unsealer, drillUnsealer: unsealer })).rejects.toMatchObject({
        code: 'TRUST_UNSEALER_KEY_UNKNOWN',
      });
    }
    expect(signer.kid).not.toBe(drillSigner.kid);
    for (const test of at.all) expect(await ledgerFindings(test)).toEqual([]);
  });
});
