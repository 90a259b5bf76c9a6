import { describe, expect, it } from 'vitest';
import { natsServerFloor } from '../../deploy/bootstrap/nats-server-version.mjs';
import { listFiles, readSource } from './source-files.ts';

/** Every version that a line of these files calls the oldest allowed. */
function floorsIn(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    [...readSource(path).matchAll(/(?:min_version|FLOOR\b[^=]*=)[^\n]*?(\d+)(?:\.|, )(\d+)(?:\.|, )(\d+)/gi)].map(
      (match) => match.slice(1, 4).join('.'),
    ),
  );
}

describe('natsServerFloor', () => {
  it('is the version that the leaf listeners of our templates demand of a neighbour', () => {
    const floors = floorsIn(listFiles('deploy/nats', () => true));
    expect([...new Set(floors)]).toEqual([natsServerFloor]);
  });

  it('is the version that an office demands of its own server at start', () => {
    const floors = floorsIn(listFiles('services/core/bus', (path) => path.endsWith('.ts')));
    expect([...new Set(floors)]).toEqual([natsServerFloor]);
  });
});
