import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nationAccountOf } from '../../services/core/bus/index.ts';
import { nationOf, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { eventually } from '../support/eventually.ts';
import {
  ATTACKERS_INBOX,
  forbiddenPublications,
  forbiddenSubscriptions,
  NOTHING,
  outcomeOf,
  receives,
  WAVED_THROUGH,
} from '../support/nats/attacks.ts';
import { type HubScene, startHubScene } from '../support/nats/hostile-hub-scene.ts';
import type { HostileLeaf } from '../support/nats/hostile-leaf.ts';
import { ATTACKER, BYSTANDER, flashSubject, VICTIM } from '../support/nats/hostile-scene.ts';

const PUBACK = '"stream":"INBOUND_LA_HOUAYXAY"';
const ACK = { timeoutMs: seconds(2) };
const attacks = [...forbiddenPublications('SERVER'), ...WAVED_THROUGH].map(([subject], at) => [at, subject] as const);
let scene: HubScene;

beforeAll(async () => {
  scene = await startHubScene();
  await eventually(
    () => scene.bystander.publisher.publish(flashSubject(BYSTANDER, VICTIM), utf8('from the bystander'), ACK),
    { withinMs: 20_000 },
  );
  await scene.victim.inboundFrom(BYSTANDER).next();
  await scene.victim.work('before the attack');
}, 60_000);
afterAll(async () => {
  await scene?.stop();
});

function publicationAt(at: number): readonly [subject: string, payload: string] {
  return [...forbiddenPublications(scene.victim.node.serverId()), ...WAVED_THROUGH][at] ?? ['', ''];
}

async function asAttacker<T>(attack: (leaf: HostileLeaf) => Promise<T>): Promise<T> {
  // Its honest server is stopped: two connections of one office would be one too many.
  const leaf = await scene.dialHubAs(ATTACKER);
  try {
    leaf.subscribe(`${ATTACKERS_INBOX}.>`);
    return await attack(leaf);
  } finally {
    leaf.close();
  }
}

function seenAtHub(marker: string): string[] {
  const elsewhere = scene.hubSpies.filter((spy) => spy.account !== nationAccountOf(nationOf(ATTACKER)));
  return elsewhere.flatMap((spy) => spy.sawMarker(marker).map((subject) => `${spy.account} ${subject}`));
}

describe('a hostile office behind an honest hub', () => {
  beforeAll(async () => {
    await scene.region.office(ATTACKER).server.halt();
  });

  it('reaches its own subject: the attacks below are sent by a leaf that works', async () => {
    await asAttacker(async (leaf) => {
      leaf.publish(flashSubject(ATTACKER, VICTIM), 'lawful', { reply: `${ATTACKERS_INBOX}.1` });
      expect((await receives(leaf, PUBACK)).subject).toBe(`${ATTACKERS_INBOX}.1`);
      expect(scene.victim.spyIn('OFFICE').sawMarker('lawful')).toContain(flashSubject(ATTACKER, VICTIM));
    });
  });

  it.each(attacks)(
    "attack %i: reaches neither another nation's account nor the victim by publishing to %s",
    async (at) => {
      const [subject, payload] = publicationAt(at);
      await asAttacker(async (leaf) => {
        let sent = '';
        const outcome = await outcomeOf(scene.victim, leaf, (marker) => {
          sent = marker;
          leaf.publish(subject, payload === '' || payload === 'forged' ? `${payload}${marker}` : payload, {
            reply: `${ATTACKERS_INBOX}.1`,
          });
        });
        for (const spy of scene.hubSpies) await spy.settle();
        expect({ ...outcome, atHub: seenAtHub(sent) }).toEqual({ ...NOTHING, atHub: [] });
      });
    },
  );

  it('hears nothing that is not for it, whatever it subscribes', async () => {
    const leafs: HostileLeaf[] = [];
    try {
      for (const pattern of forbiddenSubscriptions()) {
        const leaf = await scene.dialHubAs(ATTACKER);
        leaf.subscribe(pattern);
        await leaf.settle();
        leafs.push(leaf);
      }
      await scene.bystander.publisher.publish(flashSubject(BYSTANDER, VICTIM), utf8('overheard'), ACK);
      await scene.victim.publisherTo(scene.region.hub).publish(flashSubject(VICTIM, BYSTANDER), utf8('overheard'), ACK);
      for (const leaf of leafs) await leaf.settle();
      expect(leafs.flatMap((leaf) => leaf.received()).map((message) => message.subject)).toEqual([]);
    } finally {
      for (const leaf of leafs) leaf.close();
    }
  }, 60_000);
});

describe('a hostile hub', () => {
  it('has what its offices publish for each other, and nothing else of theirs', async () => {
    await scene.victim.work('inside the office');
    await scene.bystander.publisher.publish(flashSubject(BYSTANDER, VICTIM), utf8('sealed for the victim'), ACK);
    for (const spy of scene.hubSpies) await spy.settle();
    expect(scene.hubSpies.flatMap((spy) => spy.sawMarker('sealed for the victim')).length).toBeGreaterThan(0);
    expect(scene.hubSpies.flatMap((spy) => spy.sawMarker('inside the office'))).toEqual([]);
  });

  it("reaches the victim's inbound stream with what the route allows: its administrator's attacks below do go out", async () => {
    const admin = await scene.adminIn(nationAccountOf(nationOf(VICTIM)));
    admin.publish(flashSubject(BYSTANDER, VICTIM), 'made up by the hub');
    await eventually(() =>
      expect(scene.victim.spyIn('OFFICE').sawMarker('made up by the hub')).toContain(flashSubject(BYSTANDER, VICTIM)),
    );
  });

  const beyondTheRoute = attacks.filter(([, subject]) => subject !== flashSubject(BYSTANDER, VICTIM));
  it.each(beyondTheRoute)('attack %i: reaches nothing in the victim by publishing to %s', async (at) => {
    const [subject, payload] = publicationAt(at);
    const admin = await scene.adminIn(nationAccountOf(nationOf(VICTIM)));
    const answers: string[] = [];
    admin.subscribe('hub.answers', {
      callback: (_error, message) => void answers.push(Buffer.from(message.data).toString()),
    });
    const before = JSON.stringify(await scene.victim.storeState());
    const marker = `hub-marker-${at}`;
    admin.publish(subject, payload === '' || payload === 'forged' ? `${payload}${marker}` : payload, {
      reply: 'hub.answers',
    });
    // What the administrator sends next comes after it: when that has arrived, so has what could arrive at all.
    admin.publish(flashSubject(BYSTANDER, VICTIM), `after-${marker}`);
    await eventually(() => expect(scene.victim.spyIn('OFFICE').sawMarker(`after-${marker}`)).not.toEqual([]));
    const inside = scene.victim.spies.filter((spy) => spy.account === 'OFFICE' || spy.account === 'SYS');
    expect(
      inside.flatMap((spy) => spy.sawMarker(marker)).filter((seen) => seen !== flashSubject(BYSTANDER, VICTIM)),
    ).toEqual([]);
    expect(answers.filter((answer) => answer.includes('th-chiang-khong'))).toEqual([]);
    const { INBOUND_MM_TACHILEIK: _grown, ...after } = (await scene.victim.storeState()) as Record<string, unknown>;
    const { INBOUND_MM_TACHILEIK: _before, ...untouched } = JSON.parse(before) as Record<string, unknown>;
    expect(after).toEqual(untouched);
    await admin.close();
  });
});
