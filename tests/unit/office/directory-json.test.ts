import { beforeEach, describe, expect, it } from 'vitest';
import { days, type EpochMs, type KeyId, type OfficeId } from '../../../services/core/foundation/index.ts';
import {
  createTrustStore,
  type InstalledAgreement,
  type InstalledDirectory,
  type TrustStore,
} from '../../../services/core/trust/index.ts';
import { agreementItem, directoryItem } from '../../../services/office/views/directory-json.ts';
import { agreementOf, START, type TestNation, testClock, testNation } from './document-fixtures.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const whenPassed = (ms: number): EpochMs => (START + ms) as EpochMs;
const stamp = (ms: number) => ({ seconds: Math.floor((START + ms) / 1000), nanos: 0 });

let th: TestNation;
let la: TestNation;
let store: TrustStore;

beforeEach(async () => {
  const { clock } = testClock();
  th = testNation('TH', 'th-chiang-khong', clock);
  la = testNation('LA', 'la-houayxay', clock);
  store = createTrustStore({ nation: th.nation, root: th.root.kid });
  store = await store.installAgreement(await agreementOf(th, la, clock), START);
  const shift = (from: number, contact: string) => ({
    from: stamp(from * HOUR),
    until: stamp((from + 8) * HOUR),
    contact,
  });
  const entry = {
    ...la.made.entry,
    dutyRoster: [shift(16, 'third'), shift(0, 'first'), shift(8, 'second'), shift(24, 'fourth'), shift(32, 'fifth')],
  };
  store = await store.installDirectory(await la.directory(undefined, days(30), [entry]), START);
});

interface Shown {
  readonly daysLeft: number;
  readonly offices: readonly {
    readonly office: string;
    readonly onDuty: readonly { readonly contact: string }[];
    readonly next: readonly { readonly contact: string }[];
    readonly keys: readonly { readonly use: string; readonly state: string; readonly [name: string]: unknown }[];
  }[];
}

const installed = (): InstalledDirectory => store.directoryOf(la.nation) as InstalledDirectory;
const shown = (now: EpochMs, directory = installed()): Shown => directoryItem(directory, now) as unknown as Shown;

describe('directoryItem', () => {
  it('says how old a directory is and how long it lasts', () => {
    expect(directoryItem(installed(), whenPassed(DAY))).toMatchObject({
      nation: 'LA',
      current: true,
      sequence: 1,
      issuedAt: '2026-03-01T08:00:00.000Z',
      expiresAt: '2026-03-31T08:00:00.000Z',
      daysLeft: 29,
      rootKid: la.root.kid,
    });
    expect(directoryItem(installed(), whenPassed(31 * DAY))).toMatchObject({ current: false, daysLeft: 0 });
  });

  it('says who is on duty and who is next, in order', () => {
    const [office] = shown(whenPassed(9 * HOUR)).offices;
    expect(office?.onDuty.map(({ contact }) => contact)).toEqual(['second']);
    expect(office?.next.map(({ contact }) => contact)).toEqual(['third', 'fourth', 'fifth']);
  });

  it('hands over at the very moment', () => {
    expect(shown(whenPassed(8 * HOUR)).offices[0]?.onDuty.map(({ contact }) => contact)).toEqual(['second']);
    expect(shown(whenPassed(40 * HOUR)).offices[0]?.onDuty).toEqual([]);
  });

  it('has every key with what it is for, its age and what is left of it', () => {
    const keys = shown(whenPassed(DAY)).offices[0]?.keys ?? [];
    expect(new Set(keys.map(({ use }) => use))).toContain('KEY_USE_SEALING');
    expect(keys.find(({ use }) => use === 'KEY_USE_SIGNING')).toMatchObject({
      ageDays: 2,
      daysLeft: 363,
      state: 'good',
      revokedAt: null,
    });
  });

  it.each([
    [-2 * DAY, 'not-yet'],
    [0, 'good'],
    [400 * DAY, 'ended'],
  ])('says whether a key is good then: %d', (ms, state) => {
    expect(shown(whenPassed(ms)).offices[0]?.keys[0]?.state).toBe(state);
  });

  it('says of a revoked key that it is, from its revocation on', () => {
    const [kid] = [
      ...(installed()
        .offices.get('la-houayxay' as OfficeId)
        ?.signing.keys() ?? []),
    ];
    const revoked = { ...installed(), revokedMs: new Map([[kid as KeyId, whenPassed(HOUR)]]) } as InstalledDirectory;
    expect(shown(whenPassed(0), revoked).offices[0]?.keys[0]).toMatchObject({ state: 'good' });
    expect(shown(whenPassed(HOUR), revoked).offices[0]?.keys[0]).toMatchObject({
      state: 'revoked',
      revokedAt: '2026-03-01T09:00:00.000Z',
    });
  });
});

describe('agreementItem', () => {
  const agreement = (): InstalledAgreement => [...store.agreements.values()][0] as InstalledAgreement;

  it('is in force from its beginning on and before its end', () => {
    const { validFromMs, validUntilMs } = agreement();
    const stateAt = (ms: number) => agreementItem(agreement(), [agreement()], ms as EpochMs)['state'];
    expect([validFromMs - 1, validFromMs, validUntilMs - 1, validUntilMs].map(stateAt)).toEqual([
      'not-yet',
      'in-force',
      'in-force',
      'ended',
    ]);
    expect(agreementItem(agreement(), [], (validUntilMs - 3 * DAY) as EpochMs)).toMatchObject({ daysLeft: 3 });
  });

  it('is replaced while another one that says so is in force', () => {
    const other = {
      ...agreement(),
      agreement: { ...agreement().agreement, id: 'mou-2', replaces: ['mou-1'] },
      validFromMs: whenPassed(DAY),
    } as InstalledAgreement;
    expect(agreementItem(agreement(), [other], whenPassed(0))).toMatchObject({ state: 'in-force', replacedBy: null });
    expect(agreementItem(agreement(), [other], whenPassed(DAY))).toMatchObject({
      state: 'replaced',
      replacedBy: 'mou-2',
    });
  });
});
