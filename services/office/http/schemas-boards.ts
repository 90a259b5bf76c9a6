import type { JsonSchema } from './route.ts';
import { object, WHOLE } from './schema-parts.ts';

const counted = (description: string): JsonSchema => ({ ...WHOLE, description });

/** The schema of what waits on the boards of an office. */
export const BOARD_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  BoardCounts: object({
    unread: counted('Delivered messages that nobody of this office has opened or closed.'),
    held: counted('Crossings that wait for a release.'),
    requests: counted('Requests in which this office has the next word.'),
    requestsOverdue: counted('Requests to this office that are open past their time limit.'),
    recalls: counted('Recalls that this office has not answered.'),
    consents: counted('Requests for consent that this office has not answered.'),
    openings: counted('Requests for withheld parts of which this office has opened nothing.'),
    reviews: counted('Own reviews of what went past the hold that are open.'),
  }),
};
