import { describe, expect, it } from 'vitest';
import {
  isUnread,
  isWorkedOn,
  type Line,
  lineTime,
  marksOf,
  recipientStates,
} from '../../../../services/console/src/message-list/line.ts';

const line: Line = {
  id: 'e1',
  origin: 'la-huay-xai',
  direction: 'inbound',
  kind: 'MESSAGE_KIND_ALERT',
  precedence: 'PRECEDENCE_ROUTINE',
  createdAt: '1',
  drill: false,
  state: 'delivered',
};

describe('marksOf', () => {
  it('is nothing for a plain message', () => {
    expect(marksOf(line)).toEqual([]);
  });

  it('has the gravest first', () => {
    const recalled = { id: 'r', action: 'RECALL_ACTION_DELETE', ground: 'RECALL_GROUND_INCORRECT', at: '2' } as const;
    expect(marksOf({ ...line, supersededBy: 'e2', recalled, withheld: ['DATA_CATEGORY_SOURCE'] })).toEqual([
      'recalled',
      'superseded',
      'withheld',
    ]);
  });

  it('marks what any recipient did not get', () => {
    const recipients = [{ office: 'a', state: 'sent', withheld: ['DATA_CATEGORY_SOURCE'] }];
    expect(marksOf({ ...line, direction: 'outbound', recipients })).toEqual(['withheld']);
  });
});

describe('isUnread', () => {
  it('is a received message that nobody opened', () => {
    expect(isUnread(line)).toBe(true);
    expect(isUnread({ ...line, state: 'retrieved' })).toBe(false);
    expect(isUnread({ ...line, direction: 'outbound' })).toBe(false);
  });
});

describe('lineTime', () => {
  it('is when the officers here got it or gave it', () => {
    expect(lineTime({ ...line, receivedAt: '2', deliveredAt: '3' })).toBe('3');
    expect(lineTime({ ...line, receivedAt: '2', deliveredAt: null })).toBe('2');
    expect(lineTime({ ...line, acceptedAt: '4' })).toBe('4');
  });
});

describe('recipientStates', () => {
  it('puts together who is equally far, what needs somebody first', () => {
    const recipient = (office: string, state: string) => ({ office, state, withheld: [] });
    const recipients = [recipient('a', 'retrieved'), recipient('b', 'held'), recipient('c', 'retrieved')];
    expect(recipientStates([...recipients, recipient('d', 'novel')])).toEqual([
      ['held', ['b']],
      ['retrieved', ['a', 'c']],
      ['novel', ['d']],
    ]);
  });
});

describe('isWorkedOn', () => {
  it('is everything but what belongs to an operation', () => {
    expect(isWorkedOn(line)).toBe(true);
    expect(isWorkedOn({ kind: 'MESSAGE_KIND_OPERATION_CHARTER' })).toBe(false);
  });
});
