import type { Violation } from './find-import-violations.ts';
import { type Node, named, type ParsedModule } from './parse-module.ts';

/**
 * Assertions that can never fail: `expect(x);` without a matcher, a matcher that is not called, and `.resolves` or
 * `.rejects` that nobody awaits.
 */
export function findIdleAssertions(module: ParsedModule): Violation[] {
  return module.nodes
    .filter((node) => node.type === 'ExpressionStatement' && isIdle(node['expression'] as Node))
    .map((node) => ({
      rule: 'idle-assertion',
      at: `${module.path}:${module.lineOf(node)}`,
      reason: 'an assertion that cannot fail shows nothing',
    }));
}

function isIdle(expression: Node): boolean {
  const awaited = expression.type === 'AwaitExpression';
  const node = awaited ? (expression['argument'] as Node) : expression;
  const chain = chainOf(node);
  if (chain === undefined) return false;
  const called = node.type === 'CallExpression' && chain.length > 0;
  const asynchronous = chain.includes('resolves') || chain.includes('rejects');
  return !called || (asynchronous && !awaited);
}

/** The member names that follow `expect(...)`, or undefined where the expression does not begin with it. */
function chainOf(node: Node): string[] | undefined {
  if (node.type === 'MemberExpression') {
    const before = chainOf(node['object'] as Node);
    return before && [...before, named(node['property']) ?? ''];
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = node['callee'] as Node;
  return named(callee) === 'expect' ? [] : chainOf(callee);
}
