import { computed, signal } from '@preact/signals';

const answer = signal<((proved: boolean) => void) | undefined>(undefined);
let asking: Promise<boolean> | undefined;

/** Whether the person is asked to prove again who they are. */
export const isProofAsked = computed(() => answer.value !== undefined);

/** Asks the person, over the page; whether they did it. Whatever asks meanwhile waits for the same answer. */
export function askForProof(): Promise<boolean> {
  asking ??= new Promise<boolean>((resolve) => {
    answer.value = resolve;
  }).finally(() => {
    asking = undefined;
    answer.value = undefined;
  });
  return asking;
}

/** What the person did: proved it, or went on without. */
export function answerProof(proved: boolean): void {
  answer.peek()?.(proved);
}
