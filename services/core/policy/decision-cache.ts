/** Answers about crossings that no policy can tell apart. */
export interface AnswersOfCrossing<Answer> {
  /** The answer kept under that name, else what `ask` says, which is then kept if it may be. */
  readonly answer: (name: string, ask: () => Answer) => Answer;
}

/** Answers by the facts they were given for. */
export interface DecisionCache<Answer> {
  readonly answersFor: (key: string) => AnswersOfCrossing<Answer>;
  /** How many crossings and answers are kept. */
  readonly size: () => number;
}

/** Keys longer than this are not kept, so that memory is bounded in bytes too. */
const MAX_KEY_LENGTH = 1024;

class Answers<Answer> implements AnswersOfCrossing<Answer> {
  readonly known = new Map<string, Answer>();
  readonly #mayKeep: (answer: Answer) => boolean;
  readonly #onKept: () => void;
  /** Still in the cache: what is added counts. */
  inCache = true;

  constructor(mayKeep: (answer: Answer) => boolean, onKept: () => void) {
    this.#mayKeep = mayKeep;
    this.#onKept = onKept;
  }

  answer(name: string, ask: () => Answer): Answer {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const fresh = ask();
    if (this.#mayKeep(fresh) && name.length <= MAX_KEY_LENGTH) {
      this.known.set(name, fresh);
      if (this.inCache) this.#onKept();
    }
    return fresh;
  }
}

/** A cache for one set of policies; beyond `maxSize` it forgets the crossings that were asked about least recently. */
export function decisionCache<Answer>(maxSize: number, mayKeep: (answer: Answer) => boolean): DecisionCache<Answer> {
  const crossings = new Map<string, Answers<Answer>>();
  let size = 0;
  let newestKey: string | undefined;
  let newest: Answers<Answer> | undefined;

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
      if (key.length > MAX_KEY_LENGTH) return new Answers(mayKeep, () => undefined);
      const found = crossings.get(key);
      const answers = found ?? new Answers(mayKeep, onKept);
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
