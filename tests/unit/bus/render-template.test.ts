import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../../services/core/bus/server-config/index.ts';

const invalid = expect.objectContaining({ code: 'BUS_TEMPLATE_INVALID' });
const KEY = `U${'A'.repeat(55)}`;

describe('renderTemplate', () => {
  it('fills in each placeholder, as often as it stands there', () => {
    expect(renderTemplate('a: {{id name}} {{number size}}\nb: "{{id name}}"', { name: 'th-mae-sai', size: 7 })).toBe(
      'a: th-mae-sai 7\nb: "th-mae-sai"',
    );
  });
  it("puts a block's texts at the indentation of its line, and nothing where there are none", () => {
    const template = 'users: [\n  {{block users}}\n]';
    expect(renderTemplate(template, { users: ['{\n  a\n}\n', 'b'] })).toBe('users: [\n  {\n    a\n  }\n  b\n]');
    expect(renderTemplate(template, { users: [] })).toBe('users: [\n]');
  });
  it('writes lists in quotes', () => {
    expect(renderTemplate('{{subjects s}}', { s: ['a.b.>', '$JS.API.*'] })).toBe('["a.b.>", "$JS.API.*"]');
  });
  it.each([
    ['a placeholder without a value', '{{id name}}', {}],
    ['a value without a placeholder', 'nothing', { name: 'x' }],
    ['an unknown type', '{{text name}}', { name: 'x' }],
    ['a malformed placeholder', '{{id}}', {}],
    ['an unfinished placeholder', 'a {{ b', {}],
    ['a name that every object has', '{{id toString}}', {}],
    ['a block within a line', 'a: {{block name}}', { name: ['x'] }],
    ['a block that is one text', '{{block name}}', { name: 'x' }],
    ['an empty list', '{{subjects s}}', { s: [] }],
    ['port 0', '{{port p}}', { p: 0 }],
    ['a port too high', '{{port p}}', { p: 65_536 }],
    ['a fraction', '{{number n}}', { n: 1.5 }],
    ['a number as text', '{{number n}}', { n: '1' }],
    ['a relative path', '"{{path p}}"', { p: 'etc/x' }],
    ['a path that ends its string', '"{{path p}}"', { p: '/x" }' }],
    ['a path with a line end', '"{{path p}}"', { p: '/x\ny' }],
    ['a path with a backslash', '"{{path p}}"', { p: '/x\\' }],
    ['a key that is none', '{{nkey k}}', { k: KEY.slice(1) }],
    ["an account's key", '{{nkey k}}', { k: `A${KEY.slice(1)}` }],
    ['a seed that is none', '{{seed s}}', { s: KEY }],
    ['a file in another folder', '"{{file f}}"', { f: '../x' }],
    ['a host with a port', '{{host h}}', { h: 'a:1' }],
    ['a subject with white space', '{{subject s}}', { s: 'a b' }],
    ['a subject with a quote', '{{subject s}}', { s: 'a"' }],
    ['a wildcard in the middle', '{{subject s}}', { s: '>.a' }],
    ['all subjects', '{{subject s}}', { s: '>' }],
    ['a fingerprint in capitals', '{{fingerprints f}}', { f: ['A'.repeat(64)] }],
    ['a fingerprint too short', '{{fingerprints f}}', { f: ['a'.repeat(63)] }],
    ['a nation in small letters', '{{nation n}}', { n: 'th' }],
    ['an account in small letters', '{{account a}}', { a: 'office' }],
    ['a truth as text', '{{boolean b}}', { b: 'true' }],
  ])('refuses %s', (_what, template, values) => {
    expect(() => renderTemplate(template, values)).toThrow(invalid);
  });
  it('lets no value, whatever it is, end its string or its line', () => {
    const types = ['id', 'nation', 'account', 'nkey', 'seed', 'file', 'host', 'path', 'subject'];
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('/a', 'a', '/a"', 'a\n', '/\u0085')),
        (type, value) => {
          let rendered: string;
          try {
            rendered = renderTemplate(`x: "{{${type} v}}"`, { v: value });
          } catch {
            return;
          }
          expect(rendered.replace(/^x: "/, '').replace(/"$/, '').replace(/^"/, '').replace(/"$/, '')).not.toMatch(
            /["\\\n\r\p{Cc}]/u,
          );
        },
      ),
    );
  });
});
