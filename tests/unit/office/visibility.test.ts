import { describe, expect, it } from 'vitest';
import {
  type Agency,
  type AgencyId,
  NO_OFFICERS,
  type Principal,
  type PrincipalName,
  type SessionId,
} from '../../../services/core/access/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import type { Relay } from '../../../services/core/relay/index.ts';
import {
  CrimeArea,
  MessageKind,
  type MessageTerms,
  Outcome,
  Precedence,
  TriageAction,
} from '../../../services/core/wire/index.ts';
import { OFFICE_ROUTES } from '../../../services/office/http/office-routes.ts';
import { problemOf } from '../../../services/office/http/problems.ts';
import type { Answer, Route } from '../../../services/office/http/route.ts';
import { visibleDoor } from '../../../services/office/http/visibility/index.ts';
import {
  copyTo,
  decision,
  type FakeOffice,
  fakeOffice,
  idOf,
  inbound,
  NOW,
  outbound,
  PEER,
  SELF,
} from './fake-office.ts';

const AGENCIES: readonly Agency[] = [
  { id: 'narcotics' as AgencyId, name: 'Narcotics', crimeAreas: ['CRIME_AREA_DRUGS'] },
  { id: 'wildlife' as AgencyId, name: 'Wildlife', crimeAreas: ['CRIME_AREA_WILDLIFE'] },
];
const officer = (agency: string | null, name = 'officer-9'): Principal => ({
  kind: 'session',
  id: '0123456789abcdef' as SessionId,
  role: 'officer',
  name: name as PrincipalName,
  agencies: agency === null ? null : [agency as AgencyId],
});
const DRUGS = { crimeArea: CrimeArea.DRUGS, submittedBy: 'officer-1' };
const about = (name: keyof MessageTerms, number: number): MessageTerms =>
  ({
    [name]: { target: { origin: SELF, id: idOf(number), digest: new Uint8Array(32) }, categories: [] },
  }) as unknown as MessageTerms;

/** The region was told the first message. */
const REGION = {
  find: () => ({ direction: 'outbound', from: SELF, id: idOf(1), crimeArea: CrimeArea.DRUGS }),
  list: () => [{ direction: 'inbound', from: PEER, id: idOf(50), crimeArea: CrimeArea.DRUGS }],
} as unknown as Relay['region'];

/** An office whose every message is a matter of narcotics. */
function office(): FakeOffice {
  const made = fakeOffice({ agencies: AGENCIES, officers: NO_OFFICERS, region: REGION });
  made.put(outbound(1, [copyTo(PEER, Outcome.HELD)], DRUGS));
  made.put(inbound(2, { crimeArea: CrimeArea.DRUGS }));
  made.put(outbound(3, [copyTo(PEER, Outcome.RELEASED)], { ...DRUGS, kind: MessageKind.REQUEST }));
  made.put(
    outbound(4, [copyTo(PEER, Outcome.RELEASED)], {
      ...DRUGS,
      kind: MessageKind.CONSENT_REQUEST,
      terms: about('consentRequest', 1),
    }),
  );
  made.put(inbound(5, { kind: MessageKind.PART_REQUEST, terms: about('partRequest', 1) }));
  made.put(inbound(6, { crimeArea: CrimeArea.DRUGS, decision: decision(Outcome.HELD) }));
  return made;
}

const asked = async (
  { door }: FakeOffice,
  route: Route,
  principal: Principal,
  path: Record<string, string>,
  body: unknown = {},
): Promise<Answer | { readonly status: number; readonly code: string }> => {
  try {
    return await route.handle(door, {
      asker: { principal, reach: 'all' },
      path,
      query: {},
      body: Buffer.from(JSON.stringify(body)),
      header: () => undefined,
      address: '',
      signal: new AbortController().signal,
    } as never);
  } catch (error) {
    const { status, code } = problemOf(error, '');
    return { status, code };
  }
};

const routeOf = (name: string): Route => OFFICE_ROUTES.find((route) => route.name === name) as Route;
const HELD = `outbound.${SELF}.${idOf(1)}.${PEER}`;
/** Every route that names one message of two offices, with the message it may be asked of and what is said to it. */
const NAMING: readonly [name: string, id: string, body?: unknown][] = [
  ['readMessage', idOf(1)],
  ['retrieveMessage', idOf(2)],
  ['readEvidence', idOf(1)],
  ['takeTriageStep', idOf(1), { action: 'TRIAGE_ACTION_ASSIGN' }],
  ['readTriage', idOf(1)],
  ['explainMessage', idOf(1)],
  ['forwardMessage', idOf(2), { recipient: 'mm-tachileik', reason: 'x' }],
  ['releaseToRegion', idOf(1)],
  ['readHeld', HELD],
  ['releaseHeld', HELD, { reason: 'seen', shown: '0'.repeat(64) }],
  ['rejectHeld', HELD, { reason: 'no' }],
  ['readRequest', idOf(3)],
  ['takeStep', idOf(3), { action: 'REQUEST_ACTION_WITHDRAW' }],
  ['readConsent', idOf(4)],
  ['answerConsent', idOf(4), { granted: true }],
  ['readOpening', idOf(5)],
  ['openParts', idOf(5), { reason: 'x' }],
  ['readRecall', idOf(1)],
  ['answerRecall', idOf(1), { outcome: 'RECALL_OUTCOME_DONE' }],
  ['readReview', idOf(1)],
  ['closeReview', idOf(1), { finding: 'REVIEW_FINDING_JUSTIFIED', text: 'x', textLanguage: 'en' }],
  ['readSearch', idOf(1)],
  ['endLookout', idOf(1)],
  ['readBulletin', idOf(1)],
  ['withdrawBulletin', idOf(1)],
];
/** These name an operation, its posts and its files, or a subscription. */
const OTHERS = /\/v1\/(operations|subscriptions|officers|agencies|session|sign-in)\b/;

describe('what an officer of another agency asks', () => {
  it('is every route that names a message', () => {
    const named = OFFICE_ROUTES.filter(
      ({ path, action }) => /\{id\}/.test(path) && action !== null && !OTHERS.test(path),
    );
    expect(named.map(({ name }) => name).sort()).toEqual([...new Set(NAMING.map(([name]) => name))].sort());
  });

  it.each(NAMING)('is answered by %s as what nobody knows', async (name, id, body) => {
    const made = office();
    const answer = await asked(made, routeOf(name), officer('wildlife'), { id }, body);
    // What is malformed is refused before anything is looked up, and says nothing either.
    expect([404, 422]).toContain(answer.status);
    expect(JSON.stringify(answer)).not.toContain('Fast boat');
    expect(made.asked).toMatchObject({ retrieved: [], released: [], rejected: [] });
  });

  it.each([
    'readMessage',
    'readEvidence',
    'readTriage',
    'explainMessage',
    'readHeld',
    'retrieveMessage',
    'readOpening',
  ])('is known to %s for an officer of the agency', async (name) => {
    const [, id = ''] = NAMING.find(([one]) => one === name) ?? [];
    expect((await asked(office(), routeOf(name), officer('wildlife'), { id })).status).toBe(404);
    expect((await asked(office(), routeOf(name), officer('narcotics'), { id })).status).toBe(200);
  });

  it.each(['listInbox', 'listOutbox', 'listHeld', 'listRequests', 'listConsents', 'listOpenings', 'listAnswers'])(
    'is in no list (%s)',
    async (name) => {
      const text = JSON.stringify(await asked(office(), routeOf(name), officer('wildlife'), {}));
      expect(text).not.toContain('019a0000-0000');
      expect(text).toContain('"status":200');
    },
  );

  it('is not told on the feed either', async () => {
    const made = office();
    const first = visibleDoor(made.door, officer('wildlife')).feed.subscribe();
    const second = visibleDoor(made.door, officer('narcotics')).feed.subscribe();
    made.feed.publish({ type: 'message-triaged', origin: SELF, envelopeId: idOf(1), triageAction: 'note' });
    made.feed.publish({ type: 'retrieved', origin: PEER, envelopeId: idOf(99) });
    made.feed.publish({ type: 'link-down', peer: PEER });
    const types = async (heard: ReturnType<typeof first.next>) => {
      const next = await heard;
      return next.kind === 'events' ? next.events.map(({ event }) => event.type) : next.kind;
    };
    expect(await types(first.next())).toEqual(['link-down']);
    expect(await types(second.next())).toEqual(['message-triaged', 'link-down']);
  });
});

describe('whom an officer may restrict a message to', () => {
  const restrict = async (made: FakeOffice, agency: string, agencies: readonly string[]) =>
    await asked(
      made,
      routeOf('takeTriageStep'),
      officer(agency),
      { id: idOf(1) },
      { action: 'TRIAGE_ACTION_RESTRICT', agencies },
    );

  it('is an agency of their own, and another only beside it', async () => {
    const people = { agencies: new Map(AGENCIES.map((agency) => [agency.id, agency])), officers: new Map() };
    const made = fakeOffice({ agencies: AGENCIES, officers: people, region: REGION });
    made.put(outbound(1, [], { crimeArea: CrimeArea.DRUGS, precedence: Precedence.FLASH }));
    expect(await restrict(made, 'narcotics', ['wildlife'])).toEqual({ status: 403, code: 'TRIAGE_AGENCY_OTHER' });
    const restricted = {
      origin: SELF,
      envelopeId: idOf(1),
      step: 1,
      action: TriageAction.RESTRICT,
      agencies: ['narcotics'],
    };
    made.messages.triage.add({ ...restricted, note: null } as never, { atMs: NOW, number: 1 } as never);
    expect(await restrict(made, 'wildlife', [])).toEqual({ status: 403, code: 'TRIAGE_AGENCY_OTHER' });
    // The relay of this office takes no steps; that it was asked says that nothing else stood in the way.
    expect(await restrict(made, 'narcotics', [])).toMatchObject({ status: 500 });
  });
});

describe('visibleDoor', () => {
  const sees = (made: FakeOffice, number: number, agency: string | null, name?: string): boolean => {
    const { projection } = visibleDoor(made.door, officer(agency, name)).relay;
    const origin = made.messages.outbound.has(messageKey(SELF, idOf(number))) ? SELF : PEER;
    return (
      projection.outbound.has(messageKey(origin, idOf(number))) ||
      projection.inbound.has(messageKey(origin, idOf(number)))
    );
  };
  const triaged = (made: FakeOffice, number: number, facts: object): void =>
    made.messages.triage.add(
      {
        origin: made.messages.outbound.has(messageKey(SELF, idOf(number))) ? SELF : PEER,
        envelopeId: idOf(number),
        officer: 'supervisor-1',
        step: 1,
        assignee: '',
        caseReference: '',
        note: null,
        outcome: 0,
        agencies: [],
        ...facts,
      } as never,
      { atMs: NOW, number: 1 } as never,
    );

  it('is the same door for whom no compartment concerns', () => {
    const made = office();
    expect(visibleDoor(made.door, officer(null))).toBe(made.door);
  });

  it('shows what is flash, what has no crime area, and what no agency claims', () => {
    const made = office();
    made.put(inbound(11, { crimeArea: CrimeArea.DRUGS, precedence: Precedence.FLASH }));
    made.put(inbound(12));
    made.put(inbound(13, { crimeArea: CrimeArea.PEOPLE_SMUGGLING }));
    expect([11, 12, 13, 2].map((number) => sees(made, number, 'wildlife'))).toEqual([true, true, true, false]);
  });

  it('shows people what they said and what they were given, with all that is about it', () => {
    const made = office();
    expect(sees(made, 1, 'wildlife', 'officer-1')).toBe(true);
    expect(sees(made, 5, 'wildlife', 'officer-1')).toBe(true);
    triaged(made, 2, { action: TriageAction.ASSIGN, assignee: 'officer-9' });
    expect(sees(made, 2, 'wildlife')).toBe(true);
    expect(sees(made, 2, 'wildlife', 'officer-8')).toBe(false);
  });

  it('hides what was restricted from the agency that it concerns, and what is about it', () => {
    const made = office();
    triaged(made, 1, { action: TriageAction.RESTRICT, agencies: ['wildlife'] });
    expect([1, 4, 5].map((number) => sees(made, number, 'narcotics'))).toEqual([false, false, false]);
    expect([1, 4, 5].map((number) => sees(made, number, 'wildlife'))).toEqual([true, true, true]);
  });

  it('hides the version before when the newest was restricted', () => {
    const made = office();
    made.put(outbound(21, [], { ...DRUGS, supersedes: idOf(1) }));
    expect(sees(made, 1, 'narcotics')).toBe(true);
    triaged(made, 21, { action: TriageAction.RESTRICT, agencies: ['wildlife'] });
    expect(sees(made, 1, 'narcotics')).toBe(false);
  });

  it('hides the next version of what was restricted, and replies to it', () => {
    const made = office();
    triaged(made, 1, { action: TriageAction.RESTRICT, agencies: ['wildlife'] });
    made.put(outbound(21, [], { ...DRUGS, supersedes: idOf(1) }));
    made.put(inbound(22, { crimeArea: CrimeArea.DRUGS, inReplyTo: idOf(2) }));
    made.put(outbound(23, [copyTo(PEER, Outcome.RELEASED)], { ...DRUGS, inReplyTo: idOf(2) }));
    triaged(made, 2, { action: TriageAction.RESTRICT, agencies: ['wildlife'] });
    expect([21, 22, 23].map((number) => sees(made, number, 'narcotics'))).toEqual([false, false, false]);
  });

  it('shows of what the region was told what concerns the agency', () => {
    const listed = (agency: string) => visibleDoor(office().door, officer(agency)).relay.region.list().length;
    expect([listed('wildlife'), listed('narcotics')]).toEqual([0, 1]);
  });

  it('leaves what operations say to their members', () => {
    const made = office();
    made.put(inbound(31, { crimeArea: CrimeArea.DRUGS, kind: MessageKind.OPERATION_POST }));
    expect(sees(made, 31, 'wildlife')).toBe(true);
  });

  it('counts and walks only what is seen', () => {
    const made = office();
    made.put(inbound(12));
    const { projection } = visibleDoor(made.door, officer('wildlife')).relay;
    expect([projection.outbound.size, projection.inbound.size, projection.open.size]).toEqual([0, 1, 1]);
    expect([...projection.inbound.keys()]).toEqual([messageKey(PEER, idOf(12))]);
    const walked: string[] = [];
    projection.inbound.forEach((_, key) => void walked.push(key));
    expect(walked).toEqual([...projection.inbound.keys()]);
    expect([...projection.ofKind(MessageKind.REQUEST), ...projection.about(messageKey(SELF, idOf(1)))]).toEqual([]);
  });

  it('lets nobody go on from what they do not see', async () => {
    const made = office();
    const { relay } = visibleDoor(made.door, officer('wildlife'));
    const input = { recipients: [PEER], supersedes: '', inReplyTo: '' } as never as Parameters<typeof relay.submit>[0];
    await expect(relay.submit({ ...input, inReplyTo: idOf(2) })).rejects.toMatchObject({
      code: 'RELAY_REFERENCE_UNKNOWN',
    });
    await expect(relay.preview({ ...input, supersedes: idOf(1) })).rejects.toMatchObject({
      code: 'RELAY_REFERENCE_UNKNOWN',
    });
    expect((await relay.submit({ ...input, inReplyTo: idOf(98) })).repeated).toBe(false);
    expect(made.asked.submitted).toHaveLength(1);
  });
});

describe('a bulletin of another agency', () => {
  it('is neither cancelled nor corrected by whoever does not see it', async () => {
    const { relay } = visibleDoor(office().door, officer('wildlife'));
    const input = { supersedes: idOf(1), inReplyTo: '' } as never;
    await expect(relay.region.submit(input)).rejects.toMatchObject({ code: 'RELAY_REFERENCE_UNKNOWN' });
  });
});
