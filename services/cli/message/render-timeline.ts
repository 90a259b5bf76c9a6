import { type JsonRecord, stringOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';

type Sentence = (office: string, peer: string, detail: string) => string;

/** What each step is, read aloud. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  accepted: (office, _peer, detail) => `${office} accepted it from ${detail} and had it on disk`,
  received: (office, peer, detail) => `${office} received it from ${peer} (${detail}) and verified it`,
  decided: (office, peer, detail) => `${office} decided about the copy between it and ${peer}: ${detail}`,
  held: (office, _peer, detail) => `${office} holds it for a named person (${detail})`,
  approved: (office, _peer, detail) => `${detail} of ${office} approved its release as the first of two`,
  released: (office, _peer, detail) => `${detail} of ${office} released it`,
  rejected: (office, _peer, detail) => `${detail} of ${office} rejected it`,
  expired: (office) => `it expired at ${office}`,
  framed: (office, peer, detail) => `${office} signed and sealed it for ${peer} (${detail})`,
  relayed: (office, peer) => `${office} handed it to the server of ${peer}`,
  'relay-accepted': (office) => `${office} confirmed that it has it, verified and on disk`,
  'relay-failed': (office, _peer, detail) => `${office} could not take it: ${detail}`,
  delivered: (office) => `it stood in the inbox of ${office}`,
  'not-delivered': (office, _peer, detail) => `${office} did not deliver it: ${detail}`,
  retrieved: (office, _peer, detail) => `an officer of ${office} opened it${detail === '' ? '' : ` (${detail})`}`,
  'not-retrieved': (office, _peer, detail) => `nobody at ${office} opened it: ${detail}`,
};

/** A custody timeline, one sentence a line, each with its time and the milliseconds since the first. */
export function renderTimeline(entries: readonly JsonRecord[]): string {
  const first = Date.parse(stringOf(entries[0]?.['at']));
  return entries
    .map((entry) => {
      const at = stringOf(entry['at']);
      const since = `+${Date.parse(at) - first} ms`;
      return `  ${escapeText(at)}  ${since.padStart(9)}  ${escapeText(sentenceOf(entry))}`;
    })
    .join('\n');
}

function sentenceOf(entry: JsonRecord): string {
  const event = stringOf(entry['event']);
  const sentence = Object.hasOwn(SENTENCES, event) ? SENTENCES[event] : undefined;
  const [office, peer, detail] = [stringOf(entry['office']), stringOf(entry['peer']), stringOf(entry['detail'])];
  return sentence === undefined ? `${office}: ${event} ${detail}`.trim() : sentence(office, peer, detail);
}
