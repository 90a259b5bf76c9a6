import { useSignal } from '@preact/signals';
import { type Problem, problemFrom, UNREACHABLE } from './problem.ts';

/** Something that a person does and that the office answers: under way, refused, or done. */
export interface Action {
  readonly busy: boolean;
  /** Why the last try was refused; gone at the next one. */
  readonly problem: Problem | undefined;
  /**
   * Does it once: a second press while it is under way does nothing. Whether it was done. `onAnswered` follows when the
   * office did it or refused it, so that how things stand is asked again, and belongs to what is under way; where it could not be asked, asking it once
   * more would only say the same twice.
   */
  readonly run: (work: () => Promise<void>, onAnswered?: () => unknown) => Promise<boolean>;
  readonly clear: () => void;
}

/** The state of one button or form that asks the office to do something. */
export function useAction(): Action {
  const state = useSignal<{ busy: boolean; problem: Problem | undefined }>({ busy: false, problem: undefined });
  return {
    ...state.value,
    run: async (work, onAnswered) => {
      if (state.peek().busy) return false;
      state.value = { busy: true, problem: undefined };
      let problem: Problem | undefined;
      try {
        await work();
      } catch (error) {
        state.value = { busy: false, problem: undefined };
        problem = problemFrom(error);
      }
      state.value = { busy: true, problem };
      try {
        // Until it is known how things stand now, a press would be about how they stood.
        if (problem?.code !== UNREACHABLE.code) await onAnswered?.();
      } finally {
        state.value = { busy: false, problem };
      }
      return problem === undefined;
    },
    clear: () => {
      state.value = { busy: false, problem: undefined };
    },
  };
}
