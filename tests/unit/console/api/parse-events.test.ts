import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvents } from '../../../../services/console/src/api/parse-events.ts';

const bytes = new TextEncoder();
const STREAM =
  ': th-chiang-khong\n\nid: 7\nevent: delivered\ndata: {"origin":"ລາວ"}\n\n: heartbeat\n\nid: 8\nevent: reset\ndata: {}\n\n';

describe('parseEvents', () => {
  it('gives the same events however the stream is cut', () => {
    const all = bytes.encode(STREAM);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 12 }), (cuts) => {
        const parse = parseEvents();
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const events = places.slice(1).flatMap((end, index) => parse(all.slice(places[index], end)));
        expect(events).toEqual([
          { id: '7', type: 'delivered', facts: { origin: 'ລາວ' } },
          { id: '8', type: 'reset', facts: {} },
        ]);
      }),
    );
  });

  it('leaves out what is no JSON', () => {
    expect(parseEvents()(bytes.encode('event: a\ndata: {\n\n'))).toEqual([]);
  });
});
