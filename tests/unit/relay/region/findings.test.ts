import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../../services/core/foundation/index.ts';
import { regionFindings } from '../../../../services/core/relay/region/findings.ts';
import { LA, TH } from '../../trust/fixtures.ts';

describe('regionFindings', () => {
  it('finds what others do however much one office gives to find', () => {
    const told: string[] = [];
    const findings = regionFindings({ now: () => 0 as EpochMs } as never, ({ office, code }) => {
      told.push(`${office} ${code}`);
    });
    for (let number = 1; number <= 5_000; number++)
      findings.found({ code: 'REGION_FORK', hub: null, office: LA, detail: `number ${number}` });
    expect(findings.all().length).toBeLessThan(100);
    const frozen = { code: 'REGION_DIRECTORY_FROZEN', hub: null, office: TH } as const;
    findings.found({ ...frozen, detail: 'TH' });
    expect(findings.has(frozen)).toBe(true);
    expect(told.at(-1)).toBe(`${TH} REGION_DIRECTORY_FROZEN`);
    findings.found({ code: 'REGION_GAP', hub: null, office: LA, detail: '1/1' });
    expect(findings.has({ code: 'REGION_GAP', hub: null, office: LA })).toBe(true);
  });
});
