import type { EpochMs, NationCode, OfficeId } from '../foundation/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  CrimeArea,
  DataCategory,
  HandlingCode,
  MessageKind,
  type PublicKey,
  Purpose,
  type TrustLevel,
} from '../wire/index.ts';
import { timestampOf } from './document-text.ts';

/** What an agreement is to say; what is left out stands in the draft for the parties to change. */
export interface AgreementDraft {
  readonly id: string;
  readonly title: string;
  readonly parties: readonly {
    readonly nation: NationCode;
    readonly root: PublicKey;
    readonly offices: readonly OfficeId[];
  }[];
  readonly validFrom: EpochMs;
  readonly validUntil: EpochMs;
  readonly trustLevel: TrustLevel;
  /** Left out: one article that lets alerts, requests and searches about every crime area cross, up to H2, kept for a year. */
  readonly articles?: readonly AgreementArticle[];
  readonly replaces?: readonly string[];
  readonly hubs?: Agreement['hubs'];
}

function everyCode<Code extends number>(list: Readonly<Record<string, Code>>): readonly Code[] {
  return Object.values(list).filter((code) => code !== 0);
}

function defaultArticle(): AgreementArticle {
  return {
    id: '1',
    text: 'The offices named by the parties may exchange alerts, requests and searches on cross-border crime for the purposes listed, each keeping to its own law.',
    kinds: [MessageKind.ALERT, MessageKind.REQUEST, MessageKind.SEARCH],
    crimeAreas: everyCode(CrimeArea),
    dataCategories: everyCode(DataCategory),
    purposes: everyCode(Purpose),
    handlingCeiling: HandlingCode.H2,
    retentionDays: 365,
    drills: true,
    responseTimes: [],
    region: false,
    corridors: [],
    subscribers: [],
    backfillDays: 0,
  };
}

/** The agreement in the next version after `previous`, or the first; nobody has signed it, and its rules are checked when it is installed. */
export function draftAgreement(draft: AgreementDraft, previous?: Agreement): Agreement {
  const {
    id,
    title,
    parties,
    validFrom,
    validUntil,
    trustLevel,
    articles = [defaultArticle()],
    replaces = [],
    hubs = [],
  } = draft;
  return {
    id,
    version: (previous?.version ?? 0) + 1,
    title,
    parties,
    validFrom: timestampOf(validFrom),
    validUntil: timestampOf(validUntil),
    trustLevel,
    articles,
    replaces,
    hubs,
  };
}
