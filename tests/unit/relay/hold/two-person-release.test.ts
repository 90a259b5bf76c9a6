import { afterEach, describe, expect, it } from 'vitest';
import type { Digest } from '../../../../services/core/foundation/index.ts';
import { messageKey, stateOfCopy } from '../../../../services/core/ledger/index.ts';
import { baselineBundle, createGates, type PolicyBundle } from '../../../../services/core/policy/index.ts';
import type { HeldKey, Person } from '../../../../services/core/relay/index.ts';
import { type Alert, HoldResolution, Outcome, ReceiptKind } from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { codeOf } from '../../ledger/fixtures.ts';
import { bundleOf, permitAll, VEHICLE } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { rebuilt, snapshot } from '../projection-snapshot.ts';
import { exercises, forbid, twoPersons, withholding } from '../test-bundles.ts';
import {
  arrivalAt,
  copyAt,
  ledgerFindings,
  releaseShown,
  submission,
  type TestRelay,
  type TwoOffices,
  type TwoOfficesOptions,
  twoOffices,
} from '../two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

const MARKED = {
  subjects: [VEHICLE as Alert['subjects'][number]],
  headline: 'Exercise',
  narrative: 'Harvest moon over the pier',
};
const SUPERVISOR: Person = { name: 'supervisor-1', role: 'supervisor' };
const OVERSIGHT: Person = { name: 'oversight-1', role: 'oversight' };

type Scene = TwoOffices & { readonly key: HeldKey };

async function scene(options: TwoOfficesOptions): Promise<Scene> {
  offices = await twoOffices(options);
  const { id } = await offices.th.relay.submit(submission({ drill: true, alert: MARKED }));
  return { ...offices, key: { direction: 'outbound', origin: TH, id, peer: LA } };
}

function newLaw(test: TestRelay, nation: PolicyBundle): void {
  test.gates = createGates({ baseline: baselineBundle(), nation });
}

const shownAt = async (at: Scene): Promise<Digest> => (await at.th.relay.readHeld(at.key)).shown as Digest;
const release = (at: Scene, person: Person, shown: Digest) =>
  at.th.relay.release(at.key, person, { reason: 'checked', shown });

describe('a release that takes two persons', () => {
  it('passes with the second, of another name and role, who was shown the same; the ledger names both', async () => {
    const at = await scene({ th: twoPersons('th', 'releaseUnattended') });
    const shown = await shownAt(at);
    expect(await release(at, SUPERVISOR, shown)).toMatchObject({ resolution: 'approved', releasesNeeded: 2 });
    expect(stateOfCopy(copyAt(at, at.key.id))).toBe('held');
    expect((await at.th.relay.readHeld(at.key)).shown).toBe(shown);
    expect(copyAt(at, at.key.id).approvals).toMatchObject([{ by: 'supervisor-1', role: 'supervisor', shown }]);

    const { resolution, decision } = await release(at, OVERSIGHT, shown);
    expect([resolution, decision.releasedBy, decision.approvedBy]).toEqual(['released', 'oversight-1', 'supervisor-1']);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.key.id))).toBe('delivered'));
    expect(copyAt(at, at.key.id).hold).toMatchObject({ by: 'oversight-1', role: 'oversight' });
    expect(await ledgerFindings(at.th)).toEqual([]);
    expect(snapshot(await rebuilt(at.th))).toEqual(snapshot(at.th.projection));
  });

  it('knows the first after a restart', async () => {
    const at = await scene({ th: twoPersons('th', 'releaseUnattended') });
    const shown = await shownAt(at);
    await release(at, SUPERVISOR, shown);
    await at.kill(at.th);
    expect(await codeOf(release(at, SUPERVISOR, shown))).toBe('HOLD_SAME_PERSON');
    expect((await release(at, OVERSIGHT, shown)).resolution).toBe('released');
  });

  it('lets one pass of many who race, and never without another role', async () => {
    const at = await scene({ th: twoPersons('th', 'releaseUnattended') });
    const shown = await shownAt(at);
    const people: Person[] = ['a', 'b', 'c'].flatMap((name) => [
      { name: `s-${name}`, role: 'supervisor' } as const,
      { name: `o-${name}`, role: 'oversight' } as const,
    ]);
    const results = await Promise.allSettled(people.map((person) => release(at, person, shown)));
    const words = results.map((result) =>
      result.status === 'fulfilled' ? result.value.resolution : result.reason.code,
    );
    expect(words.filter((word) => word === 'approved')).toHaveLength(1);
    expect(words.filter((word) => word === 'released')).toHaveLength(1);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.key.id))).toBe('delivered'));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('begins anew where what would pass has changed since the first approval', async () => {
    const at = await scene({ th: twoPersons('th', 'releaseUnattended') });
    const before = await shownAt(at);
    await release(at, SUPERVISOR, before);
    newLaw(at.th, withholding('th', 'disclose', 'free_text'));
    expect(await codeOf(release(at, OVERSIGHT, before))).toBe('HOLD_CHANGED_SINCE_SHOWN');
    const now = await shownAt(at);
    expect(now).not.toBe(before);
    expect(await release(at, OVERSIGHT, now)).toMatchObject({ resolution: 'approved', lapsed: ['supervisor-1'] });
    expect((await release(at, SUPERVISOR, now)).resolution).toBe('released');
    await eventually(() => expect(arrivalAt(at, at.key.id)?.deliveredMs).toBeTypeOf('number'));
    expect((await at.la.relay.read(TH, at.key.id)).body).toMatchObject({ narrative: '' });
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('takes as many persons as the law wants by now, and never fewer than when it was held', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    newLaw(at.th, twoPersons('th', 'releaseUnattended'));
    const shown = await shownAt(at);
    expect((await at.th.relay.readHeld(at.key)).releasesNeeded).toBe(2);
    expect((await release(at, SUPERVISOR, shown)).resolution).toBe('approved');
    expect((await release(at, OVERSIGHT, shown)).resolution).toBe('released');
    await offices?.close();

    const stricter = await scene({ th: twoPersons('th', 'releaseUnattended') });
    newLaw(stricter.th, exercises('th', 'releaseUnattended'));
    expect((await release(stricter, SUPERVISOR, await shownAt(stricter))).resolution).toBe('approved');
    newLaw(stricter.th, bundleOf('th', 1, permitAll('th')));
    expect((await stricter.th.relay.readHeld(stricter.key)).releasesNeeded).toBe(2);
    expect((await release(stricter, OVERSIGHT, await shownAt(stricter))).resolution).toBe('released');
    expect(await ledgerFindings(stricter.th)).toEqual([]);
  });

  it('is asked of what came in as well', async () => {
    const at = await scene({ la: twoPersons('la', 'admitUnattended') });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.key.id))).toBe('accepted'));
    const key: HeldKey = { ...at.key, direction: 'inbound', peer: TH };
    expect((await releaseShown(at.la, key, 'supervisor-9')).resolution).toBe('approved');
    expect(arrivalAt(at, at.key.id)?.deliveredMs).toBeNull();
    expect((await releaseShown(at.la, key, 'oversight-9', 'seen', 'oversight')).decision).toMatchObject({
      outcome: Outcome.RELEASED,
      releasedBy: 'oversight-9',
      approvedBy: 'supervisor-9',
    });
    await eventually(() => expect(stateOfCopy(copyAt(at, at.key.id))).toBe('delivered'));
    expect(await ledgerFindings(at.la)).toEqual([]);
  });
});

describe('a release', () => {
  it('lets pass exactly what was shown, or nothing', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const { shown, body } = await at.th.relay.readHeld(at.key);
    expect(body).toMatchObject({ narrative: MARKED.narrative });
    newLaw(at.th, withholding('th', 'disclose', 'free_text'));
    expect(await codeOf(release(at, SUPERVISOR, shown as Digest))).toBe('HOLD_CHANGED_SINCE_SHOWN');
    expect(stateOfCopy(copyAt(at, at.key.id))).toBe('held');
    const now = await at.th.relay.readHeld(at.key);
    expect(now.body).toMatchObject({ narrative: '' });
    expect(now.withheld).toMatchObject([{ policies: ['th.withhold'], by: TH }]);
    await release(at, SUPERVISOR, now.shown as Digest);
    await eventually(() => expect(arrivalAt(at, at.key.id)?.deliveredMs).toBeTypeOf('number'));
    expect((await at.la.relay.read(TH, at.key.id)).body).toEqual(now.body);
  });

  it('shows nothing to release where the gate refuses it now, and says which policies', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    newLaw(at.th, exercises('th', 'release'));
    expect(await at.th.relay.readHeld(at.key)).toMatchObject({
      shown: null,
      body: null,
      now: { outcome: Outcome.REFUSED, policies: ['th.exercises'] },
    });
    newLaw(at.th, bundleOf('th', 1, permitAll('th'), forbid('th', 'x', 'release', 'context.message.emergency')));
    expect((await at.th.relay.readHeld(at.key)).shown).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is never its author's, whatever the role", async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const shown = await shownAt(at);
    expect(await codeOf(release(at, { name: 'officer-1', role: 'supervisor' }, shown))).toBe('HOLD_OWN_MESSAGE');
    expect(await codeOf(release(at, { name: 'officer-1', role: 'oversight' }, shown))).toBe('HOLD_OWN_MESSAGE');
    expect(stateOfCopy(copyAt(at, at.key.id))).toBe('held');
  });
});

describe('the end of a hold', () => {
  it.each([
    ['rejected', 'REJECTED', (at: Scene) => at.th.relay.reject(at.key, 'supervisor-1', 'no')],
    ['expired', 'EXPIRED', async (at: Scene) => at.skip(86_400_001)],
  ] as const)('leaves a signed receipt at home, %s', async (state, reason, end) => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    await end(at);
    await eventually(() => expect(stateOfCopy(copyAt(at, at.key.id))).toBe(state));
    expect(copyAt(at, at.key.id).receipts).toMatchObject([
      { kind: ReceiptKind.SUBMISSION_REJECTION, issuer: TH, reason },
    ]);
    expect(at.th.projection.open.has(messageKey(TH, at.key.id))).toBe(false);
    expect(await ledgerFindings(at.th)).toEqual([]);
  });

  it('by a recall is a rejection, and nothing is released after it', async () => {
    const at = await scene({ th: exercises('th', 'releaseUnattended') });
    const shown = await shownAt(at);
    const recall = { id: at.key.id, action: 1, ground: 1, answerByMs: null, text: '', textLanguage: '' } as const;
    const by = { submittedBy: 'officer-1', idempotencyKey: '', submissionDigest: '0'.repeat(64) as Digest };
    const [released, recalled] = await Promise.allSettled([
      release(at, SUPERVISOR, shown),
      at.th.relay.recalls.recall({ ...recall, ...by }),
    ]);
    expect(recalled.status).toBe('fulfilled');
    if (released.status === 'rejected') {
      expect(['RELAY_NOT_HELD', 'HOLD_RECALLED']).toContain(released.reason.code);
      expect(copyAt(at, at.key.id).hold).toMatchObject({ resolution: HoldResolution.REJECTED, reason: 'RECALLED' });
    }
    expect(['RELAY_NOT_HELD', 'HOLD_RECALLED']).toContain(await codeOf(release(at, OVERSIGHT, shown)));
    expect(await ledgerFindings(at.th)).toEqual([]);
  });
});
