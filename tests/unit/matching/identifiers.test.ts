import { describe, expect, it } from 'vitest';
import { identifier, identifierKey, isSameIdentifier } from '../../../services/core/matching/identifiers.ts';
import type { IdentifierKind } from '../../../services/core/matching/index.ts';

type Written = readonly [text: string, issuer?: string];

const same = (kind: IdentifierKind, one: Written, other: Written): boolean => {
  const [first, second] = [identifier(kind, ...one), identifier(kind, ...other)];
  if (first === undefined || second === undefined) return false;
  if (isSameIdentifier(first, second)) expect(identifierKey(first)).toBe(identifierKey(second));
  return isSameIdentifier(first, second);
};

describe('isSameIdentifier', () => {
  it.each<[IdentifierKind, Written, Written]>([
    ['document', ['AA 123-4567', 'TH'], ['aa1234567', 'TH']],
    ['document', ['ＡＡ１２３４５６７'], ['AA1234567', 'TH']],
    ['document', ['AA๑๒๓๔๕๖๗'], ['AA1234567']],
    ['document', ['P໑໒໓໔໕໖'], ['P123456']],
    ['document', ['MA၁၂၃၄၅၆'], ['MA123456']],
    ['document', ['N១២៣៤៥៦'], ['N123456']],
    ['plate', ['กข-1234', 'TH'], ['กข ๑๒๓๔', 'TH']],
    ['plate', ['ກກ 1234', 'LA'], ['ກກ1234', 'LA']],
    ['vin', ['mhf-xx 1234 5678'], ['MHFXX12345678']],
    ['imo', ['IMO 9074729'], ['9074729']],
    ['container', ['MSKU 123456-7'], ['msku1234567']],
    ['phone', ['+66 81 234 5678'], ['081-234-5678']],
    ['phone', ['0066812345678'], ['+66 (0)81 2345678']],
    ['phone', ['+856 20 5555 1234'], ['020 55551234']],
    ['account', ['@Golden.Job88', 'Telegram'], ['golden.job88', 'telegram']],
    ['wallet', ['0xAbCd00000000000000000000000000000000EF12'], ['0xabcd00000000000000000000000000000000ef12']],
    ['email', [' Boss@Example.COM '], ['boss@example.com']],
    ['address', ['https://www.example.com/job/'], ['example.com/job']],
    ['bank-account', ['123-4-56789-0', 'TH'], ['1234567890']],
  ])('takes a %s written %j and %j for one', (kind, one, other) => {
    expect(same(kind, one, other)).toBe(true);
  });

  it.each<[IdentifierKind, Written, Written]>([
    ['document', ['AA1234567', 'TH'], ['AA1234567', 'LA']],
    ['document', ['AA1234560'], ['AA123456O']],
    ['document', ['AA1234561'], ['AA123456I']],
    ['plate', ['1234', 'TH'], ['1234', 'LA']],
    ['phone', ['+66812345678'], ['+856812345678']],
    ['phone', ['0812345678'], ['0822345678']],
    ['account', ['golden', 'Telegram'], ['golden', 'Line']],
    ['wallet', ['1BoatSLRHtKNngkdXEeobR76b53LETtpyT'], ['1boatSLRHtKNngkdXEeobR76b53LETtpyT']],
  ])('does not take a %s written %j and %j for one', (kind, one, other) => {
    expect(same(kind, one, other)).toBe(false);
  });

  it('never takes two kinds for one', () => {
    const one = identifier('document', 'AB123456');
    const other = identifier('vin', 'AB123456');
    expect(one !== undefined && other !== undefined && isSameIdentifier(one, other)).toBe(false);
  });
});

describe('identifier', () => {
  it.each<[IdentifierKind, string]>([
    ['document', 'A1'],
    ['document', ' - / '],
    ['document', ''],
    ['phone', '191'],
    ['plate', 'กข'],
    ['document', '.*.*.*'],
  ])('is nothing to look for where too little is left: a %s %j', (kind, text) => {
    expect(identifier(kind, text)).toBeUndefined();
  });

  it('takes what looks like a pattern as letters', () => {
    expect(identifier('document', 'AA.*123(4|5)')?.value).toBe('AA12345');
  });
});
