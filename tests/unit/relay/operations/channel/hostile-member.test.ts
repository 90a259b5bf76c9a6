import { afterEach, describe, expect, it } from 'vitest';
import { digestOf, fromHex, type OfficeId, utf8 } from '../../../../../services/core/foundation/index.ts';
import {
  HandlingCode,
  MessageKind,
  OperationAction,
  OperationRole,
  type PostTerms,
  PostType,
  Precedence,
  Purpose,
} from '../../../../../services/core/wire/index.ts';
import { eventually } from '../../../../support/eventually.ts';
import { codesOf, type TestRelay } from '../../two-offices.ts';
import {
  act,
  charterOf,
  LA,
  liveOperation,
  MM,
  OPERATION,
  type OperationOffices,
  operationOffices,
  postInput,
  say,
  TH,
  untilAgreed,
  viewAt,
} from '../operation-offices.ts';
import { seenAt } from './fixtures.ts';

// la's own desk lets anything out here; the others have to stand it.
let offices: OperationOffices;
afterEach(async () => {
  const bugs = offices.all.flatMap(({ bugs: of }) => of);
  await offices.close();
  expect(bugs).toEqual([]);
});

let forged = 0;

/** A post past the desk: its terms are what the sender likes. */
async function force(
  from: TestRelay,
  recipients: readonly OfficeId[],
  terms: Partial<PostTerms>,
  more: { readonly text?: string; readonly handling?: HandlingCode; readonly drill?: boolean } = {},
): Promise<string> {
  const { post } = postInput(more.text ?? `forged ${forged++}`);
  const result = await from.relay.submit({
    submittedBy: 'officer-1',
    kind: MessageKind.OPERATION_POST,
    recipients,
    precedence: Precedence.ROUTINE,
    purpose: Purpose.INVESTIGATION,
    handling: more.handling ?? HandlingCode.H0,
    caveat: 'for this member alone',
    caseReference: '',
    expiresMs: null,
    inReplyTo: '',
    supersedes: '',
    drill: more.drill ?? false,
    body: {
      ...post,
      terms: {
        ...post.terms,
        operation: { operation: OPERATION, charter: fromHex(viewAt(from).charter.document.digest) },
        number: 1,
        previous: new Uint8Array(),
        seen: [],
        leadActs: 1,
        ...terms,
      },
    },
    idempotencyKey: '',
    submissionDigest: digestOf(utf8('forged')),
  });
  return result.envelopeDigest;
}

const until = (test: TestRelay, code: string): Promise<void> =>
  eventually(() => expect(codesOf(test, 'failedCrossing')).toContain(code));

describe('a hostile member', () => {
  it('that tells two members different posts at one place is found out by both, and by what they had seen', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    const toTh = await force(offices.la, [TH], {}, { text: 'go left' });
    const toMm = await force(offices.la, [MM], {}, { text: 'go right' });
    await eventually(() => {
      expect(offices.th.relay.channel.posts(OPERATION).at(LA, 1)?.digest).toBe(toTh);
      expect(offices.mm.relay.channel.posts(OPERATION).at(LA, 1)?.digest).toBe(toMm);
    });
    await say(offices.th, 'seen by th');
    await say(offices.mm, 'seen by mm');
    for (const test of [offices.th, offices.mm])
      await eventually(async () => {
        expect(codesOf(test, 'alarm')).toContain('CHANNEL_HISTORY_FORKED');
        const { complete, forks } = await test.relay.channel.transcript(OPERATION);
        expect(complete).toBe(false);
        expect(forks).toMatchObject([{ office: LA, number: 1 }]);
        expect(forks[0]?.versions.map(({ digest }) => digest).sort()).toEqual([toTh, toMm].sort());
      });
    // Neither honest member is refused for having been told something else.
    expect(offices.th.relay.channel.posts(OPERATION).of(MM)).toHaveLength(1);
    expect(offices.mm.relay.channel.posts(OPERATION).of(TH)).toHaveLength(1);
  });

  it('that says two things at one place to the same member is refused the second time, and it is kept', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    const first = await force(offices.la, [TH], {});
    await force(offices.la, [TH], {});
    await until(offices.th, 'CHANNEL_HISTORY_FORKED');
    expect(
      offices.th.relay.channel
        .posts(OPERATION)
        .of(LA)
        .map(({ digest }) => digest),
    ).toEqual([first]);
    expect(offices.th.projection.quarantine.map(({ code }) => code)).toEqual(['CHANNEL_HISTORY_FORKED']);
  });

  it('that breaks its chain is refused, and what it said before stays', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    const first = await force(offices.la, [TH, MM], {});
    await force(offices.la, [TH, MM], { number: 2, previous: fromHex(digestOf(utf8('another'))) });
    for (const test of [offices.th, offices.mm]) {
      await until(test, 'CHANNEL_HISTORY_FORKED');
      expect(test.relay.channel.posts(OPERATION).ordered.map(({ digest }) => digest)).toEqual([first]);
    }
  });

  it('decides and tasks nothing as a member, and says nothing as an observer', async () => {
    offices = await operationOffices();
    const members = charterOf().members.map((each) =>
      each.office === MM ? { ...each, role: OperationRole.OBSERVER } : each,
    );
    await liveOperation(offices, charterOf({ members }));
    await force(offices.la, [TH], { postType: PostType.DECISION });
    await force(offices.mm, [TH], {});
    await eventually(() =>
      expect(codesOf(offices.th, 'failedCrossing')).toEqual(['CHANNEL_PAST_ROLE', 'CHANNEL_PAST_ROLE']),
    );
    expect(offices.th.relay.channel.posts(OPERATION).ordered).toEqual([]);
  });

  it('gets nothing into the channel as an exercise or over its ceiling: its own gate refuses, and so do the others', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    await force(offices.la, [TH], {}, { drill: true });
    await force(offices.la, [TH], {}, { handling: HandlingCode.H3 });
    const outcomes = [...offices.la.projection.outbound.values()]
      .filter(({ kind }) => kind === MessageKind.OPERATION_POST)
      .flatMap(({ copies }) => [...copies.values()].map(({ decision }) => decision.reason));
    expect(outcomes).toEqual(['ARTICLE_DOES_NOT_COVER', 'ARTICLE_DOES_NOT_COVER']);
    expect(offices.th.relay.channel.posts(OPERATION).ordered).toEqual([]);
  });

  it('says nothing more after its last post, and nothing once it knows that it was removed', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    await say(offices.la, 'my only one');
    await say(offices.mm, 'my only one');
    await untilAgreed(offices, TH, LA, MM);
    await act(offices.la, OperationAction.LEAVE);
    await act(offices.th, OperationAction.REMOVE, MM);
    await eventually(() => {
      expect(viewAt(offices.th).members.get(LA)?.state).toBe('left');
      expect(viewAt(offices.th).members.get(MM)?.state).toBe('removed');
    });
    const before = offices.th.relay.channel.posts(OPERATION).digest;
    const previous = (office: OfficeId) =>
      fromHex(offices.th.relay.channel.posts(OPERATION).at(office, 1)?.digest ?? '');
    await force(offices.la, [TH], { number: 2, previous: previous(LA) });
    await until(offices.th, 'CHANNEL_AFTER_LAST');
    const { leadActs } = viewAt(offices.th);
    await force(offices.mm, [TH], { number: 2, previous: previous(MM), leadActs });
    await until(offices.th, 'CHANNEL_NOT_MEMBER');
    expect(offices.th.relay.channel.posts(OPERATION).digest).toBe(before);
  });

  it('and whoever sits on the line move nothing by sending again, in another order or under another mode', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    for (const text of ['one', 'two', 'three']) await say(offices.la, text);
    await untilAgreed(offices, TH, LA, MM);
    const line = offices.line(LA, TH);
    const before = offices.th.relay.channel.posts(OPERATION);
    for (const { precedence, bytes } of line.log.toReversed()) line.inject(precedence, bytes);
    for (const { precedence, bytes } of offices.line(LA, MM).log) line.inject(precedence, bytes);
    await eventually(() => expect(line.waiting()).toBe(0));
    expect(offices.th.relay.channel.posts(OPERATION).digest).toBe(before.digest);
    await say(offices.la, 'four');
    await untilAgreed(offices, TH, LA, MM);
    expect(offices.th.relay.channel.posts(OPERATION).of(LA)).toHaveLength(4);
  });

  it('lies about what it has seen of others, which moves nothing and is found', async () => {
    offices = await operationOffices();
    await liveOperation(offices);
    await say(offices.th, 'one');
    await untilAgreed(offices, TH, LA, MM);
    await force(offices.la, [TH, MM], { seen: [seenAt(TH, 1, digestOf(utf8('never said')))] });
    await untilAgreed(offices, TH, MM);
    await eventually(() => {
      for (const test of [offices.th, offices.mm])
        expect(test.relay.channel.posts(OPERATION).forks).toMatchObject([{ office: TH, number: 1 }]);
    });
    await say(offices.th, 'two');
    await untilAgreed(offices, TH, MM);
  });
});
