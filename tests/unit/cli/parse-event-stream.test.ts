import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createParser, type StreamEvent } from '../../../services/cli/message/parse-event-stream.ts';

function parse(...chunks: readonly string[]): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const parser = createParser((event) => events.push(event));
  for (const chunk of chunks) parser.feed(new TextEncoder().encode(chunk));
  return events;
}

describe('createParser', () => {
  it('reads id, type and data over several lines', () => {
    expect(parse('id: 7\nevent: delivered\ndata: {"a":1,\ndata: "b":2}\n\n')).toEqual([
      { id: '7', type: 'delivered', data: '{"a":1,\n"b":2}' },
    ]);
  });

  it('keeps the id for events that have none, but not the type', () => {
    expect(parse('id: 7\nevent: x\ndata: 1\n\ndata: 2\n\n').map(({ id, type }) => [id, type])).toEqual([
      ['7', 'x'],
      ['7', 'message'],
    ]);
  });

  it('passes over comments and events without data', () => {
    expect(parse(': still here\n\nevent: x\n\ndata: 1\n\n')).toHaveLength(1);
  });

  it('reads the same however the stream is cut', () => {
    const stream = 'id: 1\r\nevent: a\r\ndata: สวัสดี\r\n\r\nid: 2\ndata: b\n\n';
    const whole = parse(stream);
    const bytes = new TextEncoder().encode(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const events: StreamEvent[] = [];
        const parser = createParser((event) => events.push(event));
        const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
        for (let i = 1; i < places.length; i += 1) parser.feed(bytes.slice(places[i - 1], places[i]));
        expect(events).toEqual(whole);
      }),
    );
  });
});
