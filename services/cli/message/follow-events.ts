import type { Answer } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import type { OfficeClient } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { createParser } from './parse-event-stream.ts';

const AGAIN_AFTER_MS = 1000;

/** Prints every event as it comes, until the process is stopped; goes on after the last one when the stream breaks. */
export async function followEvents(office: OfficeClient, json: boolean, context: CommandContext): Promise<Answer> {
  const stopped = context.untilStopped();
  let lastId = '';
  const print = (event: { id: string; type: string; data: string }): void => {
    if (event.id !== '') lastId = event.id;
    context.terminal.print(
      json
        ? JSON.stringify({ id: event.id, type: event.type, data: parsed(event.data) })
        : escapeText(`${event.type} ${event.data}`),
    );
  };
  let opened = false;
  while (!stopped.aborted) {
    try {
      const headers = { accept: 'text/event-stream', ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
      const response = await office.open('/v1/events', headers, stopped);
      opened = true;
      const parser = createParser(print);
      for await (const chunk of response.body ?? []) parser.feed(chunk as Uint8Array);
    } catch (error) {
      if (stopped.aborted) break;
      if (!opened) throw error;
      context.terminal.note('blo: the stream broke; trying again');
    }
    await pause(stopped);
  }
  return {};
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, AGAIN_AFTER_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
