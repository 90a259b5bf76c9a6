/** One event of a stream. */
export interface StreamEvent {
  /** Empty where the event has none. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** Takes a stream's bytes as they come. */
export interface EventStreamParser {
  readonly feed: (chunk: Uint8Array) => void;
}

/** Reads a `text/event-stream` (HTML Living Standard §9.2.6), however it is cut into chunks. */
export function createParser(onEvent: (event: StreamEvent) => void): EventStreamParser {
  const decoder = new TextDecoder();
  let rest = '';
  let id = '';
  let type = '';
  let data: string[] = [];
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent({ id, type: type === '' ? 'message' : type, data: data.join('\n') });
      type = '';
      data = [];
      return;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (field === 'data') data.push(value);
    if (field === 'event') type = value;
    if (field === 'id' && !value.includes('\0')) id = value;
  };
  return {
    feed: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const text of lines) line(text);
    },
  };
}
