import { describe, expect, it } from 'vitest';
import { parseServerConfig } from '../../../services/core/bus/monitor/parse-server-config.ts';

describe('parseServerConfig', () => {
  it('reads maps, lists, words and strings in the forms that the server takes', () => {
    const { settings } = parseServerConfig(
      'a: 1\nb = "two", c { d: [x, "y z"\n w] } # comment: none\n// e: no\n\'f\' : "g # h"',
    );
    expect(settings).toEqual({ a: '1', b: 'two', c: { settings: { d: ['x', 'y z', 'w'] }, includes: [] }, f: 'g # h' });
  });
  it('notes what is included, and reads names in any case', () => {
    expect(parseServerConfig('include "a.conf"\nNo_Auth_User: bob')).toEqual({
      settings: { no_auth_user: 'bob' },
      includes: ['a.conf'],
    });
  });
  it('does not take a setting for part of a word', () => {
    expect(parseServerConfig('no_auth_user:bob').settings).toEqual({ no_auth_user: 'bob' });
  });
  it.each([
    ['an unclosed map', 'a {'],
    ['an unclosed list', 'a: ['],
    ['an unclosed string', 'a: "b'],
    ['a map closed twice', 'a { } }'],
    ['a setting without a value', 'a:'],
    ['a setting twice', 'a: 1\nA: 2'],
    ['a variable', 'a: $B'],
    ['a block string', 'a: (\n b\n)'],
    ['an unquoted address', 'a: 127.0.0.1:4222'],
    ['a list in a list without end', '['.repeat(100)],
    ['too deep a nesting', `${'a { '.repeat(40)}${'}'.repeat(40)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => parseServerConfig(text)).toThrow(expect.objectContaining({ code: 'BUS_CONFIG_INVALID' }));
  });
});
