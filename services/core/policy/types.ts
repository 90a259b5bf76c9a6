import type {
  AdmittedCrossing,
  AdmittedRegionItem,
  DecidedCrossing,
  DecidedRelease,
  HeldMessage,
  SignedMessage,
  VerifiedCrossing,
  VerifiedRegionMessage,
} from '../envelope/index.ts';
import type { Brand, EpochMs, NationCode, OfficeId, Scope } from '../foundation/index.ts';
import type {
  AgreementArticle,
  AgreementRef,
  BundleRef,
  DataCategory,
  Decision,
  EnvelopeHeader,
  MessageKind,
  TrustLevel,
} from '../wire/index.ts';

/** Where a part stands in the body and what kind of data it holds; nothing of its content. */
export interface PartPlace {
  readonly category: DataCategory;
  /** From the body inwards: field number, and after a list's field number the index in it. Empty for the body itself. */
  readonly path: readonly number[];
  /** Index of the part in the envelope; where it is left out, its index in the list of parts. */
  readonly index?: number;
}

/** A message as a gate sees it: all of it on the way out, on the way in only what the exporting side disclosed. */
export interface GateMessage {
  readonly header: EnvelopeHeader;
  readonly kind: MessageKind;
  readonly parts: readonly PartPlace[];
  /** What the parts make up: a body of `kind`. */
  readonly body: unknown;
}

/** The agreement that a crossing relies on, verified and in force at the time of the question. */
export interface AgreementInForce {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the agreement's text. */
  readonly digest: Uint8Array;
  readonly article: AgreementArticle;
  readonly trustLevel: TrustLevel;
  readonly inForce: true;
}

/** No agreement lets it cross; `refused` is the code that says why. */
export interface AgreementRefused {
  readonly refused: string;
}

/** What a gate is told of the agreement. */
export type GateAgreement = AgreementInForce | AgreementRefused;

/** What both gates are told besides the message and who hands it to whom. */
export interface GateCircumstances {
  readonly agreement: GateAgreement;
  readonly now: EpochMs;
  /**
   * The originator agreed that it goes on to this recipient; matters only where the office that hands over is not the
   * origin. Left out means no.
   */
  readonly originatorConsents?: boolean;
  /** The origin opens, on request and by a named person, parts that were withheld when it crossed. Left out means no. */
  readonly opening?: boolean;
}

/** One question to the export gate. */
export interface ExportQuestion<Message extends GateMessage = SignedMessage | HeldMessage> extends GateCircumstances {
  readonly message: Message;
  /** The office that hands over. */
  readonly from: OfficeId;
  /** The office that receives. */
  readonly to: OfficeId;
  readonly scope: Scope;
}

/** One question to the import gate: everything else stands in the crossing. */
export interface ImportQuestion extends GateCircumstances {
  readonly crossing: VerifiedCrossing;
}

/** One question to the export gate about the region. */
export interface RegionQuestion<Message extends GateMessage = SignedMessage> extends GateCircumstances {
  readonly message: Message;
  readonly from: OfficeId;
}

/** One question to the import gate about what the region was told. */
export interface RegionImportQuestion extends GateCircumstances {
  readonly item: VerifiedRegionMessage;
  readonly reader: OfficeId;
}

/** A named person's release of a held crossing. */
export interface NamedRelease {
  /** Who releases, as the office names them; never empty. */
  readonly by: string;
  /** Who approved it first, where two persons have to. */
  readonly approvedBy?: string;
  /** The decision that the person was shown: no part that it withholds passes now. */
  readonly shown: { readonly withheld: readonly { readonly parts: readonly number[] }[] };
}

/** What became of a crossing at a gate. */
export type GateOutcome = 'released' | 'held' | 'refused';

/** A gate's answer: policy was consulted, or the decision says why not. Nothing has been recorded yet. */
export interface Verdict {
  readonly outcome: GateOutcome;
  readonly decision: Decision;
  /**
   * Indexes in the envelope of the parts that pass, ascending. Where it is held these are the parts that would pass
   * upon release; where it is refused, none.
   */
  readonly disclosed: readonly number[];
  /** The agreement it relies on; null where there is none. */
  readonly agreement: AgreementRef | null;
}

/** The import gate's answer. */
export interface ImportVerdict extends Verdict {
  /** What officers may see; null unless it was released. */
  readonly admitted: AdmittedCrossing | null;
}

/** The import gate's answer on what the region was told. */
export interface RegionImportVerdict extends Verdict {
  /** What officers may see; null unless it was released. */
  readonly admitted: AdmittedRegionItem | null;
}

/** Both gates of an office over the bundles that were in force when they were made. Pure, synchronous, never throw for what a peer or officer said. */
export interface Gates {
  readonly nation: NationCode;
  readonly bundles: readonly BundleRef[];
  /** What the nation's bundle allows, with the defaults where it says nothing. */
  readonly limits: BundleLimits;
  /** The sentence that a policy of these bundles gives as its reason; `undefined` where none has that name. */
  readonly reasonOf: (policy: string) => string | undefined;
  /** What may go to that recipient now; a held one carries the outcome HELD and cannot be exported. */
  readonly decideExport: (question: ExportQuestion) => DecidedCrossing;
  /** What `decideExport` would answer for a message that nobody has signed. */
  readonly previewExport: (question: ExportQuestion<GateMessage>) => Verdict;
  /**
   * The export gate asked again for a named person, who stands in for the permit to go unattended: released or
   * refused, never more than was shown; held still where the policies want two different persons by now and `approvedBy`
   * names none, unless it is an emergency of this office's own. @throws PolicyError POLICY_RELEASE_UNNAMED.
   */
  readonly releaseExport: (question: ExportQuestion, release: NamedRelease) => DecidedCrossing;
  /** What the region may be told now: released or refused, never held. */
  readonly decideRegion: (question: RegionQuestion) => DecidedRelease;
  /** What `decideRegion` would answer for a message that nobody has signed. */
  readonly previewRegion: (question: RegionQuestion<GateMessage>) => Verdict;
  /** What of the region may come in now: released or refused, never held. */
  readonly decideRegionImport: (question: RegionImportQuestion) => RegionImportVerdict;
  /** What may come in now. */
  readonly decideImport: (question: ImportQuestion) => ImportVerdict;
  /** As `releaseExport`, for what came in. @throws PolicyError POLICY_RELEASE_UNNAMED. */
  readonly releaseImport: (question: ImportQuestion, release: NamedRelease) => ImportVerdict;
}

/** What a nation allows its offices and those that ask them, beyond what policies decide of one message. */
export interface BundleLimits {
  readonly breakGlass: {
    /** An officer with that many open reviews sends nothing more past the hold. At least 1. */
    readonly openReviews: number;
    /** Within how many hours both sides' oversight is to close the review of what went past the hold. */
    readonly reviewHours: number;
  };
  /** How many searches; 0 is none at all. */
  readonly searches: {
    /** One officer of this office may send in an hour. */
    readonly perOfficerPerHour: number;
    /** One neighbour may have answered here in a day. */
    readonly perOfficeInPerDay: number;
    /** One officer of a neighbour may have answered here in a day. */
    readonly perForeignOfficerPerDay: number;
  };
}

/** One policy of a bundle. */
export interface NamedPolicy {
  /** `<bundle>.<name>`, from the policy's `@id`. */
  readonly name: string;
  readonly effect: 'permit' | 'forbid';
  /** One sentence for people, from the policy's `@reason`. */
  readonly reason: string;
  /** How many named persons it takes to release what this policy holds, from its `@persons`: 1, or 2 of different roles. */
  readonly persons: 1 | 2;
  readonly file: string;
  /** Line in the file at which the policy begins, from 1. */
  readonly line: number;
  readonly text: string;
}

interface LoadedBundle {
  /** `baseline`, or a nation's code in lowercase. */
  readonly name: string;
  readonly version: number;
  /** SHA-256 of the bundle's bytes. */
  readonly digest: Uint8Array;
  /** The nation whose law it is; undefined for the baseline. */
  readonly nation: NationCode | undefined;
  /** In force from then on; undefined where it does not say. */
  readonly validFrom: EpochMs | undefined;
  /** In force before then; undefined where it does not say. */
  readonly validUntil: EpochMs | undefined;
  /** With the defaults where it says nothing. */
  readonly limits: BundleLimits;
  readonly policies: readonly NamedPolicy[];
}

/** A bundle that parsed and validated against the schema; its signature was checked by whoever handed in the bytes. */
export type PolicyBundle = Brand<LoadedBundle, 'PolicyBundle'>;

/** A file of a bundle's folder. */
export interface BundleFile {
  /** Name relative to the bundle's folder: `10-persons.cedar`. */
  readonly path: string;
  readonly text: string;
}
