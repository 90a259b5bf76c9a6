import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type HubId, isOfficeId, type OfficeId } from '../../../services/core/foundation/index.ts';
import {
  type ContentParts,
  type CrossParts,
  contentSubject,
  crossSubject,
  inboundStreamOf,
  inboxPrefixOf,
  linkAccountOf,
  parseContentSubject,
  parseCrossSubject,
  parseRegionSubject,
  type RegionParts,
  regionSubject,
} from '../../../services/core/subjects/index.ts';

interface ValidRow<Parts> {
  readonly subject: string;
  readonly parts: Parts;
}
interface InvalidRow {
  readonly defect: string;
  readonly code: string;
  readonly subject: string;
}
interface NameRow {
  readonly id: string;
  readonly linkAccount: string;
  readonly inboundStream?: string;
  readonly inboxPrefix: string;
}

function vectors<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(new URL(`../../vectors/subjects/${name}.json`, import.meta.url), 'utf8')) as Row[];
}

function describeFamily<Parts>(family: string, build: (parts: Parts) => string, parse: (text: unknown) => Parts): void {
  describe(`${family} subjects`, () => {
    it.each(vectors<ValidRow<Parts>>(`${family}-valid`))('builds and parses $subject', ({ subject, parts }) => {
      expect(build(parts)).toBe(subject);
      expect(parse(subject)).toEqual(parts);
    });
    it.each(vectors<InvalidRow>(`${family}-invalid`))('refuses: $defect', ({ subject, code }) => {
      expect(() => parse(subject)).toThrow(expect.objectContaining({ code }));
    });
    it.each([undefined, null, 7, {}, ['cross']])('refuses what is not a text: %j', (value) => {
      expect(() => parse(value)).toThrow(expect.objectContaining({ code: 'SUBJECTS_FORM_INVALID' }));
    });
  });
}

describeFamily<CrossParts>('cross', crossSubject, parseCrossSubject);
describeFamily<RegionParts>('region', regionSubject, parseRegionSubject);
describeFamily<ContentParts>('content', contentSubject, parseContentSubject);

describe('names of accounts, streams and inboxes', () => {
  it.each(vectors<NameRow>('names'))('of $id', ({ id, linkAccount, inboundStream, inboxPrefix }) => {
    expect(linkAccountOf(id as OfficeId | HubId)).toBe(linkAccount);
    expect(inboxPrefixOf(id as OfficeId | HubId)).toBe(inboxPrefix);
    if (isOfficeId(id)) expect(inboundStreamOf(id)).toBe(inboundStream);
  });
  it('refuses an owner that is neither an office nor a hub', () => {
    expect(() => inboxPrefixOf('>' as OfficeId)).toThrow(expect.objectContaining({ code: 'SUBJECTS_TOKEN_INVALID' }));
  });
});
