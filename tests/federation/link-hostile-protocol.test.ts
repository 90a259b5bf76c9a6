import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newNkeyUser, openInboundConsumer, readLeafs } from '../../services/core/bus/index.ts';
import { seconds } from '../../services/core/foundation/index.ts';
import { linkAccountOf } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { ATTACKERS_INBOX, NOTHING, outcomeOf, receives } from '../support/nats/attacks.ts';
import { dialAsLeaf, type HostileLeaf } from '../support/nats/hostile-leaf.ts';
import {
  type AcceptingScene,
  ATTACKER,
  BYSTANDER,
  flashSubject,
  startAcceptingScene,
  VICTIM,
} from '../support/nats/hostile-scene.ts';
import { testCertificate } from '../support/nats/link-certificates.ts';
import { leaveBystandersMessage, PUBACK, withLeaf } from '../support/nats/with-leaf.ts';

let shipped: AcceptingScene;
let permissionsOnly: AcceptingScene;

beforeAll(async () => {
  shipped = await startAcceptingScene('as shipped');
  permissionsOnly = await startAcceptingScene('permissions only');
  for (const scene of [shipped, permissionsOnly]) await leaveBystandersMessage(scene);
}, 60_000);
afterAll(async () => {
  for (const scene of [shipped, permissionsOnly]) await scene?.stop();
});

describe("a hostile neighbour's use of the protocol, against what is shipped", () => {
  it.each([
    'ledger.record',
    `$JS.API.STREAM.PURGE.INBOUND_MM_TACHILEIK`,
    flashSubject(BYSTANDER, VICTIM),
    `_INBOX_${BYSTANDER}.1`,
    '$SYS.REQ.SERVER.PING',
  ])('cannot have an acknowledgement written to %s', async (reply) => {
    await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
      const others = async () => ({
        ...((await shipped.victim.storeState()) as Record<string, unknown>),
        INBOUND_LA_HOUAYXAY: undefined,
      });
      const before = await others();
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'with a foreign reply', { reply });
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'and after it', { reply: `${ATTACKERS_INBOX}.2` });
      await receives(leaf, PUBACK);
      for (const spy of shipped.victim.spies) await spy.settle();
      expect(await others()).toEqual(before);
      const seen = shipped.victim.spies
        .filter((spy) => spy.account !== linkAccountOf(ATTACKER))
        .flatMap((spy) => spy.sawMarker(PUBACK));
      expect(seen.filter((subject) => !subject.startsWith('_R_.'))).toEqual([]);
    });
  });

  // The server does not map a reply of this form on its way through a service import: the acknowledgement itself comes
  // to a consumer of the office, under a subject that the neighbour chose. It is no word that a consumer knows.
  it.each([flashSubject(ATTACKER, VICTIM), flashSubject(ATTACKER, VICTIM).replace('flash', 'nobody')])(
    "neither ends nor acknowledges another's message by a reply of an acknowledgement's form on %s",
    async (subject) => {
      await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
        const others = async () => ({
          ...((await shipped.victim.storeState()) as Record<string, unknown>),
          INBOUND_LA_HOUAYXAY: undefined,
        });
        const before = await others();
        const reply = '$JS.ACK.INBOUND_MM_TACHILEIK.flash.1.1.1.1700000000000000000.0';
        for (const headers of [
          {},
          { 'Nats-Expected-Stream': 'NONE' },
          { 'Nats-Batch-Id': 'x', 'Nats-Batch-Sequence': '1' },
        ]) {
          leaf.publish(subject, "with an acknowledgement's reply", { reply, headers });
        }
        leaf.publish(flashSubject(ATTACKER, VICTIM), 'and after it', { reply: `${ATTACKERS_INBOX}.2` });
        await receives(leaf, PUBACK);
        expect(await others()).toEqual(before);
      });
    },
  );

  it('cannot fill its inbound stream with what nobody takes, by a reply that names another subject', async () => {
    const heard: unknown[] = [];
    const sweeper = await openInboundConsumer(shipped.victim.node, {
      office: VICTIM,
      peer: ATTACKER,
      sweepEveryMs: seconds(0.1),
      onStrays: ({ code, context }) => heard.push({ code, peer: context['peer'] }),
    });
    try {
      await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
        const ledgerBefore = await shipped.victim.ledger.lastSeq();
        const waiting = await sweeper.waiting();
        for (const shown of ['ledger.record', '>', 'cross.>', flashSubject(BYSTANDER, VICTIM)]) {
          leaf.publish(flashSubject(ATTACKER, VICTIM), 'stray', {
            reply: `$JS.ACK.INBOUND_MM_TACHILEIK.flash.1.1.1.1700000000000000000.0@${shown}`,
          });
        }
        leaf.publish(flashSubject(ATTACKER, VICTIM), 'no stray', { reply: `${ATTACKERS_INBOX}.2` });
        await receives(leaf, PUBACK);
        await eventually(() => expect(sweeper.strays()).toBe(4));
        expect(heard).toContainEqual({ code: 'BUS_STRAYS_REMOVED', peer: ATTACKER });
        // The one that is no stray stays.
        expect(await sweeper.waiting()).toBe(waiting + 1);
        expect(await shipped.victim.ledger.lastSeq()).toBe(ledgerBefore);
      });
    } finally {
      await sweeper.close();
    }
  }, 30_000);

  it.each([
    [{ 'Nats-Rollup': 'all' }, '"error"'],
    [{ 'Nats-Rollup': 'sub' }, '"error"'],
    [{ 'Nats-TTL': '1s' }, '"error"'],
    [{ 'Nats-Schedule': '@at 2030-01-01T00:00:00Z', 'Nats-Schedule-Target': 'ledger.record' }, '"error"'],
    [{ 'Nats-Batch-Id': 'x', 'Nats-Batch-Sequence': '1', 'Nats-Batch-Commit': '1' }, '"error"'],
    [{ 'Nats-Incr': '+1' }, '"error"'],
    [{ 'Nats-Stream-Source': 'LEDGER 1' }, PUBACK],
  ])('changes nothing that is stored by the headers %j', async (headers, answer) => {
    await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'one that must stay', { reply: `${ATTACKERS_INBOX}.1` });
      await receives(leaf, PUBACK);
      const before = (await shipped.victim.storeState()) as Record<string, { messages: number }>;
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'with headers', { reply: `${ATTACKERS_INBOX}.2`, headers });
      const reply = await receivesOn(leaf, `${ATTACKERS_INBOX}.2`);
      expect(reply).toContain(answer);
      const after = (await shipped.victim.storeState()) as Record<string, { messages: number }>;
      expect({ ...after, INBOUND_LA_HOUAYXAY: undefined }).toEqual({ ...before, INBOUND_LA_HOUAYXAY: undefined });
      expect(after['INBOUND_LA_HOUAYXAY']?.messages).toBeGreaterThanOrEqual(
        before['INBOUND_LA_HOUAYXAY']?.messages ?? 0,
      );
    });
  });

  it('has no trace of a message sent to a subject that it may not publish to', async () => {
    await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
      const send = (marker: string): void =>
        leaf.publish(flashSubject(ATTACKER, VICTIM), marker, {
          headers: { 'Nats-Trace-Dest': 'ledger.record', 'Nats-Trace-Only': 'true' },
        });
      const { storeChanged, replies } = await outcomeOf(shipped.victim, leaf, send);
      expect({ storeChanged, replies }).toEqual({ storeChanged: false, replies: [] });
      expect(leaf.errors()).toHaveLength(1);
    });
  });

  it.each([
    ["the office's account", { remote_account: 'OFFICE', account: 'OFFICE' }],
    ['a hub', { hub: true, is_hub: true }],
    ['the victim itself', { name: VICTIM, domain: VICTIM, id: 'NSELF' }],
    ['permission for all', { deny_pub: [], export: { allow: ['>'] }, import: { allow: ['>'] } }],
  ])('stays in its own account when it claims %s', async (_what, claims) => {
    await withLeaf(shipped, ATTACKER, claims, async (leaf) => {
      const leafs = await readLeafs({ monitorUrl: shipped.victim.office.server.monitorUrl() });
      expect(
        leafs.filter((each) => each.account !== linkAccountOf(ATTACKER) && each.account !== linkAccountOf(BYSTANDER)),
      ).toEqual([]);
      expect(await outcomeOf(shipped.victim, leaf, (marker) => leaf.publish('ledger.record', marker))).toEqual(NOTHING);
    });
  });

  it("is not let in without its key, with another's certificate, or as an old server", async () => {
    const credentials = shipped.credentialsOf(ATTACKER);
    const stranger = await testCertificate(ATTACKER);
    const dials = [
      dialAsLeaf(shipped.leafPort, { ...credentials, nkeySeed: newNkeyUser().seed }),
      dialAsLeaf(shipped.leafPort, credentials, { sig: 'AAAA' }),
      dialAsLeaf(shipped.leafPort, credentials, { nkey: undefined, sig: undefined }),
      dialAsLeaf(shipped.leafPort, credentials, { nkey: shipped.victim.office.nodeKey.publicKey }),
      dialAsLeaf(shipped.leafPort, { ...credentials, nkeySeed: shipped.victim.office.nodeKey.seed }),
      dialAsLeaf(shipped.leafPort, { ...credentials, nkeySeed: shipped.victim.office.operatorKey.seed }),
      dialAsLeaf(shipped.leafPort, { ...credentials, nkeySeed: shipped.victim.office.publisherKey(ATTACKER).seed }),
      dialAsLeaf(shipped.leafPort, credentials, { version: '2.10.27' }),
      dialAsLeaf(shipped.leafPort, { ...credentials, certPem: stranger.certPem, keyPem: stranger.keyPem }),
    ];
    for (const dial of dials) {
      const leaf = await dial.catch(() => undefined);
      if (leaf === undefined) continue;
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'not let in', { reply: `${ATTACKERS_INBOX}.1` });
      await leaf.settle();
      expect(leaf.isClosed()).toBe(true);
    }
    expect(shipped.victim.spies.flatMap((spy) => spy.sawMarker('not let in'))).toEqual([]);
  }, 60_000);

  it('cannot take all connections, or all memory, by being many', async () => {
    const leafs: HostileLeaf[] = [];
    try {
      for (let at = 0; at < 20; at += 1)
        leafs.push(await dialAsLeaf(shipped.leafPort, shipped.credentialsOf(ATTACKER)));
      expect(leafs.filter((leaf) => !leaf.isClosed())).toHaveLength(8);
      const open = leafs.find((leaf) => !leaf.isClosed());
      for (let at = 0; at < 20_000; at += 1) open?.subscribe(`${ATTACKERS_INBOX}.${at}`);
      await open?.settle();
      await withLeaf(shipped, BYSTANDER, {}, async (bystander) => expect(bystander.isClosed()).toBe(false));
      const { subscriptions } = (await (await fetch(`${shipped.victim.office.server.monitorUrl()}/varz`)).json()) as {
        subscriptions: number;
      };
      expect(subscriptions).toBeLessThan(6000);
    } finally {
      for (const leaf of leafs) leaf.close();
    }
    await eventually(async () => {
      const left = await readLeafs({ monitorUrl: shipped.victim.office.server.monitorUrl() });
      expect(left.filter((leaf) => leaf.account === linkAccountOf(ATTACKER))).toEqual([]);
    });
  }, 30_000);

  it('does not bring the server down with malformed protocol', async () => {
    const garbage = [
      'LMSG\r\n',
      'LMSG x 99999999999\r\n',
      `LMSG ${flashSubject(ATTACKER, VICTIM)} -1\r\n\r\n`,
      'A+ OFFICE\r\n',
      'RS+ OFFICE >\r\n',
      'RMSG OFFICE ledger.record 1\r\nx\r\n',
      'SUB > 1\r\n',
      'PUB ledger.record 1\r\nx\r\n',
      'HMSG x 9 3\r\nabc\r\n',
      'LS+ > queue 99999999999999\r\n',
      'INFO {"leafnode_urls":["127.0.0.1:1"],"export":{"allow":[">"]}}\r\n',
      '\0'.repeat(5000),
      'x'.repeat(100_000),
    ];
    for (const bytes of garbage) {
      const { seen, storeChanged } = await withLeaf(shipped, ATTACKER, {}, (leaf) =>
        outcomeOf(shipped.victim, leaf, () => leaf.write(bytes)),
      );
      expect({ bytes: bytes.slice(0, 40), seen, storeChanged }).toEqual({
        bytes: bytes.slice(0, 40),
        seen: [],
        storeChanged: false,
      });
    }
    await withLeaf(shipped, ATTACKER, {}, async (leaf) => {
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'still served', { reply: `${ATTACKERS_INBOX}.1` });
      await receives(leaf, PUBACK);
    });
  }, 60_000);
});

describe("the same attacks, against permissions without an account of the neighbour's own", () => {
  it('have an acknowledgement written into a stream that they may not publish to', async () => {
    await withLeaf(permissionsOnly, ATTACKER, { domain: VICTIM }, async (leaf) => {
      const ledgerBefore = await permissionsOnly.victim.ledger.lastSeq();
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'with a foreign reply', { reply: 'ledger.record' });
      await leaf.settle();
      expect(leaf.isClosed()).toBe(false);
      await expect.poll(() => permissionsOnly.victim.ledger.lastSeq()).toBe(ledgerBefore + 1);
    });
  });

  it("end another's message", async () => {
    await withLeaf(permissionsOnly, ATTACKER, { domain: VICTIM }, async (leaf) => {
      expect(await permissionsOnly.victim.inboundFrom(BYSTANDER).waiting()).toBe(1);
      leaf.publish('$JS.ACK.INBOUND_MM_TACHILEIK.flash.1.1.1.1700000000000000000.0', '+TERM');
      await expect.poll(() => permissionsOnly.victim.inboundFrom(BYSTANDER).waiting()).toBe(0);
    });
  });
});

async function receivesOn(leaf: HostileLeaf, subject: string): Promise<string> {
  return expect
    .poll(() =>
      leaf
        .received()
        .find((message) => message.subject === subject)
        ?.payload.toString(),
    )
    .toBeDefined()
    .then(
      () =>
        leaf
          .received()
          .find((message) => message.subject === subject)
          ?.payload.toString() ?? '',
    );
}
