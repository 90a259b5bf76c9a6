import { describe, expect, it } from 'vitest';
import { days, type EpochMs, later, type OfficeId } from '../../../services/core/foundation/index.ts';
import {
  createTrustStore,
  fileSigner,
  fileUnsealer,
  type Signer,
  type TrustStore,
} from '../../../services/core/trust/index.ts';
import { assertOwnStanding } from '../../../services/office/documents/own-standing.ts';
import { OfficeError } from '../../../services/office/errors.ts';
import { START, testClock, testNation } from './document-fixtures.ts';

const { clock } = testClock();
const th = testNation('TH', 'th-chiang-khong', clock);
const other = testNation('TH', 'th-chiang-khong', clock);
const empty = createTrustStore({ nation: th.nation, root: th.root.kid });
const store = await empty.installDirectory(await th.directory(undefined, days(30)), START);

const parts = {
  office: th.office,
  nation: th.nation,
  store: store as TrustStore,
  faults: [] as { file: string; code: string }[],
  signer: fileSigner(th.made.signingKey.privateJwk),
  unsealer: fileUnsealer([th.made.sealingKey.privateJwk]),
  drillSigner: fileSigner(th.made.drillSigningKey.privateJwk) as Signer | null,
  drillUnsealer: fileUnsealer([th.made.drillSealingKey.privateJwk]),
  now: START,
};

function codeOf(changes: Partial<typeof parts>): string {
  try {
    assertOwnStanding({ ...parts, ...changes });
  } catch (error) {
    if (error instanceof OfficeError) return error.code;
    throw error;
  }
  return 'stands';
}

describe('assertOwnStanding', () => {
  it('lets an office start that its nation lists with its keys', () => {
    expect(codeOf({})).toBe('stands');
  });

  it.each([
    ['no directory', { store: empty }, 'OFFICE_DIRECTORY_UNUSABLE'],
    [
      'a directory that was refused',
      { store: empty, faults: [{ file: 'directories/TH.json', code: 'TRUST_DOCUMENT_MALFORMED' }] },
      'OFFICE_DIRECTORY_UNUSABLE',
    ],
    [
      'a directory that is older than the ledger knows',
      { store: empty, faults: [{ file: 'directories/TH.json', code: 'OFFICE_DOCUMENT_ROLLBACK' }] },
      'OFFICE_DOCUMENT_ROLLBACK',
    ],
    ['a directory that has just expired', { now: later(START, days(30)) }, 'OFFICE_DIRECTORY_UNUSABLE'],
    ['a signing key that is not listed', { signer: fileSigner(other.made.signingKey.privateJwk) }, 'OFFICE_NOT_LISTED'],
    [
      'a sealing key that is not listed',
      { unsealer: fileUnsealer([other.made.sealingKey.privateJwk]) },
      'OFFICE_NOT_LISTED',
    ],
    [
      'a signing key for exercises that is not listed',
      { drillSigner: fileSigner(other.made.drillSigningKey.privateJwk) },
      'OFFICE_NOT_LISTED',
    ],
    [
      'its real key in the place of the one for exercises',
      { drillSigner: fileSigner(th.made.signingKey.privateJwk) },
      'OFFICE_NOT_LISTED',
    ],
    [
      'a sealing key for exercises that is not listed',
      { drillUnsealer: fileUnsealer([other.made.drillSealingKey.privateJwk]) },
      'OFFICE_NOT_LISTED',
    ],
    ['an office that is not listed', { office: 'th-mae-sai' as OfficeId }, 'OFFICE_NOT_LISTED'],
  ])('refuses to start with %s', (_, changes, code) => {
    expect(codeOf(changes)).toBe(code);
  });

  it('lets an office start without keys for exercises', () => {
    expect(codeOf({ drillSigner: null, drillUnsealer: fileUnsealer([]) })).toBe('stands');
  });

  it('lets it start one millisecond before the directory expires', () => {
    expect(codeOf({ now: (later(START, days(30)) - 1) as EpochMs })).toBe('stands');
  });
});
