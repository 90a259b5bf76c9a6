import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InboundMessage, openInboundConsumer } from '../../services/core/bus/index.ts';
import { durationMs, fromUtf8, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject, PRECEDENCES, type Precedence } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSide, type TestSide } from '../support/nats/open-side.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
let link: TestLink;
let receiver: TestSide;
let sender: TestSide;

beforeEach(async () => {
  link = await startLink({ accepting: th, dialling: la });
  receiver = await openSide(link.accepting, la);
  sender = await openSide(link.dialling, th);
  await eventually(() => send('routine', 'first of all'), { withinMs: 15_000 });
  await (await nextOf(receiver)).ack();
}, 40_000);
afterEach(async () => {
  await receiver?.close();
  await sender?.close();
  await link?.stop();
});

async function send(precedence: Precedence, text: string): Promise<void> {
  const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence });
  await sender.publisher.publish(subject, utf8(text), { timeoutMs: seconds(5) });
}

async function nextOf(side: Pick<TestSide, 'inbound'>): Promise<InboundMessage> {
  const message = await side.inbound.next();
  if (message === undefined) throw new Error('closed');
  return message;
}

function textOf(message: InboundMessage): string {
  return fromUtf8(message.bytes);
}

describe('InboundConsumer', () => {
  it('hands out the most urgent first, and within a precedence in order of arrival', async () => {
    for (const precedence of [...PRECEDENCES].reverse())
      for (const at of [1, 2, 3]) await send(precedence, `${precedence} ${at}`);
    await eventually(async () => expect(await receiver.inbound.waiting()).toBe(12));
    const texts: string[] = [];
    while (texts.length < 12) {
      const message = await nextOf(receiver);
      texts.push(textOf(message));
      await message.ack();
    }
    expect(texts).toEqual(PRECEDENCES.flatMap((precedence) => [1, 2, 3].map((at) => `${precedence} ${at}`)));
  }, 40_000);

  it('lets a flash overtake a backlog of routine messages', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, at) => send('routine', `routine ${at}`)));
    await (await nextOf(receiver)).ack();
    await send('flash', 'overtakes');
    await eventually(
      async () => {
        const message = await nextOf(receiver);
        await message.ack();
        expect(message.precedence).toBe('flash');
        expect(textOf(message)).toBe('overtakes');
      },
      { everyMs: 0 },
    );
    expect(await receiver.inbound.waiting()).toBeGreaterThan(280);
  }, 40_000);

  it('wakes a caller that waits', async () => {
    const waiting = nextOf(receiver);
    await send('priority', 'wakes');
    expect(textOf(await waiting)).toBe('wakes');
  }, 40_000);

  it('hands a refused message out again after its delay, and counts', async () => {
    await send('routine', 'again');
    const first = await nextOf(receiver);
    expect(first.deliveries).toBe(1);
    first.nak(durationMs(100));
    const second = await nextOf(receiver);
    expect([textOf(second), second.deliveries]).toEqual(['again', 2]);
    await second.ack();
    expect(await receiver.inbound.waiting()).toBe(0);
  }, 40_000);

  it('never sees again what was given up', async () => {
    await send('routine', 'given up');
    (await nextOf(receiver)).term();
    await eventually(async () => expect(await receiver.inbound.waiting()).toBe(0));
  }, 40_000);

  it('hands out again what was not acknowledged in time', async () => {
    await receiver.inbound.close();
    const impatient = await openInboundConsumer(receiver.node, { office: th, peer: la, ackWaitMs: seconds(0.5) });
    await send('routine', 'slow work');
    expect((await nextOf({ inbound: impatient })).deliveries).toBe(1);
    const second = await nextOf({ inbound: impatient });
    expect(second.deliveries).toBe(2);
    await second.ack();
    await impatient.close();
  }, 40_000);

  it('forgets no acknowledgement and no message when the server is killed', async () => {
    const texts = Array.from({ length: 40 }, (_, at) => `number ${at}`);
    await Promise.all(texts.map((text) => send('immediate', text)));
    const acknowledged: string[] = [];
    while (acknowledged.length < 20) {
      const message = await nextOf(receiver);
      await message.ack();
      acknowledged.push(textOf(message));
    }
    await link.accepting.server.kill9();
    await link.accepting.server.start();
    await eventually(async () => expect(await receiver.inbound.waiting()).toBe(20));
    const rest = new Set<string>();
    while (rest.size < 20) {
      const message = await nextOf(receiver);
      await message.ack().then(
        () => rest.add(textOf(message)),
        () => undefined,
      );
    }
    expect([...acknowledged, ...rest].sort()).toEqual([...texts].sort());
    expect(await receiver.inbound.waiting()).toBe(0);
  }, 60_000);

  it('keeps a message that is as large as a publisher may send', async () => {
    const { MAX_BODY_BYTES } = await import('../../services/core/bus/index.ts');
    const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence: 'routine' });
    await sender.publisher.publish(subject, new Uint8Array(MAX_BODY_BYTES).fill(7), { timeoutMs: seconds(5) });
    const message = await nextOf(receiver);
    expect(message.bytes.length).toBe(MAX_BODY_BYTES);
    await message.ack();
    await expect(
      sender.publisher.publish(subject, new Uint8Array(MAX_BODY_BYTES + 1), { timeoutMs: seconds(5) }),
    ).rejects.toMatchObject({ code: 'BUS_TOO_LARGE' });
  }, 40_000);

  it('ends a caller that waits when it is closed', async () => {
    const waiting = receiver.inbound.next();
    await receiver.inbound.close();
    expect(await waiting).toBeUndefined();
    expect(await receiver.inbound.next()).toBeUndefined();
  }, 40_000);

  it('refuses to open on a stream that is missing', async () => {
    await expect(
      openInboundConsumer(receiver.node, { office: th, peer: officeId('mm-tachileik') }),
    ).rejects.toMatchObject({ code: 'BUS_REQUEST_REFUSED' });
  }, 40_000);
});

describe('LinkPublisher', () => {
  it('reports a full stream at the peer as something to try again, whatever number the peer gives it', async () => {
    const large = new Uint8Array(1024 * 1024);
    const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence: 'routine' });
    const fill = async (): Promise<void> => {
      for (;;) await sender.publisher.publish(subject, large, { timeoutMs: seconds(5) });
    };
    await expect(fill()).rejects.toMatchObject({ code: 'BUS_PEER_REFUSED', disposition: 'retry' });
    await (await nextOf(receiver)).ack();
    await sender.publisher.publish(subject, large, { timeoutMs: seconds(5) });
  }, 60_000);

  it('ends what waits as disconnected when its own server dies', async () => {
    const subject = crossSubject({ scope: link.scope, from: la, to: th, precedence: 'routine' });
    await link.accepting.server.freeze();
    const publishing = sender.publisher.publish(subject, utf8('x'), { timeoutMs: seconds(30) });
    publishing.catch(() => undefined);
    await eventually(() => expect(sender.publisher.pending()).toBe(1));
    await link.dialling.server.kill9();
    await expect(publishing).rejects.toMatchObject({ code: 'BUS_DISCONNECTED' });
    await expect(sender.publisher.publish(subject, utf8('x'), { timeoutMs: seconds(30) })).rejects.toMatchObject({
      code: 'BUS_DISCONNECTED',
    });
    link.accepting.server.thaw();
    await sender.close();
    await expect(sender.publisher.publish(subject, utf8('x'), { timeoutMs: seconds(30) })).rejects.toMatchObject({
      code: 'BUS_CLOSED',
    });
  }, 40_000);
});
