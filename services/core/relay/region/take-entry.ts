import {
  keepRegionItem,
  type VerifiedRegionItem,
  type VerifiedRegionMessage,
  verifyRegionItem,
} from '../../envelope/index.ts';
import {
  days,
  type EpochMs,
  fromHex,
  type HubId,
  isLiaisonError,
  later,
  sha256,
  toHex,
} from '../../foundation/index.ts';
import { asksForTopic, type ContentItem, chainKey, type LedgerEvent, type RegionView } from '../../ledger/index.ts';
import type { ContentRef, HubEntry, Init, Outcome, RegionReceived } from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import { mayVerifyLater } from '../waits.ts';
import { RegionError } from './errors.ts';
import type { RegionFindings } from './findings.ts';
import { regionImportQuestion } from './region-question.ts';

/** What became of an entry of a hub's log. */
export type Taken =
  /** It is on record now. */
  | 'recorded'
  /** It was on record, is this office's own, or nothing here asks for it. */
  | 'passed'
  /** It does not verify, and may once a directory is newer or a clock put right. */
  | 'again';

/** Takes entries of hubs' logs: each verified, judged by the import gate and on record when it resolves. */
export interface EntryTaker {
  readonly take: (hub: HubId, entry: HubEntry) => Promise<Taken>;
}

/** It fits to all that is here of its office's releases on the topic. @throws RegionError REGION_FORKED. */
function assertInChain(region: RegionView, item: VerifiedRegionItem): void {
  const { from, header, corridor, crimeArea, number, headerDigest } = item;
  const chain = region.chains.get(chainKey(from, toHex(header.chain), corridor, crimeArea));
  const same = chain?.at(number);
  const before = chain?.at(number - 1);
  const after = chain?.at(number + 1);
  const differs =
    (same !== undefined && same.digest !== headerDigest) ||
    (before !== undefined && before.digest !== toHex(header.previous)) ||
    (after !== undefined && after.previous !== headerDigest);
  if (differs) throw new RegionError('REGION_FORKED', { context: { from, number } });
}

function placeOf(item: VerifiedRegionItem): Init<RegionReceived> {
  const { from, header, corridor, crimeArea, number, headerDigest, urgency, language, drill } = item;
  const { chain, kind, previous, releasedMs } = header;
  const place = { from, chain, corridor, crimeArea, number, headerDigest: fromHex(headerDigest), previous };
  return { ...place, kind, urgency, language, drill, releasedMs };
}

/** The taker of this office. `taken` hears of messages that are on record. */
export function entryTaker(
  context: RelayContext,
  findings: RegionFindings,
  taken: (message: VerifiedRegionMessage, outcome: Outcome) => void,
): EntryTaker {
  const { projection, clock, self } = context;
  const { region } = projection;

  const record = (event: Init<RegionReceived>, item?: ContentItem): Promise<void> =>
    context.desk.commit(
      () => ({
        contents: item === undefined ? [] : [item],
        events: ([content]: readonly ContentRef[]): readonly LedgerEvent[] => [
          { regionReceived: content === undefined ? event : { ...event, content } },
        ],
        result: () => undefined,
      }),
      ['region:received'],
    );

  const isAskedFor = (item: VerifiedRegionItem): boolean =>
    [...region.subscriptions.values()].some(({ subscription }) => asksForTopic(subscription, item));

  const takeMessage = async (entry: Init<RegionReceived>, item: VerifiedRegionMessage): Promise<void> => {
    const now = clock.now();
    const { question, retentionDays } = regionImportQuestion(context, item, now);
    const { decision, agreement, admitted } = context.gates().decideRegionImport(question);
    const gone = region.isWithdrawn(item.from, item.envelopeDigest);
    const { id: envelopeId, createdMs, expiresMs, supersedes } = item.envelopeHeader;
    const expiresAt = later(Math.max(now, expiresMs) as EpochMs, days(retentionDays));
    const content =
      admitted === null || gone ? undefined : { bytes: keepRegionItem(item, admitted.accepted), expiresAt };
    const envelopeDigest = fromHex(item.envelopeDigest);
    await record(
      { ...entry, envelopeId, envelopeDigest, createdMs, expiresMs, supersedes, decision, agreement },
      content,
    );
    taken(item, decision.outcome);
  };

  const takeVerified = async (hub: HubId, sequence: number, item: VerifiedRegionItem): Promise<Taken> => {
    if (item.from === self) return 'passed';
    if (region.isHeld(item.headerDigest)) {
      await record({ hub, sequence, headerDigest: fromHex(item.headerDigest), repeatedCopy: true });
      return 'recorded';
    }
    if (!isAskedFor(item)) return 'passed';
    const entry = { hub, sequence, ...placeOf(item) };
    try {
      assertInChain(region, item);
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      findings.found({ code: 'REGION_FORK', hub: null, office: item.from, detail: `number ${item.number}` });
      if (region.failureOf(hub, sequence) !== cause.code) await record({ ...entry, failure: cause.code });
      return 'recorded';
    }
    if (item.withdraws === null) await takeMessage(entry, item);
    else await record({ ...entry, withdraws: fromHex(item.withdraws), withdrawsNumber: item.header.withdrawsNumber });
    return 'recorded';
  };

  return {
    take: async (hub, { sequence, item: bytes }) => {
      let item: VerifiedRegionItem;
      try {
        const now = clock.now();
        item = verifyRegionItem(bytes, { keyOf: context.trust().keysForArrival(now), heads: context.heads, now });
      } catch (cause) {
        if (!isLiaisonError(cause)) throw cause;
        findings.found({ code: 'REGION_ITEM_INVALID', hub, office: null, detail: cause.code });
        if (region.entryOf(hub, sequence) === undefined && region.failureOf(hub, sequence) !== cause.code)
          await record({ hub, sequence, headerDigest: sha256(bytes), failure: cause.code });
        return mayVerifyLater(cause) ? 'again' : 'recorded';
      }
      const known = region.entryOf(hub, sequence);
      if (known === item.headerDigest) return 'passed';
      if (known !== undefined)
        findings.found({ code: 'REGION_HUB_DIFFERS', hub, office: null, detail: `entry ${sequence}` });
      return await takeVerified(hub, sequence, item);
    },
  };
}
