import { rfc3339, toHex } from '../../core/foundation/index.ts';
import type { HolderView, RecallAnswerView, RecallView } from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** Whether answers to a recall are still due: on the originator's side those of all holders, elsewhere this office's own. */
export type RecallStanding = 'open' | 'overdue' | 'answered';

/** Where a recall stands as a whole. */
export function recallStanding({ direction, holders }: RecallView): RecallStanding {
  const states = (direction === 'outbound' ? holders : holders.slice(0, 1)).map(({ state }) => state);
  if (states.includes('overdue')) return 'overdue';
  return states.includes('waiting') ? 'open' : 'answered';
}

/** A recall as it is listed and read; what it says for people is in the message of the same id. */
export function recallJson(recall: RecallView): Json {
  const { origin, id, digest } = recall.target;
  return {
    id: recall.id,
    origin: recall.origin,
    direction: recall.direction,
    message: { origin, id, digest: toHex(Uint8Array.from(digest)) },
    action: codeName('RecallAction', recall.action),
    ground: codeName('RecallGround', recall.ground),
    createdAt: rfc3339(recall.createdMs),
    answerBy: rfc3339(recall.answerByMs),
    state: recallStanding(recall),
    holders: recall.holders.map(holderJson),
  };
}

function holderJson({ office, via, copy, recall, state, answer }: HolderView): Json {
  return { office, via, copy, recall, state, answer: answer === null ? null : answerJson(answer) };
}

function answerJson({ id, outcome, ground, passedOn, atMs }: RecallAnswerView): Json {
  return {
    messageId: id,
    outcome: codeName('RecallOutcome', outcome),
    ground: ground === 0 ? null : codeName('RetentionGround', ground),
    passedOn,
    at: rfc3339(atMs),
  };
}
