import { describe, expect, it } from 'vitest';
import type { EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import { type CharterVector, charterVectors } from '../../vectors/charters/generator/generate.ts';
import { laoStore, NOON } from '../../vectors/envelopes/generator/actors.ts';
import { committedVectors } from './committed-vectors.ts';

describe('charter vectors', async () => {
  const vectors = committedVectors('charters', await charterVectors());

  it('are what the committed generator makes, byte for byte', vectors.expectCommitted);

  it.each(vectors.names)('%s', async (name) => {
    const { code, now, installed, signed } = vectors.readVector<CharterVector>(name);
    let store = await (await laoStore()).installAgreement(vectors.read('agreement.json'), NOON);
    for (const file of installed) store = store.installCharter(vectors.read(file), NOON);
    const bytes = vectors.read(`${name}/document.json`);
    if (code !== null) {
      expect(() => store.installCharter(bytes, Date.parse(now) as EpochMs)).toThrow(expect.objectContaining({ code }));
      return;
    }
    const after = store.installCharter(bytes, Date.parse(now) as EpochMs);
    const [charter] = [...after.charters.values()];
    expect([...(charter?.signatures.keys() ?? [])]).toEqual(signed as OfficeId[]);
    expect(after === store).toBe(installed.length > 0 && signed.length === 1);
  });
});
