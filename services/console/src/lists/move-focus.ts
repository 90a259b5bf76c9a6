/**
 * Moves the focus among the lines of a list with the arrow keys, Home and End; for `onKeyDown` of the list. A line is
 * the link or button marked `data-line`. Whether the key was taken.
 */
export function moveFocus(event: KeyboardEvent, list: HTMLElement): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const lines = [...list.querySelectorAll<HTMLElement>('[data-line]')];
  const at = lines.findIndex((line) => line.closest('li')?.contains(document.activeElement) === true);
  const to = nextLine(event.key, at, lines.length);
  const line = to === undefined ? undefined : lines[to];
  if (line === undefined || isTyping(event.target)) return false;
  event.preventDefault();
  line.focus();
  line.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Which line a key goes to from the one at `at` (−1: none) of `count`; undefined for every other key. */
export function nextLine(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

/** Whether the keys belong to what is typed or chosen there. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}
