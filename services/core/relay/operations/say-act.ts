import { type EpochMs, fromHex, later, type OfficeId } from '../../foundation/index.ts';
import type { InstalledCharter } from '../../trust/index.ts';
import {
  type ActTerms,
  type CharterSignature,
  HandlingCode,
  type Init,
  MessageKind,
  type OperationAct,
  OperationAction,
  type OperationCharter,
  Precedence,
} from '../../wire/index.ts';
import type { RelayContext } from '../parts.ts';
import type { SubmissionInput } from '../types.ts';
import type { ActInput, OperationView } from './types.ts';

/** Works about one operation name it, so that they are committed one after the other. */
export function operationSubject(id: string): string {
  return `operation:${id}`;
}

type Who = Pick<ActInput, 'submittedBy' | 'idempotencyKey' | 'submissionDigest'>;

function common(
  { clock, settings }: RelayContext,
  { charter }: InstalledCharter,
  { submittedBy, idempotencyKey, submissionDigest }: Who,
): Omit<SubmissionInput, 'kind' | 'recipients' | 'precedence' | 'body'> {
  return {
    submittedBy,
    idempotencyKey,
    submissionDigest,
    purpose: charter.purposes[0] ?? 0,
    handling: HandlingCode.H0,
    caveat: '',
    caseReference: '',
    // It is worth delivering for as long as anything may be on its way.
    expiresMs: later(clock.now(), settings.maxExpiryMs) as EpochMs,
    inReplyTo: '',
    supersedes: '',
    drill: charter.drill,
  };
}

function refOf({ charter, document }: InstalledCharter): NonNullable<ActTerms['operation']> {
  return { operation: charter.id, charter: fromHex(document.digest) };
}

/** The lead's proposal to all whom it invites. */
export function proposalSubmission(context: RelayContext, installed: InstalledCharter, who: Who): SubmissionInput {
  const { charter, document, members } = installed;
  const body: Init<OperationCharter> = {
    terms: { operation: refOf(installed), members: [...members.keys()] },
    crimeArea: charter.crimeAreas[0] ?? 0,
    document: document.bytes,
  };
  return {
    ...common(context, installed, who),
    kind: MessageKind.OPERATION_CHARTER,
    recipients: [...members.keys()].filter((office) => office !== context.self),
    precedence: Precedence.IMMEDIATE,
    body,
  };
}

/** What an act says besides its action. */
export interface ActWords {
  readonly number: number;
  readonly member?: string;
  readonly signatures?: readonly CharterSignature[];
  readonly lastPost?: number;
  readonly figures?: ActTerms['figures'];
  readonly report?: Uint8Array;
}

/** Members that hear of acts: all that have not left, been removed. A line may be missing to one that never joined. */
export function actRecipients(context: RelayContext, view: OperationView): readonly OfficeId[] {
  return [...view.members.values()]
    .filter(({ office, state }) => office !== context.self && state !== 'left' && state !== 'removed')
    .filter(({ office }) => context.neighbour(office) !== undefined)
    .map(({ office }) => office);
}

/** An act to all other members. */
export function actSubmission(
  context: RelayContext,
  view: OperationView,
  input: Omit<ActInput, 'operation' | 'document' | 'member'>,
  { number, member = '', signatures = [], lastPost = 0, figures = null, report = new Uint8Array(0) }: ActWords,
): SubmissionInput {
  const body: Init<OperationAct> = {
    terms: {
      operation: refOf(view.charter),
      action: input.action,
      number,
      member,
      signatures,
      lastPost,
      figures,
      report,
    },
    crimeArea: view.charter.charter.crimeAreas[0] ?? 0,
    text: input.text,
    textLanguage: input.textLanguage,
  };
  return {
    ...common(context, view.charter, input),
    kind: MessageKind.OPERATION_ACT,
    recipients: actRecipients(context, view),
    precedence: input.action === OperationAction.OPEN ? Precedence.FLASH : Precedence.IMMEDIATE,
    body,
  };
}
