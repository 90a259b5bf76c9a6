import { type Digest, type EpochMs, later, type OfficeId } from '../../foundation/index.ts';
import type { AnyMessage } from '../../ledger/index.ts';
import { CrimeArea, HandlingCode, type MessageKind, type Purpose } from '../../wire/index.ts';
import { crimeAreaOf } from '../gate-questions.ts';
import type { RelayContext } from '../parts.ts';
import type { SubmissionInput } from '../types.ts';

/** Who says something about a message, and under which key it is recognised when it is said again. */
export interface Said {
  readonly submittedBy: string;
  readonly text: string;
  readonly textLanguage: string;
  readonly idempotencyKey: string;
  readonly submissionDigest: Digest;
}

/** What a message is about and for, so that what is said about it goes under the same article. */
export interface Matter {
  readonly purpose: Purpose;
  readonly crimeArea: CrimeArea;
}

/** The matter of a message that can be read. */
export function matterOf(message: { readonly header: { readonly purpose: Purpose }; readonly body: unknown }): Matter {
  return { purpose: message.header.purpose, crimeArea: crimeAreaOf(message.body) || CrimeArea.OTHER };
}

/** What one office says to another about a message: as urgent as that, an exercise where that is one, and without its content. */
export function controlMessage(
  { clock, settings }: RelayContext,
  said: Said,
  about: AnyMessage,
  matter: Matter,
  what: {
    readonly kind: MessageKind;
    readonly to: OfficeId;
    readonly terms: object;
    readonly untilMs: number;
    readonly inReplyTo?: string;
  },
): SubmissionInput {
  const { text, textLanguage, ...who } = said;
  return {
    ...who,
    kind: what.kind,
    recipients: [what.to],
    precedence: about.precedence,
    purpose: matter.purpose,
    handling: HandlingCode.H0,
    caveat: '',
    caseReference: '',
    expiresMs: Math.min(what.untilMs, later(clock.now(), settings.maxExpiryMs)) as EpochMs,
    inReplyTo: what.inReplyTo ?? '',
    supersedes: '',
    drill: about.drill,
    body: { terms: what.terms, crimeArea: matter.crimeArea, text, textLanguage },
  };
}
