import { describe, expect, it } from 'vitest';
import { findMainArchive } from '../../../deploy/bootstrap/machine-archive.mjs';
import { isAtLeast } from '../../../deploy/bootstrap/nats-server-version.mjs';
import { ensureNodeVersion } from '../../../deploy/bootstrap/node-version.mjs';

describe('isAtLeast', () => {
  it.each([
    ['2.14.3', '2.14.3', true],
    ['2.14.10', '2.14.9', true],
    ['2.15.0', '2.14.3', true],
    ['3.0.0', '2.14.3', true],
    ['2.14.2', '2.14.3', false],
    ['2.9.99', '2.14.3', false],
    ['1.99.99', '2.14.3', false],
    ['2.14.3-RC.1', '2.14.3', false],
    ['2.14.4-RC.1', '2.14.3', true],
    ['2.14.3', '2.14.3-RC.1', true],
  ])('%s against a floor of %s: %s', (version, floor, expected) => {
    expect(isAtLeast(version, floor)).toBe(expected);
  });
});

describe('ensureNodeVersion', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts %s', (version) => {
    expect(() => ensureNodeVersion(version)).not.toThrow();
  });

  it.each(['20.18.3', '18.20.8', '16.0.0'])('refuses %s', (version) => {
    expect(() => ensureNodeVersion(version)).toThrowError(expect.objectContaining({ code: 'SETUP_NODE_TOO_OLD' }));
  });
});

describe('findMainArchive', () => {
  const targets = [
    'https://packages.example/tools/ bookworm contrib amd64',
    'https://security.example/debian-security/ bookworm-security main amd64',
    'https://mirror.example/debian/ bookworm-updates main amd64',
    'https://mirror.example/debian/ bookworm main amd64',
  ].join('\n');

  it('takes the mirror of the release itself, not of its security or update suites', () => {
    expect(findMainArchive(targets, 'bookworm')).toBe('https://mirror.example/debian/');
  });

  it('takes none where the machine follows another release only', () => {
    expect(findMainArchive(targets, 'trixie')).toBeUndefined();
  });

  it('takes the mirror of a machine that follows testing or sid by name', () => {
    expect(findMainArchive('https://mirror.example/debian/ sid main arm64\n', '')).toBe(
      'https://mirror.example/debian/',
    );
  });
});
