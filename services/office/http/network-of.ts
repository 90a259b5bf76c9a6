import { isIPv6 } from 'node:net';

/**
 * Under what limits by address count a client: an IPv4 address as it is, of an IPv6 address the first 64 bits. A single line
 * has all addresses below those (RFC 6177 §2), and could come from another one each time.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [left = '', right] = plain.replace(/:\d+\.\d+\.\d+\.\d+$/, ':0:0').split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
