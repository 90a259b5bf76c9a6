/** Does it when the browser has nothing else to do, soon at the latest; the returned function takes it back. */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, { timeout: 250 });
  return () => cancelIdleCallback(asked);
}
