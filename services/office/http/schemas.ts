import { ROLES } from '../../core/access/index.ts';
import { TIMELINE_EVENTS } from '../views/timeline.ts';
import type { JsonSchema } from './route.ts';
import { code, DIGEST, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME, WHOLE } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';
import { CONTROL_DETAIL, consentSchemas } from './schemas-consents.ts';
import { COUNT_SCHEMAS } from './schemas-counts.ts';
import { heldSchemas } from './schemas-held.ts';
import { CONTENT_STATE, LINE, OUTCOME, STATE } from './schemas-lines.ts';
import { LINK_SCHEMAS } from './schemas-links.ts';
import { AREA_SCHEMAS } from './schemas-of-areas.ts';
import { STANDING, STANDING_DETAIL } from './schemas-recalls.ts';
import { REGION_OUTCOME } from './schemas-region.ts';

const SUMMARY = {
  outcome: OUTCOME,
  withheld: { ...listOf(code('DataCategory')), description: 'Data categories of which something does not pass.' },
  policies: { ...NAMES, description: 'Names of the policies that decided.' },
  'reason?': { ...TEXT, description: 'Why the policies were not asked, where that is so: a code.' },
} as const;

const COMMON = {
  id: { ...TEXT, description: 'The envelope id.' },
  direction: oneOf(['outbound', 'inbound'], 'Said by this office, or received.'),
  origin: OFFICE,
  kind: code('MessageKind'),
  precedence: code('Precedence'),
  createdAt: TIME,
  expiresAt: TIME,
  drill: FLAG,
  'emergency?': { const: true, description: "It went past its sender's hold." },
  'supersedes?': TEXT,
} as const;

const CONTENT = {
  content: orNull(schemaRef('Content')),
  'withheldParts?': listOf(schemaRef('WithheldPart')),
  contentState: CONTENT_STATE,
} as const;
const OPTIONAL_CONTENT = {
  'content?': CONTENT.content,
  'withheldParts?': CONTENT['withheldParts?'],
} as const;

const INBOX_ITEM = {
  ...COMMON,
  from: OFFICE,
  receivedAt: TIME,
  deliveredAt: orNull(TIME),
  state: STATE,
  ...SUMMARY,
  agreement: orNull(schemaRef('AgreementUsed')),
} as const;
const OUTBOX_ITEM = { ...COMMON, submittedBy: TEXT, acceptedAt: TIME } as const;
const RECIPIENT = { office: OFFICE, ...SUMMARY } as const;
/** What a message may hold that is no alert. */
const BODIES = [
  'request',
  'requestStep',
  'answer',
  'lookout',
  'search',
  'searchResult',
  'recall',
  'recallAnswer',
  'consentRequest',
  'consent',
  'partRequest',
  'review',
  'operationCharter',
  'operationAct',
  'operationPost',
  'bulletin',
] as const;

/** The schemas of this API's own answers; codes in them are the contract's. */
export const ANSWER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Problem: object(
    {
      type: { ...TEXT, description: 'A URN that names the kind of problem.' },
      title: TEXT,
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: TEXT,
      code: { ...TEXT, description: 'Stable, for programs.' },
      faults: listOf(schemaRef('Fault')),
      correlationId: { ...TEXT, description: "Finds the request in the node's log." },
      'conflict?': {
        ...object({ officer: TEXT, action: code('TriageAction'), at: TIME, step: WHOLE }),
        description: 'Who did what before, where somebody else came first.',
      },
    },
    'A problem (RFC 9457).',
  ),
  Fault: object(
    {
      field: { ...TEXT, description: 'Path of the value: `alert.subjects[2].relatedTo[0]`.' },
      reason: TEXT,
      message: TEXT,
    },
    'One thing that is wrong.',
  ),
  SubmissionAnswer: object({
    id: TEXT,
    origin: OFFICE,
    acceptedAt: TIME,
    envelopeDigest: DIGEST,
    emergency: { ...FLAG, description: 'It went past a hold, and the oversight of both offices reviews it.' },
    repeated: FLAG,
    recipients: listOf(schemaRef('RecipientOutcome')),
    'region?': { ...schemaRef('RegionOutcome'), description: 'Where it was told the region.' },
  }),
  PreviewRecipient: object({
    ...RECIPIENT,
    withheldParts: listOf(object({ category: code('DataCategory'), policies: NAMES, parts: WHOLE })),
    why: {
      ...listOf(
        object({
          policy: TEXT,
          reason: {
            ...orNull(TEXT),
            description: 'In one sentence, from the bundle in force; null where it is not in it.',
          },
        }),
      ),
      description: 'Every rule that the decision rests on.',
    },
    agreement: {
      ...orNull(object({ id: TEXT, version: WHOLE, article: TEXT })),
      description: 'The agreement or charter it would cross under; null where none covers it.',
    },
  }),
  PreviewAnswer: object({
    recipients: listOf(schemaRef('PreviewRecipient')),
    copies: listOf(object({ office: OFFICE, alert: orNull(schemaRef('DisclosedAlert')) })),
    'region?': {
      ...object({ ...REGION_OUTCOME, alert: orNull(schemaRef('DisclosedAlert')) }),
      description: 'What the region would get, where it is to be told.',
    },
  }),
  DisclosedAlert: {
    type: 'object',
    description: 'An Alert of the contract as its reader gets it: whatever was withheld is absent, required or not.',
  },
  RecipientOutcome: object(RECIPIENT),
  InboxItem: object({
    ...INBOX_ITEM,
    unread: { ...FLAG, description: 'Nobody of this office has opened it.' },
    answerByAt: { ...orNull(TIME), description: 'Of a request: by when this office is to have answered.' },
    ...LINE,
    ...STANDING,
    ...OPTIONAL_CONTENT,
  }),
  OutboxItem: object({
    ...STANDING,
    ...OUTBOX_ITEM,
    ...LINE,
    recipients: listOf(object({ office: OFFICE, state: STATE, ...SUMMARY })),
    ...OPTIONAL_CONTENT,
  }),
  ...COUNT_SCHEMAS,
  Content: object({
    officer: TEXT,
    purpose: code('Purpose'),
    handling: code('HandlingCode'),
    'caveat?': TEXT,
    'caseReference?': TEXT,
    'inReplyTo?': TEXT,
    'alert?': schemaRef('DisclosedAlert'),
    ...Object.fromEntries(BODIES.map((name) => [`${name}?`, schemaRef('DisclosedBody')])),
  }),
  DisclosedBody: {
    type: 'object',
    description: 'A body of the contract as its reader gets it: whatever was withheld is absent, required or not.',
  },
  WithheldPart: object({ category: code('DataCategory'), policies: NAMES, by: OFFICE }),
  AgreementUsed: object({ id: TEXT, version: WHOLE, digest: TEXT, article: TEXT }),
  Decision: object({
    ...SUMMARY,
    decidedAt: TIME,
    'releasedBy?': TEXT,
    'approvedBy?': { ...TEXT, description: 'Who approved its release first, where two persons did.' },
    withheldParts: listOf(object({ category: code('DataCategory'), policies: NAMES, parts: WHOLE })),
    bundles: listOf(schemaRef('Bundle')),
  }),
  Bundle: object({ name: TEXT, version: WHOLE, digest: TEXT }),
  Hold: object({
    resolution: code('HoldResolution'),
    by: TEXT,
    'role?': TEXT,
    'approvals?': listOf(schemaRef('Approval')),
    reason: TEXT,
    at: TIME,
    decision: { ...schemaRef('Decision'), description: 'The decision that held it.' },
  }),
  Receipt: object({
    kind: code('ReceiptKind'),
    issuer: OFFICE,
    at: TIME,
    recordedAt: TIME,
    'relayedAt?': TIME,
    'reason?': TEXT,
    record: WHOLE,
  }),
  TimelineEntry: object({
    at: { ...TIME, description: 'By the clock of `office`.' },
    event: oneOf(TIMELINE_EVENTS, 'The step.'),
    office: OFFICE,
    peer: orNull(OFFICE),
    detail: TEXT,
    recordedAt: { ...TIME, description: 'When this office had it on record; the entries stand in this order.' },
  }),
  Message: { oneOf: [schemaRef('OwnMessage'), schemaRef('ReceivedMessage')] },
  OwnMessage: object({
    ...OUTBOX_ITEM,
    crimeArea: orNull(code('CrimeArea')),
    triage: schemaRef('Triage'),
    ...CONTROL_DETAIL,
    ...STANDING_DETAIL,
    direction: { const: 'outbound' },
    envelopeDigest: DIGEST,
    record: WHOLE,
    ...CONTENT,
    recipients: listOf(
      object({
        office: OFFICE,
        scope: TEXT,
        state: STATE,
        ...SUMMARY,
        agreement: orNull(schemaRef('AgreementUsed')),
        decision: schemaRef('Decision'),
        hold: orNull(schemaRef('Hold')),
        lane: orNull(code('Lane')),
        number: orNull(WHOLE),
        receipts: listOf(schemaRef('Receipt')),
      }),
    ),
    receipts: listOf(schemaRef('Receipt')),
    timeline: listOf(schemaRef('TimelineEntry')),
  }),
  ReceivedMessage: object({
    ...INBOX_ITEM,
    crimeArea: orNull(code('CrimeArea')),
    triage: schemaRef('Triage'),
    ...CONTROL_DETAIL,
    ...STANDING_DETAIL,
    direction: { const: 'inbound' },
    scope: TEXT,
    envelopeDigest: DIGEST,
    crossingDigest: DIGEST,
    lane: code('Lane'),
    number: WHOLE,
    record: WHOLE,
    ...CONTENT,
    decision: schemaRef('Decision'),
    hold: orNull(schemaRef('Hold')),
    receipts: listOf(schemaRef('Receipt')),
    retrievals: listOf(object({ by: TEXT, at: TIME })),
    timeline: listOf(schemaRef('TimelineEntry')),
  }),
  Retrieval: object({ id: TEXT, origin: OFFICE, state: { const: 'retrieved' } }),
  Evidence: object({
    id: TEXT,
    origin: OFFICE,
    office: OFFICE,
    files: listOf(object({ name: TEXT, bytes: { type: 'string', contentEncoding: 'base64' } })),
  }),
  ...AREA_SCHEMAS,
  ...consentSchemas({ state: STATE, summary: SUMMARY }),
  ...heldSchemas({ direction: COMMON.direction, summary: SUMMARY, content: CONTENT }),
  ...LINK_SCHEMAS,
  QuarantineItem: object({
    from: OFFICE,
    code: TEXT,
    digest: DIGEST,
    bytes: WHOLE,
    at: TIME,
    record: WHOLE,
    kept: FLAG,
  }),
  LedgerPosition: object({ office: OFFICE, chain: TEXT, number: WHOLE, digest: DIGEST }),
  Health: object({ status: { const: 'alive' }, office: OFFICE, release: TEXT }),
  Readiness: object({
    ready: FLAG,
    office: OFFICE,
    release: TEXT,
    reasons: listOf(schemaRef('ReadinessReason')),
    warnings: listOf(schemaRef('ReadinessReason')),
    bundles: listOf(schemaRef('Bundle')),
  }),
  ReadinessReason: object({ code: TEXT, detail: TEXT }),
};

/** The roles, as the description of the security scheme has them. */
export const ROLE_WORDS = ROLES.join(', ');
