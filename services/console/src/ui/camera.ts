/**
 * Whether this browser takes a photograph where a file is chosen, as those of phones do; on a desk it would open the same
 * choice of files once more.
 */
export function takesPhotographs(): boolean {
  return 'capture' in HTMLInputElement.prototype;
}
