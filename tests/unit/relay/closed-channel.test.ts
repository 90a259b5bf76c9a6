import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  buildCrossing,
  composeMessage,
  type DecidedCrossing,
  keepOwnMessage,
  laneOf,
  signMessages,
} from '../../../services/core/envelope/index.ts';
import { days, fromHex, later, newEnvelopeId, type Scope } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import {
  frameHeaderCodec,
  HandlingCode,
  Lane,
  MessageKind,
  Outcome,
  Precedence,
  Purpose,
  ReceiptKind,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { alert, VEHICLE } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import {
  codesOf,
  copyAt,
  ledgerFindings,
  submission,
  type TestRelay,
  type TwoOffices,
  twoOffices,
} from './two-offices.ts';

const random = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
const NAGA = 'op-naga' as Scope;

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

/** Puts a released crossing of a channel on record, as an office has it that was in an operation when it was decided. */
async function releaseInChannel(office: TestRelay): Promise<string> {
  const now = office.clock.now();
  const draft = {
    kind: MessageKind.ALERT,
    body: alert({ subjects: [VEHICLE], headline: 'In the channel' }),
    header: {
      id: newEnvelopeId(office.clock),
      origin: TH,
      officer: 'officer-1',
      purpose: Purpose.INVESTIGATION,
      handling: HandlingCode.H0,
      precedence: Precedence.ROUTINE,
      createdMs: now,
      expiresMs: later(now, days(1)),
    },
  };
  const [message] = await signMessages(office.keys.signer, TH, [composeMessage(draft, random)], now);
  if (message === undefined) throw new TypeError('no message');
  const lane = laneOf(message.header) as Lane;
  const agreement = { id: 'charter', version: 1, digest: new Uint8Array(32), article: 'charter' };
  const decision = {
    outcome: Outcome.RELEASED,
    policies: [],
    reason: '',
    bundles: [],
    withheld: [],
    decidedMs: now,
    releasedBy: '',
  };
  const disclosed = message.parts.map((_, index) => index);
  const decided = {
    message,
    from: TH,
    to: LA,
    scope: NAGA,
    agreement,
    decision,
    disclosed,
  } as unknown as DecidedCrossing;
  const number = office.projection.lanes.lane(LA, lane).nextNumber;
  const crossing = buildCrossing(decided, lane, number, random);
  const expiresAt = later(now, days(1));
  const [content, ref] = await office.content.put([
    { bytes: keepOwnMessage(message), expiresAt },
    { bytes: crossing.crossing, expiresAt },
  ]);
  await office.ledger.append([
    {
      messageAccepted: {
        envelopeId: message.header.id,
        envelopeDigest: fromHex(message.envelopeDigest),
        kind: message.kind,
        precedence: message.header.precedence,
        createdMs: now,
        expiresMs: message.header.expiresMs,
        submittedBy: 'officer-1',
        content: content ?? null,
        crossings: [{ to: LA, scope: NAGA, agreement, decision, crossing: ref ?? null, lane, number }],
      },
    },
  ]);
  return message.header.id;
}

describe('a channel that is closed', () => {
  it('takes nothing of what waited for it, blocks no lane, and its copies end with a signed negative receipt', async () => {
    offices = await twoOffices();
    const at = offices;
    at.thToLa.up = false;
    const before = await at.th.relay.submit(submission());
    const said = [await releaseInChannel(at.th), await releaseInChannel(at.th)];
    const after = await at.th.relay.submit(submission());
    at.thToLa.up = true;
    at.th.relay.linkChanged(LA, true);

    for (const { id } of [before, after]) await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    for (const id of said) {
      await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('failed'));
      expect(copyAt(at, id).receipts).toMatchObject([
        { kind: ReceiptKind.NON_DELIVERY, issuer: TH, reason: 'RELAY_CHANNEL_CLOSED' },
      ]);
      expect(at.la.projection.inbound.has(messageKey(TH, id))).toBe(false);
    }
    // The numbers are void, so that the neighbour waits for nothing.
    await eventually(() => expect(at.th.projection.lanes.lane(LA, Lane.ROUTINE).confirmedThrough).toBe(4));
    expect(at.thToLa.log.every(({ scope }) => scope !== NAGA)).toBe(true);
    const scopes = at.th.projection.lanes
      .lane(LA, Lane.ROUTINE)
      .frames.map(({ header }) => frameHeaderCodec.decode(header).scope);
    expect(scopes).not.toContain(NAGA);
    expect(codesOf(at.th, 'alarm')).toEqual([]);
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(await ledgerFindings(at.la)).toEqual([]);
    expect([...at.th.bugs, ...at.la.bugs]).toEqual([]);
  });

  it('is still closed after a restart', async () => {
    offices = await twoOffices();
    const at = offices;
    at.thToLa.up = false;
    const id = await releaseInChannel(at.th);
    await at.restart(at.th);
    at.thToLa.up = true;
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('failed'));
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
  });
});
