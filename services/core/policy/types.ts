import type { Brand, EpochMs, NationCode, OfficeId } from '../foundation/index.ts';
import type { AgreementArticle, AgreementRef, Alert, DataCategory, Decision, EnvelopeHeader, TrustLevel } from '../wire/index.ts';

/** Where a part stands in the body and what kind of data it holds; nothing of its content. */
export interface PartPlace {
  readonly category: DataCategory;
  /** From the body inwards: field number, and after a list's field number the index in it. Empty for the body itself. */
  readonly path: readonly number[];
}

/** A part that came in, with its place among all parts that the origin signed. */
export interface DisclosedPart extends PartPlace {
  /** Index of the part in the envelope. */
  readonly index: number;
}

/** A message as the export gate sees it: all of it. `parts` stand in the order of the envelope. */
export interface OutgoingMessage {
  readonly header: EnvelopeHeader;
  readonly parts: readonly PartPlace[];
  readonly body: Alert;
}

/** A message as the import gate sees it: only what the exporting side disclosed. */
export interface IncomingMessage {
  readonly header: EnvelopeHeader;
  readonly parts: readonly DisclosedPart[];
  /** The disclosed parts joined. */
  readonly body: Alert;
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

/** What both gates are told besides the message. */
export interface CrossingFacts {
  /** The office that hands over. */
  readonly from: OfficeId;
  /** The office that receives. */
  readonly to: OfficeId;
  readonly agreement: GateAgreement;
  readonly now: EpochMs;
  /**
   * The originator agreed in writing that it goes on to this recipient; asked only where `from` is not the origin.
   * Left out means no.
   */
  readonly originatorConsents?: boolean;
}

/** One question to the export gate. */
export interface ExportQuestion<Message extends OutgoingMessage = OutgoingMessage> extends CrossingFacts {
  readonly message: Message;
}

/** One question to the import gate. */
export interface ImportQuestion<Message extends IncomingMessage = IncomingMessage> extends CrossingFacts {
  readonly message: Message;
}

/** A named person's release of a held crossing. */
export interface NamedRelease {
  /** Who releases, as the office names them; never empty. */
  readonly by: string;
  /** What the person was shown: no part that it withholds passes now. */
  readonly held: Decision;
}

/** What became of a crossing at a gate. */
export type GateOutcome = 'released' | 'held' | 'refused';

/**
 * A gate's answer. Policy was consulted, or there was a reason not to; nothing has been recorded yet.
 */
export interface Verdict {
  readonly outcome: GateOutcome;
  readonly decision: Decision;
  /**
   * Indexes of the parts that pass, in the envelope's numbering, ascending. Where it is held these are the parts that
   * would pass upon release; where it is refused, none.
   */
  readonly disclosed: readonly number[];
  /** The agreement it relies on; undefined where there is none. */
  readonly agreement: AgreementRef | undefined;
}

/** One policy of a bundle. */
export interface NamedPolicy {
  /** `<bundle>.<name>`, from the policy's `@id`. */
  readonly name: string;
  readonly effect: 'permit' | 'forbid';
  /** One sentence for people, from the policy's `@reason`. */
  readonly reason: string;
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
