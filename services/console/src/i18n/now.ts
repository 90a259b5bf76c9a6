import { signal } from '@preact/signals';

const TICK_MS = 10_000;

const at = signal(Date.now());
setInterval(() => {
  at.value = Date.now();
}, TICK_MS);

/** Milliseconds since the epoch by the office node's clock, new every ten seconds: what shows an age reads it. */
export function now(): number {
  return at.value + ahead;
}

/** The same as it is this moment, for what is written once. */
export function thisMoment(): number {
  return Date.now() + ahead;
}

/** How far the node's clock is ahead of this device's. */
let ahead = 0;

/** The node said what time it is: ages and deadlines go by its clock, for this device's may be wrong. */
export function nodeTime(text: string | null): void {
  const ms = text === null ? Number.NaN : Date.parse(text);
  if (!Number.isFinite(ms)) return;
  const difference = ms - Date.now();
  // Within the second that the header leaves open nothing is corrected.
  ahead = Math.abs(difference) < 2000 ? 0 : difference;
}
