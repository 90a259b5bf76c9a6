import { describe, expect, it } from 'vitest';
import { entryWithContacts } from '../../../services/cli/region/office-contacts.ts';
import { DEMO_REGION } from '../../../services/cli/region/region-spec.ts';
import { type EpochMs, utf8 } from '../../../services/core/foundation/index.ts';
import { officeEntryCodec, parseJsonText, toJson } from '../../../services/core/wire/index.ts';
import { TH, testOffice } from '../trust/fixtures.ts';

const NOW = Date.parse('2026-11-22T18:00:00Z') as EpochMs;
const plain = {
  office: TH,
  name: 'Somewhere',
  keys: [
    {
      use: 'KEY_USE_SIGNING',
      key: testOffice(TH).signer.publicKey.key,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
    },
  ],
};

describe('entryWithContacts', () => {
  it.each(Object.entries(DEMO_REGION.contacts ?? {}))(
    'says where %s is and who is on duty, in the form of the contract',
    (_office, contacts) => {
      const entry = parseJsonText(
        officeEntryCodec,
        utf8(entryWithContacts(JSON.stringify(plain), contacts, NOW)),
        65_536,
      );
      expect([entry.position?.latitude, entry.position?.longitude]).toEqual(contacts.position);
      expect(entry.focalPoints[0]?.languages).toEqual(contacts.languages);
      const seconds = NOW / 1000;
      const onDuty = entry.dutyRoster.filter(
        ({ from, until }) => (from?.seconds ?? 0) <= seconds && seconds < (until?.seconds ?? 0),
      );
      expect(onDuty).toHaveLength(1);
      expect(toJson(officeEntryCodec, entry)).toMatchObject({ office: TH, name: 'Somewhere' });
    },
  );

  it('says the same all day, so that a directory is not issued anew at every start', () => {
    const [contacts] = Object.values(DEMO_REGION.contacts ?? {});
    if (contacts === undefined) throw new TypeError('the demonstration has contacts');
    const text = JSON.stringify(plain);
    expect(entryWithContacts(text, contacts, (NOW + 3_600_000) as EpochMs)).toBe(
      entryWithContacts(text, contacts, NOW),
    );
  });
});
