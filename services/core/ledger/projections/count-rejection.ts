import type { MessageRejected } from '../../wire/index.ts';

/** Counts a refused submission by its code and by who submitted it. */
export function countRejection(
  rejections: Map<string, Map<string, number>>,
  { code, submittedBy }: MessageRejected,
): void {
  const bySubmitter = rejections.get(code) ?? new Map<string, number>();
  rejections.set(code, bySubmitter);
  bySubmitter.set(submittedBy, (bySubmitter.get(submittedBy) ?? 0) + 1);
}
