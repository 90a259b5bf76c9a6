import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { internalsOf } from '../../services/core/bus/connect-bus.ts';
import { ensureOfficeStreams, setInboundScopes } from '../../services/core/bus/index.ts';
import { fromUtf8, type Scope, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject, drillScope, inboundStreamOf, operationScope } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSide, type TestSide } from '../support/nats/open-side.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId, TEST_BOUNDS } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const NAGA = operationScope('naga-2026');
const EXERCISE = drillScope('naga-2026');
const ENDS = { office: th, peer: la };

interface Scene {
  readonly link: TestLink;
  readonly receiver: TestSide;
  readonly sender: TestSide;
  readonly send: (scope: Scope, text: string) => Promise<void>;
  readonly next: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

async function openScene(operations: readonly ('accepting' | 'dialling')[]): Promise<Scene> {
  const link = await startLink({ accepting: th, dialling: la, operations });
  const receiver = await openSide(link.accepting, la);
  const sender = await openSide(link.dialling, th);
  const send = (scope: Scope, text: string): Promise<void> =>
    sender.publisher.publish(crossSubject({ scope, from: la, to: th, precedence: 'immediate' }), utf8(text), {
      timeoutMs: seconds(2),
    });
  const next = async (): Promise<string> => {
    const message = await receiver.inbound.next();
    await message?.ack();
    return fromUtf8(message?.bytes ?? new Uint8Array());
  };
  await eventually(() => send(link.scope, 'first of all'), { withinMs: 15_000 });
  expect(await next()).toBe('first of all');
  return {
    link,
    receiver,
    sender,
    send,
    next,
    stop: async () => {
      await receiver.close();
      await sender.close();
      await link.stop();
    },
  };
}

const NOBODY = expect.objectContaining({ code: expect.stringMatching(/^BUS_(NO_RESPONDERS|TIMEOUT)$/) });

async function subjectsOf({ receiver }: Scene): Promise<readonly string[]> {
  const { jsm } = internalsOf(receiver.node);
  return (await jsm.streams.info(inboundStreamOf(la))).config.subjects;
}

describe('a link on which operations are run', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(['accepting', 'dialling']);
  }, 60_000);
  afterAll(async () => scene?.stop());

  it('has no taker for a channel that is not open', async () => {
    await expect(scene.send(NAGA, 'too early')).rejects.toEqual(NOBODY);
    await expect(scene.send(EXERCISE, 'too early')).rejects.toEqual(NOBODY);
    expect(await scene.receiver.inbound.waiting()).toBe(0);
  }, 30_000);

  it('acknowledges what is said in a channel from its opening on, in no other, and in the pair as before', async () => {
    await setInboundScopes(scene.receiver.node, ENDS, [NAGA]);
    await scene.send(NAGA, 'in the channel');
    expect(await scene.next()).toBe('in the channel');
    await expect(scene.send(EXERCISE, 'an exercise')).rejects.toEqual(NOBODY);
    await scene.send(scene.link.scope, 'between the two');
    expect(await scene.next()).toBe('between the two');
  }, 30_000);

  it('keeps the channels through a restart of the node', async () => {
    const before = await subjectsOf(scene);
    await ensureOfficeStreams(scene.receiver.node, { office: th, inboundPeers: [la], bounds: TEST_BOUNDS });
    expect(await subjectsOf(scene)).toEqual(before);
    expect(before).toHaveLength(8);
  });

  it('has no taker again once it is closed, and hands out what was stored before', async () => {
    await scene.send(NAGA, 'stored in time');
    await setInboundScopes(scene.receiver.node, ENDS, []);
    await expect(scene.send(NAGA, 'too late')).rejects.toEqual(NOBODY);
    expect(await scene.next()).toBe('stored in time');
    expect(await scene.receiver.inbound.waiting()).toBe(0);
  }, 30_000);

  it('is narrowed to the pair where an earlier version let every scope in', async () => {
    const { jsm } = internalsOf(scene.receiver.node);
    const everything = ['flash', 'immediate', 'priority', 'routine'].map((rank) => `cross.*.${la}.${th}.${rank}`);
    await jsm.streams.update(inboundStreamOf(la), { subjects: everything });
    await scene.send(NAGA, 'let in');
    expect(await scene.next()).toBe('let in');
    await ensureOfficeStreams(scene.receiver.node, { office: th, inboundPeers: [la], bounds: TEST_BOUNDS });
    expect((await subjectsOf(scene)).every((subject) => subject.startsWith(`cross.${scene.link.scope}.`))).toBe(true);
    await expect(scene.send(NAGA, 'not any more')).rejects.toEqual(NOBODY);
  }, 30_000);

  it('is refused by the node where it lets in what no neighbour may say', async () => {
    const { jsm } = internalsOf(scene.receiver.node);
    await jsm.streams.update(inboundStreamOf(la), { subjects: [`cross.${NAGA}.${la}.mm-tachileik.flash`] });
    await expect(
      ensureOfficeStreams(scene.receiver.node, { office: th, inboundPeers: [la], bounds: TEST_BOUNDS }),
    ).rejects.toMatchObject({ code: 'BUS_STREAM_UNSAFE' });
    await setInboundScopes(scene.receiver.node, ENDS, []);
  });
});

describe('a link on which no operations are run', () => {
  it('lets a neighbour into no channel, though its own server would and the office takes it', async () => {
    const scene = await openScene(['dialling']);
    try {
      await setInboundScopes(scene.receiver.node, ENDS, [NAGA]);
      await expect(scene.send(NAGA, 'past the border')).rejects.toEqual(NOBODY);
      await scene.send(scene.link.scope, 'between the two');
      expect(await scene.next()).toBe('between the two');
      expect(await scene.receiver.inbound.waiting()).toBe(0);
    } finally {
      await scene.stop();
    }
  }, 60_000);

  it('is kept to the pair by the office’s own server', async () => {
    const scene = await openScene(['accepting']);
    try {
      await setInboundScopes(scene.receiver.node, ENDS, [NAGA]);
      await expect(scene.send(NAGA, 'out of turn')).rejects.toMatchObject({ code: 'BUS_REQUEST_REFUSED' });
    } finally {
      await scene.stop();
    }
  }, 60_000);
});
