import { describe, expect, it } from 'vitest';
import {
  describeMessage,
  hasTerms,
  isKindCovered,
  MessageKind,
  messageNameOfKind,
  targetOf,
  termsOf,
} from '../../../services/core/wire/index.ts';

const KINDS = Object.values(MessageKind).filter((kind) => kind !== MessageKind.UNSPECIFIED);
const TARGET = { origin: 'th-mae-sai', id: '01890000-0000-7000-8000-000000000001', digest: new Uint8Array(32) };

describe('hasTerms', () => {
  it('says so of exactly the kinds whose body has terms in the contract', () => {
    for (const kind of KINDS) {
      const { fields } = describeMessage(messageNameOfKind(kind) ?? '');
      expect([kind, hasTerms(kind)]).toEqual([kind, fields.some((field) => field.name === 'terms')]);
    }
  });
});

describe('termsOf', () => {
  it('takes the terms of a body under the name that a ledger has for them', () => {
    const terms = { target: TARGET, action: 1 };
    expect(termsOf(MessageKind.REQUEST_STEP, { terms })).toEqual({ step: terms });
    const names = new Set(describeMessage('MessageTerms').fields.map((field) => field.name));
    for (const kind of KINDS.filter(hasTerms))
      for (const name of Object.keys(termsOf(kind, { terms }) ?? {})) expect(names).toContain(name);
  });

  it('finds none in a kind without them, or where they were withheld', () => {
    expect(termsOf(MessageKind.ALERT, { terms: {} })).toBeNull();
    expect(termsOf(MessageKind.RECALL, { terms: null })).toBeNull();
    expect(termsOf(MessageKind.RECALL, null)).toBeNull();
  });
});

describe('targetOf', () => {
  it('finds what terms are about, whichever they are', () => {
    const none = Object.fromEntries(describeMessage('MessageTerms').fields.map((field) => [field.name, null]));
    for (const { name } of describeMessage('MessageTerms').fields)
      expect(targetOf({ ...none, [name]: { target: TARGET } } as never)).toBe(TARGET);
    expect(targetOf(none as never)).toBeNull();
    expect(targetOf({ ...none, request: { questions: 1 } } as never)).toBeNull();
    expect(targetOf(null)).toBeNull();
  });
});

describe('isKindCovered', () => {
  it('lets answers go where requests may and results where searches may, and no further', () => {
    const { ALERT, REQUEST, REQUEST_STEP, ANSWER, SEARCH, SEARCH_RESULT, LOOKOUT } = MessageKind;
    expect([REQUEST, REQUEST_STEP, ANSWER].map((kind) => isKindCovered([REQUEST], kind))).toEqual([true, true, true]);
    expect([REQUEST, REQUEST_STEP, ANSWER].map((kind) => isKindCovered([ALERT], kind))).toEqual([false, false, false]);
    expect([SEARCH, SEARCH_RESULT].map((kind) => isKindCovered([SEARCH], kind))).toEqual([true, true]);
    expect(isKindCovered([ALERT, REQUEST], SEARCH_RESULT)).toBe(false);
    expect(isKindCovered([ALERT, REQUEST, SEARCH], LOOKOUT)).toBe(false);
  });

  it("lets an originator's control over a message go wherever anything may, and nowhere else", () => {
    const { RECALL, RECALL_ANSWER, CONSENT_REQUEST, CONSENT, PART_REQUEST, REVIEW } = MessageKind;
    for (const kind of [RECALL, RECALL_ANSWER, CONSENT_REQUEST, CONSENT, PART_REQUEST, REVIEW]) {
      expect(isKindCovered([MessageKind.ALERT], kind)).toBe(true);
      expect(isKindCovered([], kind)).toBe(false);
    }
  });
});
