import { signal } from '@preact/signals';

/** Light, dark, or as the device is set. */
export const THEMES = ['device', 'light', 'dark'] as const;

/** One of them. */
export type Theme = (typeof THEMES)[number];

const STORED = 'liaison.theme';
const stored = localStorage.getItem(STORED);
const chosen = signal<Theme>(THEMES.find((theme) => theme === stored) ?? 'device');
apply(chosen.value);

/** The theme of this device; reading it in a component renders that again when it changes. */
export function theme(): Theme {
  return chosen.value;
}

/** Changes it at once and keeps the choice on this device. */
export function chooseTheme(next: Theme): void {
  localStorage.setItem(STORED, next);
  chosen.value = next;
  apply(next);
}

function apply(next: Theme): void {
  if (next === 'device') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}
