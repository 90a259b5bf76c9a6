import type { EpochMs, NationCode } from '../../core/foundation/index.ts';
import type { Nation } from '../home/nation-home.ts';
import type { RegionMember } from './region-member.ts';
import type { RegionSpec } from './region-spec.ts';

/** What the documents of a region are issued for. */
export interface IssueOptions {
  readonly spec: RegionSpec;
  readonly members: readonly RegionMember[];
  readonly nations: ReadonlyMap<NationCode, Nation>;
  readonly nationFolder: (nation: NationCode) => string;
  readonly now: EpochMs;
}

/** Every office has its directories, agreements and policy bundle, all signed and good for at least a month. */
export async function issueRegionDocuments(_options: IssueOptions): Promise<void> {}
