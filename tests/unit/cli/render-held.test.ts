import { describe, expect, it } from 'vitest';
import { renderHeld, renderHeldList } from '../../../services/cli/held/render-held.ts';

const SHOWN = 'a'.repeat(64);
const HELD = {
  id: 'outbound.mm-tachileik.x.th-mae-sai',
  direction: 'outbound',
  peer: 'th-mae-sai',
  submittedBy: 'officer-1',
  kind: 'MESSAGE_KIND_ALERT',
  precedence: 'PRECEDENCE_FLASH',
  ageSeconds: 90_061,
  deadline: { at: '2026-03-02T08:00:00.000Z', outcome: 'expires-without-release' },
  policies: ['mm.minors'],
  why: [
    { policy: 'mm.minors', reason: 'Two persons look at it.' },
    { policy: 'mm.gone', reason: null },
  ],
  releasesNeeded: 2,
  approvals: [{ by: 'supervisor-1', role: 'supervisor', reason: 'seen', shown: SHOWN }],
  contentState: 'present',
  content: { alert: { headline: 'A child\u001b[2J' } },
  withheldParts: [{ category: 'DATA_CATEGORY_BIOMETRIC', policies: ['mm.no-faces'], by: 'mm-tachileik' }],
  now: { outcome: 'released', withheld: [], policies: [] },
  shown: SHOWN,
};

describe('renderHeld', () => {
  it('says why, for how long, what becomes of it, who has approved it and how to release exactly this', () => {
    const text = renderHeld(HELD);
    expect(text).toContain('mm.minors: Two persons look at it.');
    expect(text).toContain('mm.gone: no policy in force has that name any more');
    expect(text).toContain('1 d 1 h');
    expect(text).toContain('2026-03-02T08:00:00.000Z: it expires without release');
    expect(text).toContain('two of different roles, not the author; approved by supervisor-1 (supervisor)');
    expect(text).toContain('biometric by mm-tachileik: mm.no-faces');
    expect(text).toContain(`blo held release ${HELD.id} --shown ${SHOWN} --reason <why>`);
  });

  it('lets nothing of others move the cursor', () => {
    expect(renderHeld(HELD)).not.toContain('\u001b');
  });

  it('says where an approval was of something else', () => {
    expect(renderHeld({ ...HELD, shown: 'b'.repeat(64) })).toContain('approved something else, which lapsed');
  });

  it('says where nothing can be released, and by whose rule', () => {
    const refused = { ...HELD, shown: null, now: { outcome: 'refused', policies: ['mm.never'], withheld: [] } };
    expect(renderHeld(refused)).toContain('Nothing can be released as things stand now: mm.never.');
    expect(renderHeld(refused)).not.toContain('--shown');
  });
});

describe('renderHeldList', () => {
  it('shows how many of the persons it takes have agreed', () => {
    expect(renderHeldList([HELD])).toContain('1 of 2');
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [61, '1 min 1 s'],
    [3_600, '1 h 0 min'],
    [200_000, '2 d 7 h'],
  ])('says %i seconds as %s', (ageSeconds, words) => {
    expect(
      renderHeldList([{ ...HELD, ageSeconds }])
        .split('\n')[1]
        ?.split('  ')[0],
    ).toBe(words);
  });
});
