import type { LiveEvent } from './live.ts';

/**
 * Takes in pieces of an event stream as they come and gives the events that are complete
 * (HTML Living Standard §9.2.6); a comment is none.
 */
export function parseEvents(): (piece: Uint8Array) => readonly LiveEvent[] {
  const decoder = new TextDecoder();
  let rest = '';
  return (piece) => {
    rest += decoder.decode(piece, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const event = readBlock(block);
      return event === undefined ? [] : [event];
    });
  };
}

function readBlock(block: string): LiveEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  try {
    return {
      id: fields.get('id') ?? '',
      type: fields.get('event') ?? 'message',
      facts: JSON.parse(data) as LiveEvent['facts'],
    };
  } catch {
    return undefined;
  }
}
