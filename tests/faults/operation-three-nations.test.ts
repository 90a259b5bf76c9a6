import { describe, expect, it } from 'vitest';
import { expectLedgersVerify, regionForTest } from './fault-scene.ts';
import {
  act,
  charterOf,
  done,
  eventually,
  HUB,
  JOINT,
  KH,
  LA,
  MM,
  membersAt,
  PAIRS,
  reportAt,
  signReports,
  TH,
  untilState,
  WITHIN,
} from './operation-scene.ts';

const OPERATION = 'river-watch';

describe('an operation of offices of four nations', () => {
  it('goes from charter to signed report', async () => {
    const region = await regionForTest({ pairs: PAIRS, joint: JOINT, heartbeatSeconds: 1 });
    const [th, la, mm, kh] = [TH, LA, MM, KH].map(region.office) as [never, never, never, never];
    await done(th, 'supervisor', '/v1/operations', { charter: charterOf(OPERATION, [TH, LA, MM, KH]) });
    await untilState(OPERATION, 'proposed', [la, mm, kh]);
    await act(la, OPERATION, 'SIGN');
    await act(mm, OPERATION, 'SIGN');
    await untilState(OPERATION, 'live', [th, la, mm, kh]);
    await act(la, OPERATION, 'LEAVE');
    await act(kh, OPERATION, 'SIGN');
    for (const office of [th, mm, kh])
      await eventually(
        async () => expect(await membersAt(office, OPERATION)).toMatchObject({ [LA]: 'left', [KH]: 'joined' }),
        WITHIN,
      );
    await act(th, OPERATION, 'CLOSE');
    await untilState(OPERATION, 'closed', [th, mm, kh]);
    const digests = new Set(
      await Promise.all([th, mm, kh].map(async (office) => (await reportAt(office, OPERATION))['digest'])),
    );
    expect(digests.size).toBe(1);
    await signReports(OPERATION, [th, mm, kh]);
    await expectLedgersVerify(region, TH, LA, MM, KH);
    expect(HUB).toBe('hub-mekong');
  }, 240_000);
});
