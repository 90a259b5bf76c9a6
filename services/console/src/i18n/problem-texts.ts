import type { Problem } from '../api/problem.ts';
import { catalogue } from './language.ts';

/** What a problem means and what to do, in the reader's language; a code without texts is told in the office's English. */
export function problemTexts(problem: Problem): { readonly meaning: string; readonly action: string } {
  const texts = catalogue().errors[problem.code];
  return texts === undefined
    ? { meaning: problem.title, action: problem.detail }
    : { meaning: texts[0], action: texts[1] };
}
