import { effect, signal } from '@preact/signals';

const screenTitle = signal('');
const unread = signal(0);
const flashes = signal('');

// The tab says what waits even while another one is looked at.
effect(() => {
  document.title = [flashes.value, unread.value > 0 ? `(${unread.value})` : '', screenTitle.value]
    .filter((part) => part !== '')
    .join(' ');
});

/** What the tab of the browser is called. */
export function setScreenTitle(title: string): void {
  screenTitle.value = title;
}

/** How many messages nobody has opened: stands before the title. */
export function setUnread(count: number): void {
  unread.value = count;
}

/** Stands before everything else until it is set to nothing. */
export function setFlashTitle(text: string): void {
  flashes.value = text;
}
