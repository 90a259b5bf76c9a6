import { describe, expect, it } from 'vitest';
import type { EpochMs, NationCode } from '../../../services/core/foundation/index.ts';
import { createTrustStore, type TrustStore } from '../../../services/core/trust/index.ts';
import { type AgreementVector, agreementVectors } from '../../vectors/agreements/generator/generate.ts';
import { type DirectoryVector, directoryVectors } from '../../vectors/directories/generator/generate.ts';
import { NOON, signingKey } from '../../vectors/envelopes/generator/actors.ts';
import { committedVectors } from './committed-vectors.ts';

const laos = (): TrustStore => createTrustStore({ nation: 'LA' as NationCode, root: signingKey('root-la').kid });

function install(store: TrustStore, file: string, bytes: Uint8Array, now: EpochMs): Promise<TrustStore> {
  return file.startsWith('agreement') ? store.installAgreement(bytes, now) : store.installDirectory(bytes, now);
}

describe('directory vectors', async () => {
  const vectors = committedVectors('directories', await directoryVectors());

  it('are what the committed generator makes, byte for byte', vectors.expectCommitted);

  it.each(vectors.names)('%s', async (name) => {
    const { code, now, installed } = vectors.readVector<DirectoryVector>(name);
    let store = laos();
    for (const file of installed) store = await install(store, file, vectors.read(file), NOON);
    const answer = store.installDirectory(vectors.read(`${name}/document.json`), Date.parse(now) as EpochMs);
    if (code === null) expect((await answer).directoryOf('TH' as NationCode)).toBeDefined();
    else await expect(answer).rejects.toMatchObject({ code });
  });
});

describe('agreement vectors', async () => {
  const vectors = committedVectors('agreements', await agreementVectors());

  it('are what the committed generator makes, byte for byte', vectors.expectCommitted);

  it.each(vectors.names)('%s', async (name) => {
    const { code, now, installed } = vectors.readVector<AgreementVector>(name);
    let store = laos();
    for (const file of installed) store = await store.installAgreement(vectors.read(file), NOON);
    const answer = store.installAgreement(vectors.read(`${name}/document.json`), Date.parse(now) as EpochMs);
    if (code === null) expect((await answer).agreements.size).toBe(1);
    else await expect(answer).rejects.toMatchObject({ code });
  });
});
