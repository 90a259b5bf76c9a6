import { regionFacets, type VerifiedRegionMessage } from '../../envelope/index.ts';
import type { EpochMs } from '../../foundation/index.ts';
import type { GateAgreement, GateMessage, RegionImportQuestion, RegionQuestion } from '../../policy/index.ts';
import type { AgreementCover, AgreementRefusal } from '../../trust/index.ts';
import type { RelayContext } from '../parts.ts';

/** A question to a gate with how long a copy may be kept. */
export interface AskedRegion<Question> {
  readonly question: Question;
  /** 0 where no agreement lets it pass. */
  readonly retentionDays: number;
}

function gateAgreement(cover: AgreementCover | AgreementRefusal): GateAgreement {
  if (!cover.covered) return { refused: cover.reason };
  const { id, version, digest } = cover.ref;
  return { id, version, digest, article: cover.article, trustLevel: cover.trustLevel, inForce: true };
}

function retentionOf(cover: AgreementCover | AgreementRefusal): number {
  return cover.covered ? cover.article.retentionDays : 0;
}

/** What to ask the export gate about a message and the region, under the regional article that covers it now. */
export function regionQuestion<Message extends GateMessage>(
  context: Pick<RelayContext, 'self' | 'trust'>,
  message: Message,
  now: EpochMs,
): AskedRegion<RegionQuestion<Message>> {
  const { header, kind, body, parts } = message;
  const { corridor, crimeArea } = regionFacets(kind, body);
  const cover = context.trust().regionFor({
    from: context.self,
    at: now,
    gate: 'export',
    kind,
    corridor,
    crimeArea,
    purpose: header.purpose,
    handling: header.handling,
    drill: header.drill,
    categories: [...new Set(parts.map((part) => part.category))],
  });
  return {
    question: { message, from: context.self, agreement: gateAgreement(cover), now },
    retentionDays: retentionOf(cover),
  };
}

/** What to ask the import gate about a verified release, under the very text its office relied on: this office must be entitled to it. */
export function regionImportQuestion(
  context: Pick<RelayContext, 'self' | 'trust'>,
  item: VerifiedRegionMessage,
  now: EpochMs,
): AskedRegion<RegionImportQuestion> {
  const { envelopeHeader: header } = item;
  const cover = context.trust().regionFor({
    from: item.from,
    reader: context.self,
    at: now,
    gate: 'import',
    kind: item.kind,
    corridor: item.corridor,
    crimeArea: item.crimeArea,
    purpose: header.purpose,
    handling: header.handling,
    drill: header.drill,
    categories: [...new Set(item.parts.map((part) => part.category))],
    relied: item.agreement,
  });
  return {
    question: { item, reader: context.self, agreement: gateAgreement(cover), now },
    retentionDays: retentionOf(cover),
  };
}
