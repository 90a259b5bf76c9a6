import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromUtf8, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { type CrossSubject, crossSubject } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSide, type TestSide } from '../support/nats/open-side.ts';
import { startLink, type TestLink } from '../support/nats/start-link.ts';
import { officeId, type TestOffice } from '../support/nats/start-office-server.ts';

const th = officeId('th-chiang-khong');
const la = officeId('la-houayxay');
const ACK = { timeoutMs: seconds(2) };
let link: TestLink;
let accepting: TestSide;
let dialling: TestSide;

function subjectFrom(from: TestOffice, to: TestOffice): CrossSubject {
  return crossSubject({ scope: link.scope, from: from.office, to: to.office, precedence: 'flash' });
}

beforeAll(async () => {
  link = await startLink({ accepting: th, dialling: la });
  accepting = await openSide(link.accepting, la);
  dialling = await openSide(link.dialling, th);
}, 30_000);
afterAll(async () => {
  await accepting?.close();
  await dialling?.close();
  await link?.stop();
});

describe('a direct link', () => {
  it.each(['dialling', 'accepting'] as const)(
    'acknowledges what the %s side publishes once it is stored at the other',
    async (name) => {
      const [from, to, sender, receiver] =
        name === 'dialling'
          ? [link.dialling, link.accepting, dialling, accepting]
          : [link.accepting, link.dialling, accepting, dialling];
      await eventually(() => sender.publisher.publish(subjectFrom(from, to), utf8(`from ${name}`), ACK), {
        withinMs: 15_000,
      });
      const message = await receiver.inbound.next();
      expect(fromUtf8(message?.bytes ?? new Uint8Array())).toBe(`from ${name}`);
      expect(message?.subject).toBe(subjectFrom(from, to));
      await message?.ack();
      expect(await receiver.inbound.waiting()).toBe(0);
    },
    30_000,
  );

  it('stores each of many publications that overlap, once', async () => {
    const texts = Array.from({ length: 500 }, (_, at) => `number ${at}`);
    await Promise.all(
      texts.map((text) =>
        dialling.publisher.publish(subjectFrom(link.dialling, link.accepting), utf8(text), { timeoutMs: seconds(15) }),
      ),
    );
    const received: string[] = [];
    while (received.length < texts.length) {
      const message = await accepting.inbound.next();
      received.push(fromUtf8(message?.bytes ?? new Uint8Array()));
      await message?.ack();
    }
    expect(received).toEqual(texts);
    expect(await accepting.inbound.waiting()).toBe(0);
  }, 30_000);

  it('says that nobody listens while the far server is down, and works again when it is back', async () => {
    await link.accepting.server.kill9();
    await eventually(async () => {
      await expect(
        dialling.publisher.publish(subjectFrom(link.dialling, link.accepting), utf8('to nobody'), ACK),
      ).rejects.toMatchObject({
        code: 'BUS_NO_RESPONDERS',
      });
    });
    await link.accepting.server.start();
    await eventually(
      () => dialling.publisher.publish(subjectFrom(link.dialling, link.accepting), utf8('back again'), ACK),
      { withinMs: 20_000 },
    );
    const message = await accepting.inbound.next();
    expect(fromUtf8(message?.bytes ?? new Uint8Array())).toBe('back again');
    await message?.ack();
  }, 40_000);

  it('times out while the far server is frozen', async () => {
    await link.accepting.server.freeze();
    try {
      await expect(
        dialling.publisher.publish(subjectFrom(link.dialling, link.accepting), utf8('into the void'), {
          timeoutMs: seconds(0.3),
        }),
      ).rejects.toMatchObject({ code: 'BUS_TIMEOUT' });
      expect(dialling.publisher.pending()).toBe(0);
    } finally {
      link.accepting.server.thaw();
    }
  }, 30_000);
});
