const CONTROLS = 'input:not([type="hidden"]), select, textarea, button, summary';
const FOLDED = 'details:not([open])';

/**
 * Puts the cursor into the field at that path once it has been drawn, or into what holds it, where it is not shown on
 * its own; what somebody folded over it is unfolded. Whether there was one.
 */
export function focusPath(path: string): boolean {
  for (let at = path; at !== ''; at = at.replace(/(\.[^.[]*|\[\d+\]|^[^.[]*)$/, '')) {
    const place = document.querySelector(`[data-path="${CSS.escape(at)}"]`);
    const control = place?.querySelector<HTMLElement>(CONTROLS);
    if (control === null || control === undefined) continue;
    for (
      let over = control.closest<HTMLDetailsElement>(FOLDED);
      over !== null;
      over = control.closest<HTMLDetailsElement>(FOLDED)
    )
      over.open = true;
    control.focus();
    control.scrollIntoView({ block: 'center' });
    return true;
  }
  return false;
}
