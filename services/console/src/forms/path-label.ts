import { field as fieldLabel } from '../i18n/index.ts';
import { fieldAt } from './contract.ts';
import { stepsOf } from './json.ts';

/** What the field at a path is called; entries of lists with their place: `Subjects 1 · Person · Family name`. */
export function pathLabel(message: string, path: string): string {
  const labels: string[] = [];
  let at = '';
  for (const step of stepsOf(path)) {
    if (typeof step === 'number') {
      labels.push(`${labels.pop() ?? ''} ${step + 1}`);
      at += `[${step}]`;
      continue;
    }
    at = at === '' ? step : `${at}.${step}`;
    const found = fieldAt(message, at);
    labels.push(found === undefined ? step : fieldLabel(found.message, step));
  }
  // The message that a submission carries is what the whole form is about: its name says nothing.
  const outer = fieldAt(message, String(stepsOf(path)[0] ?? ''))?.field;
  const isCarried = outer?.kind === 'message' && outer.list !== true;
  return (isCarried && labels.length > 1 ? labels.slice(1) : labels).join(' · ');
}
