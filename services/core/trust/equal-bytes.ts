/** Whether both hold the same bytes, in whatever time that takes: for bytes that are no secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
