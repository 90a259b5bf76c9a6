import {
  topicTokens,
  type VerifiedRegionItem,
  type VerifiedRegionMessage,
  verifyRegionItem,
} from '../../core/envelope/index.ts';
import {
  days,
  type EpochMs,
  fromHex,
  isLiaisonError,
  later,
  nationOf,
  type OfficeId,
} from '../../core/foundation/index.ts';
import { parseRegionSubject } from '../../core/subjects/index.ts';
import { CLOCK_TOLERANCE_MS, type HeadCache, regionCover } from '../../core/trust/index.ts';
import { type AgreementRef, regionHeaderCodec, regionItemCodec, WireError } from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';
import type { HubTrust } from '../trust/hub-trust.ts';

/** An item that may stand in the log, and until when its content is kept. */
export interface JudgedItem {
  readonly item: VerifiedRegionItem;
  readonly keepUntilMs: EpochMs;
}

/** What an item is judged by. */
export interface JudgeParts {
  readonly trust: HubTrust;
  readonly heads: HeadCache;
}

/**
 * The office of the subject released exactly this, on the subject's topic, under a regional article that lets it.
 *
 * @throws HubError HUB_TOPIC_MISMATCH, HUB_OFFICE_UNKNOWN, HUB_NOT_ENTITLED; EnvelopeError as `verifyRegionItem`;
 * TrustError as `keysForArrival`.
 */
export function judgeItem({ trust, heads }: JudgeParts, subject: string, bytes: Uint8Array, now: EpochMs): JudgedItem {
  const said = parseRegionSubject(subject);
  // Keys count under the agreement that the release names, so that no agreement vouches for what another one covers.
  const agreement = claimedAgreement(bytes);
  const item = verifyRegionItem(bytes, { keyOf: trust.keyOf(now, agreement), heads, now });
  const topic = topicTokens(item.corridor, item.crimeArea);
  if (item.from !== said.from || topic?.corridor !== said.corridor || topic.crimeArea !== said.crimeArea)
    throw new HubError('HUB_TOPIC_MISMATCH', { context: { from: said.from } });
  return { item, keepUntilMs: item.withdraws === null ? keepUntil(trust, item, now) : now };
}

function keepUntil(trust: HubTrust, item: VerifiedRegionMessage, now: EpochMs): EpochMs {
  const { envelopeHeader: header, from, kind, corridor, crimeArea, drill } = item;
  const cover = regionCover(
    trust.agreements(),
    {
      from,
      at: now,
      gate: 'import',
      kind,
      corridor,
      crimeArea,
      purpose: header.purpose,
      handling: header.handling,
      drill,
      categories: item.parts.map((part) => part.category),
      relied: reliedOn(trust, item),
    },
    CLOCK_TOLERANCE_MS,
  );
  if (!cover.covered)
    throw new HubError('HUB_NOT_ENTITLED', {
      context: { reason: cover.reason, fields: (cover.fields ?? []).join(' ') },
    });
  if (cover.uncovered.length > 0)
    throw new HubError('HUB_NOT_ENTITLED', { context: { reason: 'CATEGORIES', fields: cover.uncovered.join(' ') } });
  return later(now, days(cover.article.retentionDays));
}

/** What was released under an earlier version is judged by the text that is in force here; a later one is not known yet. */
function reliedOn(trust: HubTrust, { agreement: relied }: VerifiedRegionMessage): AgreementRef {
  const installed = trust.agreements().get(relied.id);
  if (installed === undefined || relied.version >= installed.agreement.version) return relied;
  return { ...relied, version: installed.agreement.version, digest: fromHex(installed.document.digest) };
}

/** The agreement that the header names, before anything is verified; none for a withdrawal and for what does not decode. */
function claimedAgreement(bytes: Uint8Array): string | undefined {
  try {
    return regionHeaderCodec.decode(regionItemCodec.decode(bytes).header).agreement?.id;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** The code that an office is told; only errors of ours have one. */
export function codeOf(error: unknown): string | undefined {
  return isLiaisonError(error) ? error.code : undefined;
}

/** The nation whose office speaks on that subject. */
export function speakerOf(subject: string): {
  readonly office: OfficeId;
  readonly nation: ReturnType<typeof nationOf>;
} {
  const office = subject.slice(subject.lastIndexOf('.') + 1) as OfficeId;
  return { office, nation: nationOf(office) };
}
