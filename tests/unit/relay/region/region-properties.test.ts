import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { bulletin, EVERYTHING, findingsOf, type HubDouble, headlines, regionScene } from './region-scene.ts';

/** How one hub treats each entry on its way to a reader, at each time it is asked. */
interface Weather {
  readonly drops: readonly boolean[];
  readonly repeats: boolean;
  readonly shuffles: boolean;
}

function under(hub: HubDouble, { drops, repeats, shuffles }: Weather): void {
  let asked = 0;
  hub.tampering.hides = (reader, { number }) => reader === LA && drops[(number + asked) % drops.length] === true;
  hub.tampering.reply = (reader, reply) => {
    if (reader !== LA) return reply;
    asked++;
    const entries = [...(reply.entries ?? [])];
    if (shuffles && asked % 3 === 0) entries.reverse();
    return { ...reply, entries: repeats && asked % 2 === 0 ? [...entries, ...entries] : entries };
  };
}

const weather = fc.record({
  drops: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  repeats: fc.boolean(),
  shuffles: fc.boolean(),
});

describe('what two hubs lose, repeat and shuffle', () => {
  it('is here once each when they have come to their senses, and what is missing is shown until then', async () => {
    await fc.assert(
      fc.asyncProperty(weather, weather, fc.integer({ min: 1, max: 8 }), async (one, other, count) => {
        const scene = regionScene();
        try {
          const [th, la] = [await scene.office(TH), await scene.office(LA)];
          await la.relay.region.subscribe(EVERYTHING);
          await th.relay.region.submit(bulletin({ headline: 'Begin' }));
          await eventually(async () => expect(await headlines(la)).toEqual(['Begin']));
          under(scene.hubs[0], one);
          under(scene.hubs[1], other);
          const said = Array.from({ length: count }, (_, index) => `Number ${index}`);
          for (const headline of said) await th.relay.region.submit(bulletin({ headline }));
          await eventually(() => {
            const here = la.relay.region.list().filter(({ direction }) => direction === 'inbound').length;
            const codes = findingsOf(la);
            // All of it, or a finding that says that it is not.
            expect(here === count + 1 || codes.includes('REGION_GAP') || codes.includes('REGION_HELD_BACK')).toBe(true);
          });
          for (const hub of scene.hubs) under(hub, { drops: [false], repeats: false, shuffles: false });
          await eventually(async () => expect(await headlines(la)).toEqual(['Begin', ...said]));
          await eventually(() =>
            expect(findingsOf(la).filter((code) => code === 'REGION_GAP' || code === 'REGION_HELD_BACK')).toEqual([]),
          );
          expect([...th.bugs, ...la.bugs]).toEqual([]);
        } finally {
          await scene.close();
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});
