import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFrame, readOwnMessage, receiveTransit } from '../../../services/core/envelope/index.ts';
import type { OfficeId } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import type { PolicyBundle } from '../../../services/core/policy/index.ts';
import { headCache } from '../../../services/core/trust/index.ts';
import {
  AgeGroup,
  type Alert,
  DataCategory,
  MessageType,
  Outcome,
  partCodec,
  SubjectRole,
  TrustLevel,
} from '../../../services/core/wire/index.ts';
import { eventually } from '../../support/eventually.ts';
import { alert, bundleOf, permitAll } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { arbitraryMessage, validText } from '../wire/arbitrary-message.ts';
import { releaseShown, submission, type TwoOffices, twoOffices } from './two-offices.ts';

// --- any policies ----------------------------------------------------------------------------------------------------

const CATEGORIES = Object.entries(DataCategory).flatMap(([name, code]) =>
  code === DataCategory.UNSPECIFIED || code === DataCategory.CORE ? [] : [name.toLowerCase()],
);
const CONCERNS = ['minor', 'victim', 'protected', 'source'];

const categoryIs = (category: string): string => `context.part.category == DataCategory::"${category}"`;

const conditions = fc.uniqueArray(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...CATEGORIES).map(categoryIs) },
    fc.constantFrom(...CONCERNS).map((concern) => `context.part.concerns.contains(Concern::"${concern}")`),
    fc.constant('context.part.ofSubject && context.message.urgency == Urgency::"immediate"'),
  ),
  { minLength: 2, maxLength: 6 },
);

function law(nation: 'th' | 'la', action: 'disclose' | 'accept', whens: readonly string[]): PolicyBundle {
  const forbids = whens.map(
    (when, at) =>
      `@id("${nation}.withhold-${at}") @reason("For a test.") forbid (principal, action == Action::"${action}", resource) when { ${when} };`,
  );
  const held = `@id("${nation}.hold") @reason("For a test.") forbid (principal, action == Action::"releaseUnattended", resource) when { context.message.drill };`;
  return bundleOf(nation, 1, permitAll(nation), ...forbids, held);
}

// --- any alert -------------------------------------------------------------------------------------------------------

let planted = 0;
const alerts = arbitraryMessage('Alert', (field) =>
  field.rule?.format === undefined || field.rule.format.endsWith('LINE') || field.rule.format.endsWith('TEXT')
    ? (field.rule?.maxLength ?? 99) < 15
      ? validText(field)
      : fc.constant('').map(() => plant())
    : validText(field),
) as unknown as fc.Arbitrary<Alert>;

// --- what left -------------------------------------------------------------------------------------------------------

/** The forms in which somebody might have written these bytes down. */
function formsOf(bytes: Buffer): Buffer[] {
  const forms = [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(bytes.toString('latin1'), 'utf16le'),
  ];
  // In base64 the same bytes look in three ways, by where they begin; the ends depend on what stands beside them.
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = text.slice(shift === 0 ? 0 : 4, -4);
    forms.push(Buffer.from(inner), Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')));
  }
  return forms;
}

/** What gives a part away: its salt, which is in no other part, and every text that was planted in it. */
function secretsOf(part: Uint8Array): Buffer[] {
  const { salt, value } = partCodec.decode(part);
  const texts =
    Buffer.from(value)
      .toString('latin1')
      .match(/plan[0-9]{8}ted/g) ?? [];
  return [Buffer.from(salt), ...texts.map((text) => Buffer.from(text))];
}

/** Whether any of these secrets stands in any of these bytes, in any form. */
function found(secrets: readonly Buffer[], left: Buffer): string[] {
  return secrets
    .filter((secret) => formsOf(secret).some((form) => left.includes(form)))
    .map((secret) => secret.toString('latin1'));
}

/** Everything that left: the very bytes on the line, and what they hold for whoever has the key. */
async function everythingOnTheLine({ thToLa, la }: TwoOffices): Promise<Buffer> {
  const all: Uint8Array[] = [];
  const keyOf = la.trust.store().keysForArrival(la.clock.now());
  for (const { bytes } of thToLa.log) {
    all.push(bytes);
    const received = receiveTransit(bytes);
    if (received.transit !== 'frame') continue;
    const frame = await openFrame(received, {
      self: LA,
      unsealer: la.keys.unsealer,
      drillUnsealer: la.keys.drillUnsealer,
      keyOf,
      heads: headCache(),
      now: la.clock.now(),
    });
    all.push(frame.headerBytes);
    if (frame.carries === 'crossings') all.push(...frame.crossings.flatMap((item) => [item.bytes, ...item.parts]));
    else if (frame.carries === 'receipts') all.push(...frame.receipts.map((item) => item.bytes));
    else all.push(frame.status.bytes);
  }
  return Buffer.concat(all);
}

const onDiskOf = ({ la }: TwoOffices): Buffer =>
  Buffer.concat([...la.log.entries, ...la.batches.batches.values()].map(({ bytes }) => bytes));

const plant = (): string => `plan${String(++planted).padStart(8, '0')}ted`;

/** Half of them without people whom the baseline protects from any crossing, and with more to decide about, so that there is much of everything. */
function unprotected(body: Alert): Alert {
  const subjects = body.subjects.map((subject) =>
    subject.person === null
      ? subject
      : { ...subject, person: { ...subject.person, protectionStatus: 0, protectionSoughtFrom: [] } },
  );
  const person = {
    familyName: plant(),
    telephoneNumbers: [plant()],
    faceImages: [{ format: 1 as const, data: Buffer.from(plant()) }],
    description: plant(),
    healthNeeds: plant(),
    ageGroup: AgeGroup.ADULT,
  };
  const rich = alert({
    subjects: [{ label: 'rich', role: SubjectRole.SUSPECT, person }],
    narrative: plant(),
    sourceDescription: plant(),
    headline: plant(),
  });
  return {
    ...rich,
    urgency: body.urgency,
    crimeArea: body.crimeArea,
    subjects: [...rich.subjects, ...subjects] as Alert['subjects'],
  };
}

/** Parts of a message of this office, with who gets each. */
async function partsOf(
  { th, la }: TwoOffices,
  id: string,
): Promise<{
  readonly leaves: Uint8Array[];
  readonly stays: Uint8Array[];
  readonly kept: Uint8Array[];
  readonly notKept: Uint8Array[];
}> {
  const key = messageKey(TH, id);
  const message = th.projection.outbound.get(key);
  const stored = message === undefined ? undefined : await th.content.get(message.content);
  if (message === undefined || stored === undefined) throw new TypeError('the message is gone');
  const keyOf = th.trust.store().keysForEvidence(message.acceptedMs);
  const all = readOwnMessage(stored, { self: TH, keyOf, heads: headCache() }).parts.map((part) => part.bytes);
  const copy = message.copies.get(LA as OfficeId);
  const withheld = new Set(copy?.decision.withheld.flatMap((entry) => entry.parts));
  const isOut = (index: number): boolean => copy?.releasedMs != null && !withheld.has(index);
  const arrival = la.projection.inbound.get(key);
  const refused = new Set(arrival?.decision.withheld.flatMap((entry) => entry.parts));
  const isKept = (index: number): boolean =>
    isOut(index) && arrival !== undefined && arrival.decision.outcome !== Outcome.REFUSED && !refused.has(index);
  return {
    leaves: all.filter((_, index) => isOut(index)),
    stays: all.filter((_, index) => !isOut(index)),
    kept: all.filter((_, index) => isKept(index)),
    notKept: all.filter((_, index) => !isKept(index)),
  };
}

describe('no withheld byte', () => {
  it("is in anything that left, on the line or on the other office's disk, whatever the alert and the laws", async () => {
    let [left, stayed, notKept] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        conditions,
        conditions,
        fc.array(alerts, { minLength: 5, maxLength: 8 }),
        async (disclose, accept, bodies) => {
          const at = await twoOffices({
            th: law('th', 'disclose', [...disclose, categoryIs('biometric')]),
            la: law('la', 'accept', [...accept, categoryIs('contact')]),
          });
          try {
            at.th.trust.trustLevel = TrustLevel.JOINT_OPERATION;
            at.la.trust.trustLevel = TrustLevel.JOINT_OPERATION;
            const sent = await Promise.all(
              bodies.map((body, index) =>
                at.th.relay.submit({
                  ...submission({ drill: index % 3 === 2 }),
                  body: { ...(index % 2 === 0 ? unprotected(body) : body), messageType: MessageType.ALERT },
                }),
              ),
            );
            const held = sent.filter((each) => each.recipients[0]?.outcome === Outcome.HELD);
            for (const { id } of held.slice(1))
              await releaseShown(at.th, { direction: 'outbound', origin: TH, id, peer: LA }).catch(() => undefined);
            await eventually(() => {
              for (const lane of at.th.projection.lanes.all()) expect(lane.confirmedThrough).toBe(lane.nextNumber - 1);
            });
            const line = await everythingOnTheLine(at);
            const disk = onDiskOf(at);
            for (const { id } of sent) {
              const parts = await partsOf(at, id);
              expect(found(parts.stays.flatMap(secretsOf), line)).toEqual([]);
              expect(found(parts.notKept.flatMap(secretsOf), disk)).toEqual([]);
              // What was disclosed is there, so that the search would find what was not.
              const out = parts.leaves.flatMap(secretsOf);
              expect(found(out, line)).toEqual(out.map((secret) => secret.toString('latin1')));
              const kept = parts.kept.flatMap(secretsOf);
              expect(found(kept, disk)).toEqual(kept.map((secret) => secret.toString('latin1')));
              left += parts.leaves.length;
              stayed += parts.stays.length;
              notKept += parts.leaves.length - parts.kept.length;
            }
          } finally {
            await at.close();
          }
        },
      ),
      { numRuns: 8, verbose: 1 },
    );
    expect(
      [left, stayed, notKept].filter((count) => count < 10),
      `left ${left}, stayed ${stayed}, not kept ${notKept}`,
    ).toEqual([]);
  }, 180_000);

  it.each([
    ['as it is', (secret: Buffer) => secret],
    ['in hexadecimal', (secret: Buffer) => Buffer.from(secret.toString('hex'))],
    [
      'in base64, wherever it begins',
      (secret: Buffer) => Buffer.from(Buffer.concat([Buffer.from('ab'), secret, Buffer.from('c')]).toString('base64')),
    ],
    ['in base64url', (secret: Buffer) => Buffer.from(secret.toString('base64url'))],
    ['in UTF-16', (secret: Buffer) => Buffer.from(secret.toString('latin1'), 'utf16le')],
  ])('would be found %s', (_, write) => {
    const secret = Buffer.from('plan00000001ted');
    expect(found([secret], Buffer.concat([Buffer.from('before'), write(secret), Buffer.from('after')]))).toEqual([
      'plan00000001ted',
    ]);
    expect(found([Buffer.from('plan00000002ted')], write(secret))).toEqual([]);
  });
});
