import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A program at `path` that says it is nats-server `version`, and nothing more. */
export function writeFakeServer(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "nats-server: v${version}"\n`, { mode: 0o755 });
  return path;
}
