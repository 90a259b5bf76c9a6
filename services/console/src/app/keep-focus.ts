/** Parts of a page that the focus may fall back to: a reader says their names, and Tab goes on inside them. */
const PARTS = 'li, tr, fieldset, form, article, section, dialog, [role="tabpanel"], main';
/** A screen that has a better place for the focus has put it there by then. */
const SETTLE_MS = 60;

/**
 * Whoever works with the keyboard is never thrown to the top of the page: where what has the focus is taken away by what
 * they did, the nearest part around it that is still there gets the focus; where it only moved, it keeps it.
 */
export function keepFocus(): void {
  let last: Element | undefined;
  let around: readonly Element[] = [];
  let isDue = false;
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    last = target;
    around = partsAround(target);
  });
  // A press beside everything takes the focus away on purpose.
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && last?.contains(target) !== true) last = undefined;
  });
  const restore = (): void => {
    isDue = false;
    if (last === undefined || !isLost()) return;
    if (last instanceof HTMLElement && last.isConnected) last.focus({ preventScroll: true });
    for (const part of [...around, document.getElementById('main')]) {
      if (!isLost()) return;
      if (part instanceof HTMLElement && part.isConnected) focusPart(part);
    }
  };
  new MutationObserver(() => {
    if (isDue || last === undefined || !isLost()) return;
    isDue = true;
    setTimeout(restore, SETTLE_MS);
  }).observe(document.body, { childList: true, subtree: true });
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function partsAround(element: Element): readonly Element[] {
  const parts: Element[] = [];
  for (let part = element.parentElement?.closest(PARTS); part; part = part.parentElement?.closest(PARTS))
    parts.push(part);
  return parts;
}

/** What is no control can have the focus for this once. */
function focusPart(part: HTMLElement): void {
  if (!part.hasAttribute('tabindex')) {
    part.tabIndex = -1;
    part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true });
  }
  part.focus({ preventScroll: true });
}
