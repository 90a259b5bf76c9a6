import type { EpochMs, NationCode, OfficeId } from '../foundation/index.ts';
import type {
  AgreementRef,
  Corridor,
  CrimeArea,
  DataCategory,
  HandlingCode,
  MessageKind,
  Purpose,
} from '../wire/index.ts';

/** What is to be released to the region, or was and is to be let in, as far as an agreement has a say in it. */
export interface RegionQuery {
  /** The office that releases. */
  readonly from: OfficeId;
  /** The office that reads, where one does: it has to be entitled. */
  readonly reader?: OfficeId;
  /** The gate's clock. */
  readonly at: EpochMs;
  /** As in `AgreementQuery`. */
  readonly gate: 'export' | 'import';
  readonly kind: MessageKind;
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
  readonly purpose: Purpose;
  readonly handling: HandlingCode;
  readonly drill: boolean;
  readonly categories: readonly DataCategory[];
  /** The article that the releasing office relied on; without it the best one is looked for. */
  readonly relied?: AgreementRef;
}

/** What one regional article lets one office have of one hub. */
export interface RegionEntitlement {
  readonly agreement: string;
  readonly article: string;
  /** Empty for all corridors. */
  readonly corridors: readonly Corridor[];
  readonly crimeAreas: readonly CrimeArea[];
  /** Whose releases: the parties'. */
  readonly nations: readonly NationCode[];
  readonly backfillDays: number;
}
