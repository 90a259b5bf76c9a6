import { useSignal } from '@preact/signals';
import { type Problem, problemFrom } from './problem.ts';

/** Something that a person does and that the office answers: under way, refused, or done. */
export interface Action {
  readonly busy: boolean;
  /** Why the last try was refused; gone at the next one. */
  readonly problem: Problem | undefined;
  /** Does it once: a second press while it is under way does nothing. Whether it was done. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
  readonly clear: () => void;
}

/** The state of one button or form that asks the office to do something. */
export function useAction(): Action {
  const state = useSignal<{ busy: boolean; problem: Problem | undefined }>({ busy: false, problem: undefined });
  return {
    ...state.value,
    run: async (work) => {
      if (state.peek().busy) return false;
      state.value = { busy: true, problem: undefined };
      try {
        await work();
        state.value = { busy: false, problem: undefined };
        return true;
      } catch (error) {
        state.value = { busy: false, problem: undefined };
        state.value = { busy: false, problem: problemFrom(error) };
        return false;
      }
    },
    clear: () => {
      state.value = { busy: false, problem: undefined };
    },
  };
}
