import type { JsonObject } from '../forms/json.ts';

/** Something that is being written: kept on this device, and sent nowhere. */
export interface Draft {
  readonly id: string;
  /** Whose it is: the office and the name of the officer. Others who sign in at this device do not see it. */
  readonly owner: string;
  readonly template: string;
  /** The submission as it stands, pictures included. */
  readonly value: JsonObject;
  /** One for the whole life of the draft: whatever is pressed twice, or tried again after a lost line, is sent once. */
  readonly key: string;
  /** What it answers or changes, and its origin, where there is such a message. */
  readonly about?: { readonly id: string; readonly origin: string };
  /** What it says, in a few words; empty while there are none. */
  readonly title: string;
  /** Milliseconds since the epoch, by this device's clock. */
  readonly savedMs: number;
}

const MAX_TITLE = 80;

/** Whose drafts are kept under which name. */
export function ownerOf(office: string, officer: string): string {
  return `${office}/${officer}`;
}

/** A value for a draft or a key, of 96 random bits. */
export function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a draft is called in a list: the headline, else the first words of what is said, else nothing. */
export function titleOf(value: JsonObject): string {
  const texts = ['headline', 'narrative', 'text'].flatMap((name) => textsNamed(value, name));
  const first = texts.map((text) => text.trim()).find((text) => text !== '') ?? '';
  const line = first.split('\n')[0] ?? '';
  return [...line].length > MAX_TITLE ? `${[...line].slice(0, MAX_TITLE).join('')}…` : line;
}

function textsNamed(value: JsonObject, name: string): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === name && typeof inner === 'string') return [inner];
    return typeof inner === 'object' && !Array.isArray(inner) ? textsNamed(inner as JsonObject, name) : [];
  });
}

/** The newest first. */
export function newestFirst(drafts: readonly Draft[]): readonly Draft[] {
  return [...drafts].sort((one, other) => other.savedMs - one.savedMs);
}

/** Whether it holds anything that its template did not put there. */
export function isWorthKeeping(value: JsonObject, preset: JsonObject): boolean {
  return JSON.stringify(value) !== JSON.stringify(preset);
}
