import { describe, expect, it } from 'vitest';
import { digestOf, type EpochMs, utf8 } from '../../../../services/core/foundation/index.ts';
import { foldOperation } from '../../../../services/core/relay/operations/fold-operation.ts';
import { operationDesk } from '../../../../services/core/relay/operations/operation-desk.ts';
import type { ActInput } from '../../../../services/core/relay/operations/types.ts';
import { DEFAULT_SETTINGS, type RelayContext } from '../../../../services/core/relay/parts.ts';
import type { Submissions } from '../../../../services/core/relay/submit-message.ts';
import { type InstalledCharter, signDocument, writeCharterText } from '../../../../services/core/trust/index.ts';
import { type ActTerms, OperationAction } from '../../../../services/core/wire/index.ts';
import { charter } from '../../../vectors/charters/generator/generate.ts';
import { LA, laoStore, NOON, signerOf, TH } from '../../../vectors/envelopes/generator/actors.ts';

const figures = { withheld: [], posts: [], outcomes: [], deliveries: [], facts: [] } as unknown as NonNullable<
  ActTerms['figures']
>;

/** The desk of la in a live operation with th; `lastPost` says, whenever it is asked, how many posts there are by now. */
async function scene(lastPost: () => number) {
  const bytes = await signDocument('charter', writeCharterText(charter()), [signerOf('th-current')]);
  const trust = (await laoStore()).installCharter(bytes, NOON);
  const installed = trust.charters.get('naga-2026') as InstalledCharter;
  const opening = {
    origin: TH,
    id: '1' as never,
    digest: digestOf(utf8('open')),
    createdMs: NOON,
    by: '',
    terms: {
      operation: null,
      action: OperationAction.OPEN,
      number: 1,
      member: '',
      signatures: [TH, LA].map((office) => ({ office, protected: '', signature: '' })),
      lastPost: 0,
      figures: null,
      report: new Uint8Array(0),
    },
  };
  const view = foldOperation(installed, [opening], NOON, NOON as EpochMs);
  const submitted: unknown[] = [];
  const context = {
    self: LA,
    clock: { now: () => NOON },
    settings: DEFAULT_SETTINGS,
    trust: () => trust,
    neighbour: () => ({}),
    operations: { get: () => view, all: () => [] },
    projection: { ofKind: () => [], submissionOf: () => undefined },
    events: { operationActed: () => undefined },
    arrived: () => undefined,
  } as unknown as RelayContext;
  const messages = {
    submit: async (input: unknown, rules: { guard?: (at: EpochMs) => void }) => {
      rules.guard?.(NOON);
      submitted.push(input);
      return {};
    },
  } as unknown as Submissions;
  const desk = operationDesk(context, messages, { contribution: () => ({ figures, lastPost: lastPost() }) });
  const leave = (): Promise<unknown> =>
    desk.act({
      operation: 'naga-2026',
      action: OperationAction.LEAVE,
      member: '',
      document: new Uint8Array(0),
      text: '',
      textLanguage: '',
      submittedBy: 'supervisor-1',
      idempotencyKey: '',
      submissionDigest: digestOf(utf8('')),
    } satisfies ActInput);
  return { leave, submitted };
}

describe('operationDesk', () => {
  it('declares the last post that there was when the leave went on record', async () => {
    const counts = [3, 4, 4, 4];
    const { leave, submitted } = await scene(() => counts.shift() ?? 4);
    await leave();
    expect(submitted).toMatchObject([{ body: { terms: { lastPost: 4, figures } } }]);
  });

  it('gives up where something is posted again and again at that moment', async () => {
    let count = 0;
    const { leave, submitted } = await scene(() => count++);
    await expect(leave()).rejects.toMatchObject({ code: 'OPERATIONS_CHANGED' });
    expect(submitted).toEqual([]);
  });
});
