import { afterEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import { frameMaker } from '../../../services/core/relay/frame-maker.ts';
import type { Signer } from '../../../services/core/trust/index.ts';
import { Lane } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { codeOf } from '../ledger/fixtures.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';
import { LA, TH, testOffice } from '../trust/fixtures.ts';
import { copyAt, ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const open = { th: bundleOf('th', 1, permitAll('th')), la: bundleOf('la', 1, permitAll('la')) };

describe('exercises', () => {
  it('are signed with their own key and what is real with the other, also where both are signed at once', async () => {
    offices = await twoOffices(open);
    const at = offices;
    const said = await Promise.all(
      [false, true, false, true, true].map((drill) => at.th.relay.submit(submission({ drill }))),
    );
    for (const { id } of said) await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect([...at.la.projection.inbound.values()].filter(({ drill }) => drill)).toHaveLength(3);
    expect(at.la.projection.quarantine).toEqual([]);
    // Each reads back what it kept, which verifies it again.
    for (const { id } of said)
      expect((await at.th.relay.read(TH, id)).body).toMatchObject({ headline: 'Stolen pickup' });
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('are refused by an office that has no key for them, and nothing else is', async () => {
    offices = await twoOffices(open);
    const at = offices;
    (at.th.keys as { drillSigner: Signer | null }).drillSigner = null;
    await at.restart(at.th);
    expect(await codeOf(at.th.relay.submit(submission({ drill: true })))).toBe('RELAY_DRILL_KEY_MISSING');
    expect(await codeOf(at.th.relay.preview(submission({ drill: true })))).toBe('RELAY_DRILL_KEY_MISSING');
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });

  it('are not taken in by an office that could not answer in them, and their sender is told why', async () => {
    offices = await twoOffices(open);
    const at = offices;
    (at.la.keys as { drillSigner: Signer | null }).drillSigner = null;
    await at.restart(at.la);
    const { id } = await at.th.relay.submit(submission({ drill: true }));
    await eventually(() => expect(copyAt(at, id).receipts.at(-1)?.reason).toBe('RELAY_DRILL_KEY_MISSING'));
    expect(at.la.projection.inbound.size).toBe(0);
    expect(at.la.projection.quarantine).toEqual([]);
  });

  it('have frames of their own only with a key for them', async () => {
    const th = testOffice(TH);
    const frames = frameMaker({
      self: TH,
      signer: th.signer,
      drillSigner: null,
      trust: () => {
        throw new TypeError('not asked');
      },
      chain: () => new Uint8Array(16),
      clock: { now: () => 1 as never },
      random: (size) => new Uint8Array(size),
    });
    const items = [new Uint8Array(1)];
    expect(await codeOf(frames.make(LA, 'drill-naga' as Scope, Lane.ROUTINE, 1, null, items))).toBe(
      'RELAY_DRILL_KEY_MISSING',
    );
  });
});
