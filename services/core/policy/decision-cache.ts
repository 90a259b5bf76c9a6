import type { PolicyAnswer } from './cedar.ts';

/** Answers about crossings that no policy can tell apart. */
export interface AnswersOfCrossing {
  /** The answer kept under that name, else what `ask` says, which is then kept. A failed answer is not kept. */
  readonly answer: (name: string, ask: () => PolicyAnswer) => PolicyAnswer;
}

/** Answers by the facts they were given for. */
export interface DecisionCache {
  readonly answersFor: (key: string) => AnswersOfCrossing;
  /** How many crossings and answers are kept. */
  readonly size: () => number;
}

/** Keys longer than this are not kept, so that memory is bounded in bytes too. */
const MAX_KEY_LENGTH = 1024;

class Answers implements AnswersOfCrossing {
  readonly known = new Map<string, PolicyAnswer>();
  readonly #onKept: () => void;
  /** Still in the cache: what is added counts. */
  inCache = true;

  constructor(onKept: () => void) {
    this.#onKept = onKept;
  }

  answer(name: string, ask: () => PolicyAnswer): PolicyAnswer {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const fresh = ask();
    if (!fresh.failed && name.length <= MAX_KEY_LENGTH) {
      this.known.set(name, fresh);
      if (this.inCache) this.#onKept();
    }
    return fresh;
  }
}

/** A cache for one set of policies; beyond `maxSize` it forgets the crossings that were asked about least recently. */
export function decisionCache(maxSize: number): DecisionCache {
  const crossings = new Map<string, Answers>();
  let size = 0;
  let newestKey: string | undefined;
  let newest: Answers | undefined;

  const forgetOldest = (): void => {
    for (const [key, answers] of crossings) {
      if (size <= maxSize) return;
      crossings.delete(key);
      answers.inCache = false;
      size -= 1 + answers.known.size;
      if (answers === newest) newest = undefined;
    }
  };
  const onKept = (): void => {
    size++;
    forgetOldest();
  };

  return {
    size: () => size,
    answersFor: (key) => {
      if (newest !== undefined && key === newestKey) return newest;
      if (key.length > MAX_KEY_LENGTH) return new Answers(() => undefined);
      const found = crossings.get(key);
      const answers = found ?? new Answers(onKept);
      crossings.delete(key);
      crossings.set(key, answers);
      newest = answers;
      newestKey = key;
      if (found === undefined) {
        size++;
        forgetOldest();
      }
      return answers;
    },
  };
}
