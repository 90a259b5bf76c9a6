import { useEffect, useState } from 'preact/hooks';

const SETTLE_MS = 900;

/** Whether the value has not changed for a moment: what is half typed is not called wrong. */
export function useSettled(value: unknown): boolean {
  const [settled, setSettled] = useState<unknown>(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled === value;
}
