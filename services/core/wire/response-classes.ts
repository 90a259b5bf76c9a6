import { ResponseClass } from './__generated__/types.ts';

/** Within how many hours a request of each class is to be answered: Directive (EU) 2023/977, article 5. */
export const HOURS_OF_CLASS: Readonly<Record<ResponseClass, number>> = {
  [ResponseClass.UNSPECIFIED]: 0,
  [ResponseClass.URGENT]: 8,
  [ResponseClass.PROMPT]: 3 * 24,
  [ResponseClass.REGULAR]: 7 * 24,
};
