import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EpochMs, OfficeId } from '../../../services/core/foundation/index.ts';
import { pairScope, utf8 } from '../../../services/core/foundation/index.ts';
import { buildBundle, loadBundle } from '../../../services/core/policy/bundle.ts';
import type {
  AgreementInForce,
  BundleFile,
  ExportQuestion,
  GateMessage,
  PolicyBundle,
} from '../../../services/core/policy/types.ts';
import {
  type AgreementArticle,
  type Alert,
  alertCodec,
  Certainty,
  CrimeArea,
  DataCategory,
  type EnvelopeHeader,
  envelopeHeaderCodec,
  HandlingCode,
  type Init,
  joinParts,
  MessageKind,
  MessageType,
  Precedence,
  Purpose,
  Severity,
  SubjectRole,
  splitBody,
  TrustLevel,
  Urgency,
} from '../../../services/core/wire/index.ts';

export const POLICIES = resolve(import.meta.dirname, '../../../deploy/policies');

export const TH = 'th-chiang-khong' as OfficeId;
export const LA = 'la-houayxay' as OfficeId;
export const MM = 'mm-tachileik' as OfficeId;
export const NOW = Date.UTC(2026, 2, 1, 8) as EpochMs;

export function readFolder(name: string): BundleFile[] {
  return readdirSync(join(POLICIES, name)).map((path) => ({
    path,
    text: readFileSync(join(POLICIES, name, path), 'utf8'),
  }));
}

export function bundleOf(name: string, version: number, ...policies: string[]): PolicyBundle {
  return loadBundle(
    utf8(
      buildBundle([
        { path: 'bundle.json', text: JSON.stringify({ name, version, schema: 1 }) },
        { path: 'all.cedar', text: policies.join('\n') },
      ]),
    ),
  );
}

export function shippedBundle(name: 'baseline' | 'th' | 'la' | 'mm'): PolicyBundle {
  return loadBundle(utf8(buildBundle(readFolder(name))));
}

/** Permits everything of a nation at both gates. */
export function permitAll(nation: string): string {
  return `@id("${nation}.permit-all") @reason("Everything may pass.") permit (principal, action, resource);`;
}

export const ALL_CATEGORIES = Object.values(DataCategory).filter((category) => category !== DataCategory.UNSPECIFIED);

export function article(init: Partial<AgreementArticle> = {}): AgreementArticle {
  return {
    id: '3',
    text: 'Alerts between the parties.',
    kinds: [MessageKind.ALERT],
    crimeAreas: Object.values(CrimeArea).filter((area) => area !== CrimeArea.UNSPECIFIED),
    dataCategories: ALL_CATEGORIES,
    purposes: Object.values(Purpose).filter((purpose) => purpose !== Purpose.UNSPECIFIED),
    handlingCeiling: HandlingCode.H3,
    retentionDays: 90,
    drills: true,
    responseTimes: [],
    region: false,
    corridors: [],
    subscribers: [],
    backfillDays: 0,
    ...init,
  };
}

export function agreement(init: Partial<AgreementInForce> = {}): AgreementInForce {
  return {
    id: 'la-th-2026',
    version: 1,
    digest: new Uint8Array(32),
    article: article(),
    trustLevel: TrustLevel.JOINT_OPERATION,
    inForce: true,
    ...init,
  };
}

export function header(init: Partial<EnvelopeHeader> = {}): EnvelopeHeader {
  const made = envelopeHeaderCodec.decode(
    envelopeHeaderCodec.encode({
      id: '019cb000-0000-7000-8000-000000000000',
      kind: MessageKind.ALERT,
      origin: TH,
      officer: 'officer-1',
      purpose: Purpose.INVESTIGATION,
      handling: HandlingCode.H0,
      precedence: Precedence.ROUTINE,
      createdMs: NOW,
      expiresMs: NOW + 86_400_000,
    }),
  );
  return { ...made, ...init };
}

export function alert(init: Init<Alert> = {}): Alert {
  const made: Init<Alert> = {
    messageType: MessageType.ALERT,
    crimeArea: CrimeArea.STOLEN_VEHICLES,
    urgency: Urgency.IMMEDIATE,
    severity: Severity.MODERATE,
    certainty: Certainty.LIKELY,
    ...init,
  };
  return alertCodec.decode(alertCodec.encode(made));
}

export const PERSON: Init<Alert['subjects'][number]> = {
  label: 'P1',
  role: SubjectRole.SUSPECT,
  person: {
    familyName: 'Somchai',
    nationalities: ['TH'],
    faceImages: [{ format: 1, data: new Uint8Array([1, 2, 3]) }],
    telephoneNumbers: ['+66 1'],
  },
};

export const VEHICLE: Init<Alert['subjects'][number]> = {
  label: 'V1',
  role: SubjectRole.OBJECT,
  vehicle: { vehicleType: 2, registration: 'กข 1234', make: 'Toyota' },
};

export function message(
  body: Init<Alert> = { subjects: [VEHICLE], headline: 'Stolen pickup' },
  init: Partial<EnvelopeHeader> = {},
): GateMessage & { readonly body: Alert } {
  const full = alert(body);
  const made = header(init);
  return { header: made, kind: made.kind, body: full, parts: splitBody(MessageKind.ALERT, full) };
}

/** The message as the other side sees it when only these parts cross. */
export function arrived(sent: GateMessage, disclosed: readonly number[]): GateMessage {
  const all = splitBody(MessageKind.ALERT, sent.body as Alert);
  const parts = disclosed.map((index) => ({ ...(all[index] as (typeof all)[number]), index }));
  return { header: sent.header, kind: sent.kind, parts, body: joinParts(MessageKind.ALERT, parts) };
}

export function exportQuestion(init: Partial<ExportQuestion<GateMessage>> = {}): ExportQuestion<GateMessage> {
  const from = init.from ?? TH;
  const to = init.to ?? LA;
  return {
    message: message({ subjects: [VEHICLE], headline: 'Stolen pickup' }, { origin: from }),
    from,
    to,
    scope: pairScope(from, to),
    agreement: agreement(),
    now: NOW,
    ...init,
  };
}

/** Categories that a decision withholds, as words, sorted. */
export function categoriesOf(withheld: readonly { readonly category: DataCategory }[]): string[] {
  const names = Object.entries(DataCategory);
  return [
    ...new Set(
      withheld.map(({ category }) => names.find(([, code]) => code === category)?.[0].toLowerCase() ?? 'unknown'),
    ),
  ].sort();
}
