import { afterEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../services/core/ledger/index.ts';
import { frameHeaderCodec, Lane, ReceiptKind } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { releaseCrossing } from './release-crossing.ts';
import { codesOf, copyAt, ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

const NAGA = 'op-naga' as Scope;

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

describe('a channel that is closed', () => {
  it('takes nothing of what waited for it, blocks no lane, and its copies end with a signed negative receipt', async () => {
    offices = await twoOffices();
    const at = offices;
    at.thToLa.up = false;
    const before = await at.th.relay.submit(submission());
    const said = [await releaseCrossing(at.th, { scope: NAGA }), await releaseCrossing(at.th, { scope: NAGA })];
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
    const id = await releaseCrossing(at.th, { scope: NAGA });
    await at.restart(at.th);
    at.thToLa.up = true;
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('failed'));
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, next))).toBe('delivered'));
  });
});
