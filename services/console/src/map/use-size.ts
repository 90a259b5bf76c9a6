import { useEffect, useState } from 'preact/hooks';

/** The size of the frame in pixels, as it is and as it becomes. */
export function useSize(frame: { readonly current: SVGSVGElement | null }): {
  readonly width: number;
  readonly height: number;
} {
  const [size, setSize] = useState({ width: 700, height: 560 });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setSize(entry.contentRect);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
