import { describe, expect, it } from 'vitest';
import { formatLinkCard, type LinkCard, parseAddress, parseLinkCard } from '../../../services/cli/home/link-card.ts';
import { parseHubId, parseOfficeId } from '../../../services/core/foundation/index.ts';

const card: LinkCard = {
  from: parseOfficeId('la-houayxay'),
  for: parseHubId('hub-mekong'),
  leafKey: `U${'A'.repeat(55)}`,
  fingerprint: 'ab'.repeat(32),
  authorityPem: '-----BEGIN CERTIFICATE-----\n...\n',
  address: { host: '10.0.0.1', port: 7422 },
};

const spoiled = (change: object): string => JSON.stringify({ version: 1, ...card, ...change });

describe('parseLinkCard', () => {
  it('reads what formatLinkCard wrote', () => {
    expect(parseLinkCard(formatLinkCard(card), 'card.json')).toEqual(card);
    const dialler = { ...card, leafKey: null, address: null };
    expect(parseLinkCard(formatLinkCard(dialler), 'card.json')).toEqual(dialler);
  });

  it.each([
    ['no JSON', 'card'],
    ['a list', '[]'],
    ['another version', spoiled({ version: 2 })],
    ['a seed where the public key belongs', spoiled({ leafKey: `SU${'A'.repeat(56)}` })],
    ['a fingerprint in capitals', spoiled({ fingerprint: 'AB'.repeat(32) })],
    ['a key where the certificate belongs', spoiled({ authorityPem: '-----BEGIN PRIVATE KEY-----' })],
    ['a host that could end a string', spoiled({ address: { host: 'a" b', port: 1 } })],
    ['a port that is none', spoiled({ address: { host: 'a', port: 70_000 } })],
  ])('refuses %s', (_, text) => {
    expect(() => parseLinkCard(text, 'card.json')).toThrow(expect.objectContaining({ code: 'CLI_INPUT_INVALID' }));
  });

  it('refuses an end that is neither office nor hub', () => {
    expect(() => parseLinkCard(spoiled({ from: 'somebody' }), 'card.json')).toThrow(
      expect.objectContaining({ code: 'FOUNDATION_ID_INVALID' }),
    );
  });
});

describe('parseAddress', () => {
  it.each(['127.0.0.1:80', 'hub.example:7422', '[fd00::1]:1'])('reads %s', (text) => {
    const { host, port } = parseAddress(text);
    expect(`${host}:${port}`).toBe(text);
  });

  it.each(['80', 'a:0', 'a:65536', 'a b:1', 'a:1x', ':1'])('refuses %s', (text) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'CLI_INPUT_INVALID' }));
  });
});
