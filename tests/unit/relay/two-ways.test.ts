import { afterEach, describe, expect, it } from 'vitest';
import type { EnvelopeId, OfficeId } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import { baselineBundle, createGates } from '../../../services/core/policy/index.ts';
import {
  Purpose,
  RecallAction,
  RecallGround,
  RecallOutcome,
  RetentionGround,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';
import { LA, MM, TH, testOffice } from '../trust/fixtures.ts';
import { type TestLine, testLine } from './test-line.ts';
import { blankOffice, ledgerFindings, startOffice, submission, type TestRelay } from './two-offices.ts';

const SECRET = 'A headline that is to be gone';
const said = { text: '', textLanguage: '' };

let all: readonly TestRelay[] = [];
afterEach(async () => {
  await Promise.all(all.map(({ relay }) => relay.close()));
});

/** Three offices of which each is a neighbour of both others. */
async function triangle(): Promise<{
  readonly offices: Readonly<Record<'la' | 'th' | 'mm', TestRelay>>;
  readonly line: (from: OfficeId, to: OfficeId) => TestLine;
}> {
  const keys = { la: testOffice(LA), th: testOffice(TH), mm: testOffice(MM) };
  const lines = new Map<string, TestLine>();
  const line = (from: OfficeId, to: OfficeId): TestLine => {
    const found = lines.get(`${from}>${to}`) ?? testLine();
    lines.set(`${from}>${to}`, found);
    return found;
  };
  const baseline = baselineBundle();
  const blank = (nation: 'la' | 'th' | 'mm'): TestRelay =>
    blankOffice(
      keys[nation],
      Object.values(keys),
      createGates({ baseline, nation: bundleOf(nation, 1, permitAll(nation)) }),
    );
  const offices = { la: blank('la'), th: blank('th'), mm: blank('mm') };
  all = Object.values(offices);
  for (const test of all) {
    const others = all.filter((other) => other !== test).map(({ office }) => office);
    await startOffice(
      test,
      others.map((office) => ({ office, out: line(test.office, office), incoming: line(office, test.office) })),
    );
  }
  return { offices, line };
}

async function delivered(test: TestRelay, id: EnvelopeId): Promise<void> {
  await eventually(() =>
    expect(test.projection.inbound.get(messageKey(LA, id))?.deliveredMs).toEqual(expect.any(Number)),
  );
}

describe('a message that comes over two neighbours at one moment', () => {
  it('is taken in once, and nothing of it is left once it was called back', async () => {
    const { offices, line } = await triangle();
    const { la, th, mm } = offices;
    const toMm = [line(LA, MM), line(TH, MM)];
    for (const each of toMm) each.up = false;
    const { id } = await la.relay.submit(submission({ recipients: [TH, MM], alert: { headline: SECRET } }));
    await delivered(th, id);
    const onward = { origin: LA, id, recipient: MM, purpose: Purpose.INVESTIGATION };
    const copy = await th.relay.consents.forward({ ...onward, reason: 'same gang', by: 'officer-2' });
    await eventually(() => expect(copy.framedMs).toEqual(expect.any(Number)));
    for (const each of toMm) each.up = true;
    la.relay.linkChanged(MM, true);
    th.relay.linkChanged(MM, true);
    await delivered(mm, id);
    await eventually(() =>
      expect(mm.seen).toContainEqual(
        expect.objectContaining({
          event: 'failedCrossing',
          facts: expect.objectContaining({ code: 'RELAY_ENVELOPE_REPEATED' }),
        }),
      ),
    );
    const { id: recall } = await la.relay.recalls.recall({
      ...said,
      submittedBy: 'supervisor-1',
      id,
      action: RecallAction.DELETE,
      ground: RecallGround.INCORRECT,
      answerByMs: null,
      idempotencyKey: '',
      submissionDigest: '0'.repeat(64) as never,
    });
    await delivered(mm, recall);
    const outcome = { outcome: RecallOutcome.DONE, ground: RetentionGround.UNSPECIFIED };
    await mm.relay.recalls.answer({ ...said, ...outcome, answeredBy: 'supervisor-9', origin: LA, id: recall });
    const left = [...mm.batches.batches.values()].filter(({ bytes }) => Buffer.from(bytes).includes(SECRET));
    expect(left).toEqual([]);
    expect(await ledgerFindings(mm)).toEqual([]);
    expect(all.flatMap(({ bugs }) => bugs)).toEqual([]);
  });
});
