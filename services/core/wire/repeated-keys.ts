import { type FaultList, shownName } from './json-faults.ts';

/** The most objects and lists within one another; the contract needs fewer. */
const MAX_DEPTH = 32;

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gs;

/**
 * Adds a fault for each field that stands twice in an object of `text`, which JSON.parse has accepted already (it would
 * keep the last one in silence), and for nesting beyond MAX_DEPTH.
 */
export function findRepeatedKeys(text: string, list: FaultList): void {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) break;
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ':') {
      const name = JSON.parse(last) as string;
      const names = open.at(-1);
      if (names?.has(name) === true) list.add(shownName(name), 'field-repeated', 'stands twice in one object');
      names?.add(name);
    }
    last = token;
  }
  if (open.length > MAX_DEPTH) list.add('', 'too-deep', `must have at most ${MAX_DEPTH} levels`);
}
