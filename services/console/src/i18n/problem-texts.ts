import type { Problem } from '../api/problem.ts';
import { said } from './language.ts';

/** What a problem means and what to do, in the reader's language; a code without texts is told in the office's English. */
export function problemTexts(problem: Problem): { readonly meaning: string; readonly action: string } {
  const texts = said(({ errors }) => errors[problem.code]);
  return texts === undefined
    ? { meaning: asSentence(problem.title), action: asSentence(problem.detail) }
    : { meaning: texts[0], action: texts[1] };
}

/** The office's tables begin with small letters, since they follow a code. */
function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
