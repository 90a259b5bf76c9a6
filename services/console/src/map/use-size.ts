import { useEffect, useState } from 'preact/hooks';
import type { ViewBox } from './view-box.ts';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much of the plane one pixel of the frame shows. */
export function scaleOf(box: ViewBox, size: Size): number {
  return Math.max(box.width / size.width, box.height / size.height);
}

/** The size of the frame in pixels, as it is and as it becomes. */
export function useSize(frame: { readonly current: SVGSVGElement | null }): Size {
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
