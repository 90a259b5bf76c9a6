import { batch, signal } from '@preact/signals';
import { type Catalogue, isLanguage, type Language, loadCatalogue } from './catalogue.ts';

const STORED = 'liaison.language';

const first = signal<Catalogue | null>(null);
// By itself, so that what says nothing of it is not drawn again when it comes.
const rest = signal<Catalogue | null>(null);
let coming: Promise<void> | undefined;

/** What the language in use has at that place, in whichever part of its texts; undefined where it has nothing there. */
export function said<T>(find: (part: Catalogue) => T | undefined): T | undefined {
  return find(firstPart()) ?? (rest.value === null ? undefined : find(rest.value));
}

/** Whether all texts are there. */
export function isWhole(): boolean {
  return rest.value !== null;
}

/** The language in use. Reading it in a component renders that again when it changes. */
export function language(): Language {
  const { language: tag } = firstPart();
  return isLanguage(tag) ? tag : 'en';
}

/** Loads what the first page says, in the language that this device chose, else one that its browser asks for, else English. */
export async function startLanguage(): Promise<void> {
  const asked = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
  const wanted = [localStorage.getItem(STORED), ...asked].find(isLanguage) ?? 'en';
  first.value = await loadCatalogue(wanted, 'first');
  document.documentElement.lang = wanted;
}

/** Resolves when all texts of the language in use are there; what was not loaded is tried again by the next call. */
export function allTexts(): Promise<void> {
  coming ??= loadRest(language()).catch((error: unknown) => {
    coming = undefined;
    throw error;
  });
  return coming;
}

/** Changes the language at once and keeps the choice on this device. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(STORED, chosen);
  const [one, other] = await Promise.all([loadCatalogue(chosen, 'first'), loadCatalogue(chosen, 'rest')]);
  coming = Promise.resolve();
  batch(() => {
    first.value = one;
    rest.value = other;
  });
  document.documentElement.lang = chosen;
}

async function loadRest(wanted: Language): Promise<void> {
  const loaded = await loadCatalogue(wanted, 'rest');
  // Whoever chose another language meanwhile has all of its texts.
  if (language() === wanted) rest.value = loaded;
}

function firstPart(): Catalogue {
  if (first.value === null) throw new TypeError('no language was loaded');
  return first.value;
}
