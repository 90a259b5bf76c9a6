import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromUtf8, type OfficeId, seconds, utf8 } from '../../services/core/foundation/index.ts';
import { crossSubject } from '../../services/core/subjects/index.ts';
import { eventually } from '../support/eventually.ts';
import { openSide, type TestSide } from '../support/nats/open-side.ts';
import { startHub, type TestHub } from '../support/nats/start-hub.ts';
import { officeId } from '../support/nats/start-office-server.ts';

const th = officeId('th-mae-sai');
const mm = officeId('mm-tachileik');
const la = officeId('la-boten');
const ACK = { timeoutMs: seconds(2) };
let region: TestHub;
const sides = new Map<OfficeId, TestSide>();

function side(id: OfficeId): TestSide {
  const found = sides.get(id);
  if (found === undefined) throw new Error('no such side');
  return found;
}

beforeAll(async () => {
  region = await startHub({
    offices: [th, mm, la],
    routes: [
      [th, mm],
      [la, mm],
    ],
  });
  sides.set(th, await openSide(region.office(th), mm, region.hub));
  sides.set(mm, await openSide(region.office(mm), th, region.hub));
}, 40_000);
afterAll(async () => {
  for (const each of sides.values()) await each.close();
  await region?.stop();
});

describe('a link through a hub', () => {
  it.each([
    [th, mm],
    [mm, th],
  ])(
    'acknowledges what %s publishes once it is stored at %s',
    async (from, to) => {
      const subject = crossSubject({ scope: region.scopeOf(from, to), from, to, precedence: 'immediate' });
      await eventually(() => side(from).publisher.publish(subject, utf8(`from ${from}`), ACK), { withinMs: 20_000 });
      const message = await side(to).inbound.next();
      expect(message?.subject).toBe(subject);
      expect(fromUtf8(message?.bytes ?? new Uint8Array())).toBe(`from ${from}`);
      await message?.ack();
    },
    30_000,
  );

  it('carries nothing between offices without a route', async () => {
    const stranger = crossSubject({ scope: region.scopeOf(th, la), from: th, to: la, precedence: 'flash' });
    await expect(side(th).publisher.publish(stranger, utf8('without a route'), ACK)).rejects.toMatchObject({
      code: 'BUS_REQUEST_REFUSED',
    });
  });

  it('works again after the hub was killed', async () => {
    await region.server.kill9();
    await region.server.start();
    const subject = crossSubject({ scope: region.scopeOf(th, mm), from: th, to: mm, precedence: 'flash' });
    await eventually(() => side(th).publisher.publish(subject, utf8('after the crash'), ACK), { withinMs: 20_000 });
    const message = await eventually(() => side(mm).inbound.next());
    expect(fromUtf8(message?.bytes ?? new Uint8Array())).toBe('after the crash');
    await message?.ack();
  }, 40_000);
});
