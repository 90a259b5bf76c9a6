import { signal } from '@preact/signals';
import { type Catalogue, isLanguage, LANGUAGES, type Language, loadCatalogue } from './catalogue.ts';

const STORED = 'liaison.language';

const current = signal<Catalogue | null>(null);

/** The texts in use. Reading it in a component renders that again when the language changes. */
export function catalogue(): Catalogue {
  if (current.value === null) throw new TypeError('no language was loaded');
  return current.value;
}

/** The language in use. */
export function language(): Language {
  const { language: tag } = catalogue();
  return isLanguage(tag) ? tag : 'en';
}

/** Loads the language that this device chose, else one that its browser asks for, else English. */
export async function startLanguage(): Promise<void> {
  await useLanguage(chosen() ?? preferred());
}

/** Changes the language at once and keeps the choice on this device. */
export async function chooseLanguage(chosenLanguage: Language): Promise<void> {
  localStorage.setItem(STORED, chosenLanguage);
  await useLanguage(chosenLanguage);
}

async function useLanguage(wanted: Language): Promise<void> {
  current.value = await loadCatalogue(wanted);
  document.documentElement.lang = wanted;
}

function chosen(): Language | undefined {
  const stored = localStorage.getItem(STORED);
  return isLanguage(stored) ? stored : undefined;
}

function preferred(): Language {
  for (const tag of navigator.languages) {
    const [base] = tag.toLowerCase().split('-');
    if (isLanguage(base)) return base;
  }
  return Object.keys(LANGUAGES)[0] as Language;
}
