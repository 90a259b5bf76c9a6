import { afterEach, describe, expect, it } from 'vitest';
import { sealDocument } from '../../../services/core/envelope/index.ts';
import { type DurationMs, utf8 } from '../../../services/core/foundation/index.ts';
import { stateOfCopy } from '../../../services/core/ledger/index.ts';
import { signDocument, TrustError } from '../../../services/core/trust/index.ts';
import { DocumentKind, Precedence } from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { LA, seededRandom, TH } from '../trust/fixtures.ts';
import { hostileOffice } from './hostile-office.ts';
import { arrivalAt, codesOf, copyAt, ledgerFindings, submission, type TwoOffices, twoOffices } from './two-offices.ts';

let offices: TwoOffices | undefined;
afterEach(async () => {
  await offices?.close();
  offices = undefined;
});

async function scene(): Promise<TwoOffices> {
  offices = await twoOffices();
  return offices;
}

async function directoryFor({ th, la }: TwoOffices): Promise<Uint8Array> {
  const bytes = await signDocument('directory', '{"nation":"TH"}', [th.keys.signer]);
  return sealDocument(
    { from: TH, to: LA, kind: DocumentKind.DIRECTORY, bytes },
    la.keys.sealTo,
    seededRandom('document'),
  );
}

const arrived = ({ la }: TwoOffices): unknown[] =>
  la.seen.filter((entry) => entry.event === 'documentArrived').map((entry) => entry.facts);

describe('the intake', () => {
  it('acknowledges nothing before it is on record', async () => {
    const at = await scene();
    const gate = at.la.log.hold();
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(copyAt(at, id).relayedMs).toBeTypeOf('number'));
    const acked = at.thToLa.counts.acked;
    expect(arrivalAt(at, id)).toBeUndefined();
    expect(at.thToLa.waiting()).toBeGreaterThan(0);
    gate.release();
    await eventually(() => expect(arrivalAt(at, id)?.deliveredMs).toBeTypeOf('number'));
    await eventually(() => expect(at.thToLa.counts.acked).toBeGreaterThan(acked));
  });

  it('takes in once what comes again because its acknowledgement was lost', async () => {
    const at = await scene();
    at.thToLa.losesAcks = true;
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    const acked = at.thToLa.counts.acked;
    await eventually(() => expect(at.thToLa.counts.acked).toBeGreaterThan(acked + 5));
    at.thToLa.losesAcks = false;
    expect(at.la.projection.inbound.size).toBe(1);
    expect(copyAt(at, id).receipts).toHaveLength(1);
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
  });

  it('holds a bug of its own against nobody: tried again, then put aside as INTERNAL', async () => {
    const at = await scene();
    const bug = new TypeError('a bug');
    const { gates } = at.la;
    at.la.gates = {
      ...gates,
      decideImport: () => {
        throw bug;
      },
    };
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toContain('INTERNAL'));
    expect(at.la.bugs.filter((found) => found === bug).length).toBeGreaterThanOrEqual(5);
    expect(new Set(codesOf(at.la, 'quarantined'))).toEqual(new Set(['INTERNAL']));
    expect(copyAt(at, id).receipts).toEqual([]);
    at.la.gates = gates;
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });

  it('holds a full content store against nobody: nothing is acknowledged, refused or put aside until there is room', async () => {
    const at = await scene();
    at.la.batches.failPuts(true);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(at.thToLa.counts.naked).toBeGreaterThan(10));
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
    expect(copyAt(at, id).receipts).toEqual([]);
    at.la.batches.failPuts(false);
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
    expect(await ledgerFindings(at.la)).toEqual([]);
  });

  it('stops pulling when its ledger cannot be written: what waits goes to the next start', async () => {
    const at = await scene();
    await eventually(() => expect(at.la.projection.witnessed.get(TH)).toBeDefined());
    at.la.log.failNext('answer lost before storing');
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(at.la.relay.ready()).toBe(false));
    const { acked } = at.thToLa.counts;
    const sent = at.laToTh.log.length;
    const { id: next } = await at.th.relay.submit(submission());
    await eventually(() => expect(at.thToLa.waiting()).toBeGreaterThan(2));
    expect(at.thToLa.counts.acked).toBe(acked);
    expect(at.laToTh.log.length).toBe(sent);
    expect(codesOf(at.la, 'quarantined')).toEqual([]);
    await at.restart(at.la);
    await eventually(() =>
      expect([id, next].map((each) => stateOfCopy(copyAt(at, each)))).toEqual(['delivered', 'delivered']),
    );
  });

  it('gives back what is handed out after the end', async () => {
    const at = await scene();
    await at.la.relay.close();
    const { naked, acked } = at.thToLa.counts;
    at.thToLa.inject('flash', utf8('late'));
    await eventually(() => expect(at.thToLa.counts.naked).toBe(naked + 1));
    expect(at.thToLa.counts.acked).toBe(acked);
    await at.restart(at.la);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['ENVELOPE_TRANSIT_MALFORMED']));
  });

  it('waits for a key that is not known yet, and puts the frame aside when it does not become known', async () => {
    const at = await scene();
    at.la.trust.unknown.add(TH);
    const { id } = await at.th.relay.submit(submission({ precedence: Precedence.FLASH }));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toContain('TRUST_KEY_UNKNOWN'));
    expect(at.thToLa.counts.naked).toBeGreaterThanOrEqual(4);
    at.la.trust.unknown.clear();
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });

  it('waits for the time of day, by a clock that is wrong, and takes it then', async () => {
    const at = await scene();
    at.th.clock.skip(6 * 60_000);
    const { id } = await at.th.relay.submit(submission());
    await eventually(() => expect(at.thToLa.counts.naked).toBeGreaterThan(2));
    expect(arrivalAt(at, id)).toBeUndefined();
    at.la.clock.skip(6 * 60_000);
    await eventually(() => expect(stateOfCopy(copyAt(at, id))).toBe('delivered'));
  });
});

describe('a document that a neighbour passes on', () => {
  it('is installed, and a refusal of it is told and kept in quarantine', async () => {
    const at = await scene();
    at.thToLa.inject('immediate', await directoryFor(at));
    await eventually(() => expect(arrived(at)).toEqual([{ from: TH, installed: true, code: '' }]));
    at.la.installDocument = async () => {
      throw new TrustError('TRUST_DIRECTORY_ROLLBACK');
    };
    at.thToLa.inject('immediate', await directoryFor(at));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['TRUST_DIRECTORY_ROLLBACK']));
    expect(arrived(at)).toHaveLength(2);
    expect(arrived(at)[1]).toMatchObject({ installed: false, code: 'TRUST_DIRECTORY_ROLLBACK' });
  });

  it("that trips over a bug of this office's is told to nobody as its fault", async () => {
    const at = await scene();
    at.la.installDocument = async () => {
      throw new TypeError('a bug');
    };
    at.thToLa.inject('immediate', await directoryFor(at));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['INTERNAL']));
    expect(arrived(at)).toEqual([]);
    expect(at.la.bugs.length).toBeGreaterThanOrEqual(5);
  });
});

describe('a charter that a neighbour passes on beside the gates', () => {
  it('is not installed: it comes with its proposal or not at all', async () => {
    const at = await scene();
    const bytes = await signDocument('charter', '{}', [at.th.keys.signer]);
    const sealed = sealDocument(
      { from: TH, to: LA, kind: DocumentKind.CHARTER, bytes },
      at.la.keys.sealTo,
      seededRandom('charter'),
    );
    at.thToLa.inject('immediate', sealed);
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toEqual(['RELAY_TRANSIT_MISPLACED']));
    expect(arrived(at)).toEqual([]);
  });
});

describe('the quarantine', () => {
  it('keeps the original with its reason, once, and tells of each', async () => {
    const at = await scene();
    for (let time = 0; time < 3; time++) at.thToLa.inject('flash', utf8('nothing of the kind'));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toHaveLength(3));
    const [entry] = at.la.projection.quarantine;
    expect(at.la.projection.quarantine).toHaveLength(1);
    const kept = entry?.content ? await at.la.content.get(entry.content) : undefined;
    expect(Buffer.from(kept ?? []).toString()).toBe('nothing of the kind');
  });

  it('is bounded: after a hundred an hour only a count remains, also through a restart, and the next hour counts anew', async () => {
    const at = await scene();
    at.th.cut();
    for (let count = 0; count < 130; count++) at.thToLa.inject('flash', utf8(`junk ${count}`));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toHaveLength(130));
    expect(at.la.projection.quarantine).toHaveLength(100);
    await eventually(() => expect(at.thToLa.waiting()).toBe(0));
    await at.kill(at.la);
    at.thToLa.inject('flash', utf8('more'));
    await eventually(() => expect(codesOf(at.la, 'quarantined')).toHaveLength(131));
    expect(at.la.projection.quarantine).toHaveLength(100);
    at.la.clock.skip(3_600_000);
    at.thToLa.inject('flash', utf8('an hour later'));
    await eventually(() => expect(at.la.projection.quarantine).toHaveLength(101));
    expect(at.la.relay.ready()).toBe(true);
  });

  it('keeps so many bytes a day of one neighbour, and of the rest the record alone', async () => {
    const at = await scene();
    at.th.cut();
    for (let count = 0; count < 30; count++) at.thToLa.inject('flash', new Uint8Array(700 * 1024).fill(count + 1));
    at.thToLa.inject('flash', new Uint8Array(800 * 1024).fill(99));
    await eventually(() => expect(at.la.projection.quarantine).toHaveLength(31));
    const kept = at.la.projection.quarantine.filter((entry) => entry.content !== null);
    expect(kept.reduce((sum, entry) => sum + entry.size, 0)).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(kept.length).toBeGreaterThan(20);
    expect(at.la.projection.quarantine.find((entry) => entry.size === 800 * 1024)?.content).toBeNull();
  });
});

describe('closing a relay', () => {
  it('finishes what is under way, and does not wait for a neighbour that sends nothing', async () => {
    offices = await twoOffices({ settings: { publishTimeoutMs: 60_000 as DurationMs } });
    const at = offices;
    hostileOffice(at.la, at.th, at.laToTh);
    const { id } = await at.th.relay.submit(submission());
    const began = performance.now();
    await at.th.relay.close();
    expect(performance.now() - began).toBeLessThan(2900);
    expect(at.th.relay.ready()).toBe(false);
    await at.restart(at.th);
    expect(copyAt(at, id).releasedMs).toBeTypeOf('number');
  });
});
