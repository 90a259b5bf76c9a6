import { describe, expect, it } from 'vitest';
import { closeStack } from '../../../services/core/foundation/index.ts';

/** Something to close that notes when it was. */
function closable(name: string, closed: string[], failure?: Error) {
  return {
    name,
    close: async () => {
      closed.push(name);
      if (failure !== undefined) throw failure;
    },
  };
}

describe('closeStack', () => {
  it('ends what was added, last first, and waits for each before the next', async () => {
    const closed: string[] = [];
    const stack = closeStack();
    stack.add(closable('first', closed));
    stack.defer(async () => {
      await Promise.resolve();
      closed.push('second');
    });
    stack.defer(() => void closed.push('third'));
    await stack.close();
    expect(closed).toEqual(['third', 'second', 'first']);
  });

  it('hands back what was added', () => {
    const server = closable('server', []);
    expect(closeStack().add(server)).toBe(server);
  });

  it('ends each at most once', async () => {
    const closed: string[] = [];
    const stack = closeStack();
    stack.add(closable('only', closed));
    await Promise.all([stack.close(), stack.close()]);
    await stack.close();
    expect(closed).toEqual(['only']);
  });

  it('ends the others where one fails, then throws the first failure', async () => {
    const closed: string[] = [];
    const stack = closeStack();
    const first = new Error('first to fail');
    stack.add(closable('a', closed, new Error('second to fail')));
    stack.add(closable('b', closed));
    stack.add(closable('c', closed, first));
    await expect(stack.close()).rejects.toBe(first);
    expect(closed).toEqual(['c', 'b', 'a']);
  });

  it('is closed without doing anything when nothing was added', async () => {
    await expect(closeStack().close()).resolves.toBeUndefined();
  });
});
