import { type EpochMs, rfc3339 } from '../foundation/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  type AgreementParty,
  type Charter,
  CharterForm,
  type CharterMember,
  CrimeArea,
  DataCategory,
  type Directory,
  HandlingCode,
  HistoryRule,
  KeyUse,
  LawfulBasis,
  MessageKind,
  type OfficeEntry,
  OperationRole,
  type PublicKey,
  Purpose,
  ResponseClass,
  TrustLevel,
} from '../wire/index.ts';
import { documentSigningInput, parseDocument } from './document-form.ts';
import { msOf, parseAgreementText } from './document-text.ts';
import { thumbprintOf } from './public-key.ts';
import type { SignedDocumentKind } from './types.ts';
import { readDocument } from './verify-document.ts';

const DAY_MS = 86_400_000;

function wordsOf(list: Readonly<Record<string, number>>, code: number): string {
  const name = Object.entries(list).find(([, value]) => value === code)?.[0] ?? `code ${code}`;
  return name.toLowerCase().replaceAll('_', ' ');
}

function listOf(list: Readonly<Record<string, number>>, codes: readonly number[]): string {
  const every = Object.values(list).filter((code) => code !== 0);
  return every.every((code) => codes.includes(code)) ? 'all' : codes.map((code) => wordsOf(list, code)).join(', ');
}

function dayOf(ms: EpochMs): string {
  return rfc3339(ms).slice(0, 10);
}

function forceOf(fromMs: EpochMs, untilMs: EpochMs, now: EpochMs): string {
  if (now < fromMs) return `not yet in force: begins in ${Math.ceil((fromMs - now) / DAY_MS)} days`;
  if (now >= untilMs) return `ended ${Math.floor((now - untilMs) / DAY_MS)} days ago`;
  return `in force, ${Math.floor((untilMs - now) / DAY_MS)} days left`;
}

function describeParty({ nation, root, offices }: AgreementParty): string {
  return `  ${nation}  root key ${thumbprintOf(root as PublicKey)}  offices: ${offices.join(', ')}`;
}

/** Kinds by name, never "all": what serves another kind crosses with it and is not named. */
function kindsOf(kinds: readonly MessageKind[]): string {
  return kinds.map((kind) => wordsOf(MessageKind, kind)).join(', ');
}

function responseTimesOf({ responseTimes }: AgreementArticle): readonly string[] {
  const times = responseTimes.map(
    ({ responseClass, hours }) => `${wordsOf(ResponseClass, responseClass)} ones within ${hours} hours`,
  );
  return times.length === 0 ? [] : [`  requests are answered sooner: ${times.join(', ')}`];
}

function describeArticle(article: AgreementArticle): readonly string[] {
  return [
    `Article ${article.id}: ${article.text}`,
    `  messages: ${kindsOf(article.kinds)}; crime areas: ${listOf(CrimeArea, article.crimeAreas)}`,
    `  data: ${listOf(DataCategory, article.dataCategories)}`,
    ...responseTimesOf(article),
    `  purposes: ${listOf(Purpose, article.purposes)}; handling up to ${wordsOf(HandlingCode, article.handlingCeiling).toUpperCase()}`,
    `  kept for ${article.retentionDays} days at most; exercises ${article.drills ? 'may' : 'may not'} use it`,
  ];
}

/** An agreement in plain words, one line each: parties, dates, days left, trust level, articles. */
export function describeAgreement(agreement: Agreement, now: EpochMs): readonly string[] {
  const fromMs = msOf(agreement.validFrom);
  const untilMs = msOf(agreement.validUntil);
  return [
    `${agreement.title} (${agreement.id}, version ${agreement.version})`,
    `From ${dayOf(fromMs)} until ${dayOf(untilMs)}: ${forceOf(fromMs, untilMs, now)}`,
    `Trust level ${agreement.trustLevel - 1}: ${wordsOf(TrustLevel, agreement.trustLevel)}`,
    ...(agreement.replaces.length > 0 ? [`Replaces ${agreement.replaces.join(', ')}`] : []),
    'Parties:',
    ...agreement.parties.map(describeParty),
    ...agreement.articles.flatMap(describeArticle),
  ];
}

function describeOffice(
  { office, name, keys }: OfficeEntry,
  revoked: ReadonlySet<string>,
  now: EpochMs,
): readonly string[] {
  const lines = keys.map(({ use, key, notBefore, notAfter }) => {
    const kid = thumbprintOf(key as PublicKey);
    const state = revoked.has(kid)
      ? 'revoked'
      : now >= msOf(notAfter)
        ? 'expired'
        : now < msOf(notBefore)
          ? 'not yet good'
          : 'good';
    return `  ${wordsOf(KeyUse, use).padEnd(13)} ${kid}  ${dayOf(msOf(notBefore))} to ${dayOf(msOf(notAfter))}  ${state}`;
  });
  return [name === '' ? office : `${office} (${name})`, ...lines];
}

/** A directory in plain words, one line each: number, dates, offices and the state of their keys. */
export function describeDirectory(directory: Directory, now: EpochMs): readonly string[] {
  const revoked = new Set(directory.revoked.map(({ kid }) => kid));
  const issuedMs = msOf(directory.issued);
  const expiresMs = msOf(directory.expires);
  return [
    `Directory ${directory.sequence} of ${directory.nation}, issued ${dayOf(issuedMs)}`,
    now >= expiresMs
      ? `Expired ${dayOf(expiresMs)}`
      : `Expires ${dayOf(expiresMs)}, in ${Math.floor((expiresMs - now) / DAY_MS)} days`,
    `Root key ${thumbprintOf(directory.root as PublicKey)}`,
    ...directory.offices.flatMap((entry) => describeOffice(entry, revoked, now)),
    ...directory.revoked.map(
      ({ kid, revokedAt, reason }) =>
        `Revoked ${kid} from ${rfc3339(msOf(revokedAt))}${reason === '' ? '' : `: ${reason}`}`,
    ),
  ];
}

function describeMember(member: CharterMember): string {
  const limits = member.dataCategories.length === 0 ? '' : `; gets ${listOf(DataCategory, member.dataCategories)}`;
  const contact = member.dutyContact === '' ? '' : `; on duty: ${member.dutyContact}`;
  return `  ${member.office}  ${wordsOf(OperationRole, member.role)}${limits}${contact}`;
}

/** A charter in plain words, one line each: what for, who, from when until when, and what may be said. */
export function describeCharter(charter: Charter, now: EpochMs): readonly string[] {
  const fromMs = msOf(charter.starts);
  const untilMs = msOf(charter.ends);
  const largest = charter.maxAttachmentBytes === 0 ? '25 MB' : `${charter.maxAttachmentBytes} bytes`;
  return [
    `${charter.drill ? 'EXERCISE: ' : ''}${charter.name} (${charter.id})`,
    charter.aim,
    `From ${rfc3339(fromMs)} until ${rfc3339(untilMs)}: ${forceOf(fromMs, untilMs, now)}`,
    charter.form === CharterForm.NATIONAL
      ? 'Signed by the national authority of each member'
      : `Signed by each office under the agreement ${charter.agreement}`,
    `Lawful basis: ${[wordsOf(LawfulBasis, charter.lawfulBasis), charter.lawfulBasisReference].filter(Boolean).join(', ')}`,
    'Members:',
    ...charter.members.map(describeMember),
    `Live when ${charter.quorum} of them have signed`,
    `Crime areas: ${listOf(CrimeArea, charter.crimeAreas)}; purposes: ${listOf(Purpose, charter.purposes)}`,
    `Data: ${listOf(DataCategory, charter.dataCategories)}; handling up to ${wordsOf(HandlingCode, charter.handlingCeiling).toUpperCase()}`,
    `Kept for ${charter.retentionDays} days at most; files up to ${largest}`,
    charter.history === HistoryRule.ALL
      ? 'Who joins later gets what was said before'
      : 'Who joins later gets nothing of what was said before',
  ];
}

/** What a signed document claims of itself, before anything is verified. */
export interface DocumentClaims {
  readonly kind: SignedDocumentKind;
  readonly text: string;
  /** Key ids whose signatures it carries; not verified. */
  readonly signedBy: readonly string[];
}

/** What a signed document claims of itself; nothing is verified. @throws TrustError TRUST_DOCUMENT_*. */
export function claimsOf(bytes: Uint8Array): DocumentClaims {
  const { kind, signatures } = parseDocument(bytes);
  return { kind, text: readDocument(bytes, kind).text, signedBy: signatures.map(({ kid }) => kid) };
}

/** The parties of an agreement that have not signed it yet, by the key ids that its signatures claim; nothing is verified. @throws TrustError TRUST_DOCUMENT_*. */
export function partiesYetToSign(bytes: Uint8Array): readonly string[] {
  const { form, text } = readDocument(bytes, 'agreement');
  const signed = new Set<string>(form.signatures.map(({ kid }) => kid));
  return parseAgreementText(text)
    .parties.filter(({ root }) => !signed.has(thumbprintOf(root as PublicKey)))
    .map(({ nation }) => nation);
}

/** One signature of a document in the pieces that a program without our software needs. */
export interface DocumentSignaturePieces {
  readonly kid: string;
  /** Both in base64url. */
  readonly protected: string;
  readonly signature: string;
  readonly signingInput: Uint8Array;
}

/** The signatures of a document in pieces; nothing is verified. @throws TrustError TRUST_DOCUMENT_*. */
export function documentSignatures(bytes: Uint8Array): readonly DocumentSignaturePieces[] {
  const { payload, signatures } = parseDocument(bytes);
  return signatures.map(({ kid, protected: header, signature }) => ({
    kid,
    protected: header,
    signature,
    signingInput: documentSigningInput(header, payload),
  }));
}
