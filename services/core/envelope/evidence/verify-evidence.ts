import { digestOf, type EpochMs, isLiaisonError, type OfficeId, rfc3339, toHex } from '../../foundation/index.ts';
import { headCache, type TrustStore, type VerifiedProof } from '../../trust/index.ts';
import type { Crossing, SignedEnvelope } from '../../wire/index.ts';
import { assertComplete } from '../check-crossing.ts';
import { assertAccountsForWithheld } from '../check-withheld.ts';
import { EnvelopeError } from '../errors.ts';
import { verifyFramedCrossing } from '../received-crossing.ts';
import type { VerifiedReceipt, VerifyContext } from '../types.ts';
import { assertConsents, verifyConsent } from '../verify-consent.ts';
import { assertDisclosed, assertSamePlace } from '../verify-crossing.ts';
import { type VerifiedEnvelope, verifyEnvelope } from '../verify-envelope.ts';
import { joinVerifiedParts, verifyParts } from '../verify-parts.ts';
import { assertReceiptAbout, verifySignedReceipt } from '../verify-receipt.ts';
import { checkRelied } from './check-relied.ts';
import { type OpenEvidence, openEvidence } from './open-evidence.ts';
import type { Evidence, EvidenceCheck, EvidenceReport } from './types.ts';

type Facts = EvidenceCheck['facts'];

/** Runs checks one after the other and notes how each came out; a failed one does not keep the others from running. */
class CheckList {
  readonly checks: EvidenceCheck[] = [];

  run<T>(check: string, make: () => readonly [T, Facts]): T | undefined {
    try {
      const [value, facts] = make();
      this.checks.push({ check, passed: true, facts });
      return value;
    } catch (cause) {
      if (!isLiaisonError(cause)) throw cause;
      this.checks.push({ check, passed: false, code: cause.code, facts: cause.context });
      return undefined;
    }
  }

  note(check: string, passed: boolean, code: string, facts: Facts): void {
    this.checks.push({ check, passed, ...(passed ? {} : { code }), facts });
  }
}

function signedFacts({ signer, signedMs, kid }: VerifiedProof): Facts {
  return { signer, signedAt: rfc3339(signedMs), kid };
}

function contextAt(store: TrustStore, recordedMs: EpochMs): VerifyContext {
  return { keyOf: store.keysForEvidence(recordedMs), heads: headCache() };
}

function checkOrigin(list: CheckList, envelope: SignedEnvelope, context: VerifyContext): VerifiedEnvelope | undefined {
  return list.run('the origin signed the envelope', () => {
    const verified = verifyEnvelope(envelope, context);
    return [verified, { ...signedFacts(verified.signed), id: verified.id, digest: verified.digest }];
  });
}

function checkParts(list: CheckList, { parts, crossing }: OpenEvidence, envelope: VerifiedEnvelope): void {
  const verified = list.run('every part is one of the envelope', () => {
    const found = verifyParts(parts, envelope);
    return [found, { parts: found.length, ofParts: envelope.envelope.parts.length }];
  });
  if (verified === undefined) return;
  list.run('every part holds what its category says', () => [joinVerifiedParts(envelope.header.kind, verified), {}]);
  if (crossing === null) return;
  list.run('what was withheld is accounted for', () => {
    const { message } = crossing;
    assertComplete(message);
    const disclosed = new Set(message.disclosed);
    assertDisclosed(verified, disclosed);
    const withheld = assertAccountsForWithheld(message.decision.withheld, envelope.envelope.parts, disclosed);
    return [withheld, { withheld: withheld.length }];
  });
}

function checkFrame(list: CheckList, evidence: Evidence, crossing: Crossing, context: VerifyContext): void {
  const framed = list.run('the exporter signed a frame that holds the crossing', () => {
    const found = verifyFramedCrossing(evidence.record, context);
    return [found, { ...signedFacts(found.signed), number: found.number, digest: digestOf(found.received.crossing) }];
  });
  if (framed === undefined) return;
  list.run('the crossing is the one of that place', () => {
    const { scope, from, to, lane } = framed.frame;
    assertSamePlace(crossing, { scope, from, to, lane, number: framed.number });
    return [undefined, { from, to, scope }];
  });
}

/** Whoever is not the origin passed it on as such; with a consent it is the originator's own for exactly this crossing. */
function checkOnward(
  list: CheckList,
  envelope: VerifiedEnvelope,
  { message: { onward, from, to, disclosed, supplement } }: NonNullable<OpenEvidence['crossing']>,
  context: VerifyContext,
  recordedMs: EpochMs,
): void {
  const isOnward = envelope.origin !== from;
  const facts = { origin: envelope.origin, exporter: from };
  list.note(
    'the exporter is the origin, or passed it on as what another office said',
    isOnward === (onward !== null) && !(supplement && onward !== null),
    'ENVELOPE_ORIGIN_NOT_EXPORTER',
    facts,
  );
  if (onward === null || onward.consent === null) return;
  list.run('the originator consented to this crossing', () => {
    const consent = verifyConsent(onward, context);
    if (consent === null) throw new EnvelopeError('ENVELOPE_CONSENT_MALFORMED');
    assertConsents(consent, {
      origin: envelope.origin,
      envelopeId: envelope.id,
      envelopeDigest: envelope.digest,
      holder: from as OfficeId,
      recipient: to as OfficeId,
      purpose: onward.purpose,
      categories: disclosed.flatMap((index) => envelope.envelope.parts[index]?.category ?? []),
      at: recordedMs,
    });
    return [consent, { id: consent.id, origin: consent.origin }];
  });
}

/** A receipt about a crossing is about this one, and said by one of the two offices that it went between. */
function assertAboutCrossing(
  { receipt, issuer }: VerifiedReceipt,
  { message, digest }: NonNullable<OpenEvidence['crossing']>,
): void {
  const isParty = issuer === message.to || issuer === message.from;
  const isAbout = receipt.crossingDigest.length === 0 || toHex(receipt.crossingDigest) === toHex(digest);
  if (!isParty || !isAbout)
    throw new EnvelopeError('ENVELOPE_RECEIPT_MISMATCH', {
      context: { fault: isParty ? 'crossing-digest' : 'issuer', issuer },
    });
}

function checkReceipts(
  list: CheckList,
  { receipts }: Evidence,
  { crossing }: OpenEvidence,
  envelope: VerifiedEnvelope,
  store: TrustStore,
): void {
  receipts.forEach(({ bytes, recordedMs }, index) => {
    list.run(`receipt ${index + 1} was signed by its issuer and is about this`, () => {
      const receipt = verifySignedReceipt(bytes, contextAt(store, recordedMs));
      assertReceiptAbout(receipt, {
        origin: envelope.origin,
        envelopeId: envelope.id,
        envelopeDigest: envelope.digest,
      });
      if (crossing !== null) assertAboutCrossing(receipt, crossing);
      return [receipt, { ...signedFacts(receipt.signed), kind: receipt.receipt.kind, reason: receipt.receipt.reason }];
    });
  });
}

/**
 * Checks a piece of evidence offline, years later, by nothing but the documents in `store`: who signed what, that the
 * keys were good when it was recorded, that parts, place and receipts belong together. Every check is reported; all of
 * them have to pass.
 * @throws EnvelopeError ENVELOPE_EVIDENCE_MALFORMED when it cannot be read at all.
 */
export function verifyEvidence(evidence: Evidence, store: TrustStore): EvidenceReport {
  const open = openEvidence(evidence);
  const context = contextAt(store, evidence.recordedMs);
  const list = new CheckList();
  const envelope = checkOrigin(list, open.envelope, context);
  if (envelope !== undefined) checkParts(list, open, envelope);
  if (envelope !== undefined && open.crossing !== null)
    checkOnward(list, envelope, open.crossing, context, evidence.recordedMs);
  if (open.crossing !== null) checkFrame(list, evidence, open.crossing.message, context);
  if (open.crossing !== null)
    checkRelied((...noted) => list.note(...noted), open.crossing.message, store, evidence.recordedMs);
  if (envelope !== undefined) checkReceipts(list, evidence, open, envelope, store);
  return { verified: list.checks.every(({ passed }) => passed), checks: list.checks };
}
