import { describe, expect, it } from 'vitest';
import { isEvidenceName } from '../../../services/cli/evidence/is-evidence-name.ts';

describe('isEvidenceName', () => {
  it.each(['README.md', 'keys/-4sB_x.pem', 'keys/_a.jwk.json', 'opening-001/parts/part-0001.bin'])(
    'takes %s',
    (name) => {
      expect(isEvidenceName(name)).toBe(true);
    },
  );

  it.each(['', '..', '../x', 'a/../b', '/etc/x', 'a//b', '.hidden', 'a/.b', 'a\\b', 'a b', 'a/'])(
    'refuses %s',
    (name) => {
      expect(isEvidenceName(name)).toBe(false);
    },
  );
});
