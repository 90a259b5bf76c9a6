import type { OfficeId } from '../foundation/index.ts';
import {
  alertCodec,
  answerCodec,
  attachmentChunkCodec,
  type Bodies,
  type BodyKind,
  type BodyPart,
  bulletinCodec,
  type Codec,
  consentCodec,
  consentRequestCodec,
  envelopeHeaderCodec,
  HandlingCode,
  type Init,
  JsonFaultsError,
  joinParts,
  lookoutCodec,
  MessageKind,
  operationActCodec,
  operationCharterCodec,
  operationGapCodec,
  operationPostCodec,
  parseJson,
  partRequestCodec,
  recallAnswerCodec,
  recallCodec,
  requestCodec,
  requestStepCodec,
  reviewCodec,
  searchCodec,
  searchResultCodec,
  splitBody,
} from '../wire/index.ts';
import { codeOf, codesIn, type Fields, fail, fieldsOf, flagOf, handlingOf, officeOf, textOf } from './case-fields.ts';
import type { GateMessage } from './types.ts';

/** The time at which cases that say nothing else are set. */
export const CASE_TIME = '2026-03-01T08:00:00Z';

interface CaseBody {
  readonly kind: BodyKind;
  /** The parts of what a case says of it. @throws PolicyError POLICY_CASES_INVALID. */
  readonly split: (said: Fields, at: string) => readonly BodyPart[];
}

/** A body of which `ordinary` stands for what a case leaves out and the contract requires. */
function bodyOf<Kind extends BodyKind>(kind: Kind, codec: Codec<Bodies[Kind]>, ordinary: Fields): CaseBody {
  const split: CaseBody['split'] = (said, at) =>
    splitBody(kind, parseBody(codec, { crimeArea: 'CRIME_AREA_OTHER', ...ordinary, ...said }, at));
  return { kind, split };
}

const ALERT = {
  messageType: 'MESSAGE_TYPE_ALERT',
  urgency: 'URGENCY_EXPECTED',
  severity: 'SEVERITY_MODERATE',
  certainty: 'CERTAINTY_LIKELY',
};
const REQUEST = {
  terms: { responseClass: 'RESPONSE_CLASS_PROMPT' },
  lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
  languages: ['en'],
  questions: [{ questionType: 'QUESTION_TYPE_OTHER' }],
};
const CONSENT_REQUEST = {
  terms: { recipient: 'th-mae-sai', purpose: 'PURPOSE_INVESTIGATION', categories: ['DATA_CATEGORY_CORE'] },
};
const OPERATION = { operation: 'river' };
const BULLETIN = {
  bulletinType: 'BULLETIN_TYPE_TREND',
  messageType: 'MESSAGE_TYPE_ALERT',
  corridor: 'CORRIDOR_GOLDEN_TRIANGLE',
  urgency: 'URGENCY_UNKNOWN',
  textLanguage: 'en',
  headline: 'A trend',
};
const THING = { role: 'SUBJECT_ROLE_OBJECT', vehicle: { registration: '1AB 2345' } };

/** The bodies of the contract, by the names under which a case has them. */
const BODIES = {
  alert: bodyOf(MessageKind.ALERT, alertCodec, ALERT),
  request: bodyOf(MessageKind.REQUEST, requestCodec, REQUEST),
  requestStep: bodyOf(MessageKind.REQUEST_STEP, requestStepCodec, { terms: { action: 'REQUEST_ACTION_ACKNOWLEDGE' } }),
  answer: bodyOf(MessageKind.ANSWER, answerCodec, {
    terms: { results: [{ question: 1, outcome: 'ANSWER_OUTCOME_ANSWERED' }] },
  }),
  lookout: bodyOf(MessageKind.LOOKOUT, lookoutCodec, { subjects: [THING] }),
  search: bodyOf(MessageKind.SEARCH, searchCodec, { terms: {}, subjects: [THING] }),
  searchResult: bodyOf(MessageKind.SEARCH_RESULT, searchResultCodec, {
    terms: { findings: [{ subject: 1, outcome: 'SEARCH_OUTCOME_NO_HIT' }] },
  }),
  recall: bodyOf(MessageKind.RECALL, recallCodec, {
    terms: { action: 'RECALL_ACTION_DELETE', ground: 'RECALL_GROUND_INCORRECT' },
  }),
  recallAnswer: bodyOf(MessageKind.RECALL_ANSWER, recallAnswerCodec, { terms: { outcome: 'RECALL_OUTCOME_DONE' } }),
  consentRequest: bodyOf(MessageKind.CONSENT_REQUEST, consentRequestCodec, CONSENT_REQUEST),
  consent: bodyOf(MessageKind.CONSENT, consentCodec, { terms: { granted: true } }),
  partRequest: bodyOf(MessageKind.PART_REQUEST, partRequestCodec, { terms: { categories: ['DATA_CATEGORY_SOURCE'] } }),
  review: bodyOf(MessageKind.REVIEW, reviewCodec, { terms: { finding: 'REVIEW_FINDING_JUSTIFIED' } }),
  operationCharter: bodyOf(MessageKind.OPERATION_CHARTER, operationCharterCodec, {
    terms: { operation: OPERATION, members: ['th-chiang-khong', 'la-houayxay'] },
    document: 'e30=',
  }),
  operationAct: bodyOf(MessageKind.OPERATION_ACT, operationActCodec, {
    terms: { operation: OPERATION, action: 'OPERATION_ACTION_SIGN' },
  }),
  operationPost: bodyOf(MessageKind.OPERATION_POST, operationPostCodec, {
    terms: { operation: OPERATION, postType: 'POST_TYPE_MESSAGE' },
  }),
  operationGap: bodyOf(MessageKind.OPERATION_GAP, operationGapCodec, {
    terms: { operation: OPERATION, reason: 'GAP_REASON_REFUSED' },
  }),
  attachmentChunk: bodyOf(MessageKind.ATTACHMENT_CHUNK, attachmentChunkCodec, {
    terms: { operation: OPERATION, attachment: 'A1', chunks: 1 },
    sealed: 'AAAA',
  }),
  bulletin: bodyOf(MessageKind.BULLETIN, bulletinCodec, BULLETIN),
} as const;
type BodyName = keyof typeof BODIES;

const BODY_NAMES = Object.keys(BODIES) as readonly BodyName[];
const HEADER_FIELDS = ['origin', 'purpose', 'handling', 'precedence', 'drill', 'emergency', 'created', 'arrived'];

/** The message of a case: an ordinary alert where it names no body. @throws PolicyError POLICY_CASES_INVALID. */
export function messageOf(value: unknown, at: string, from: OfficeId): GateMessage {
  const fields = fieldsOf(value, at, [...HEADER_FIELDS, ...BODY_NAMES]);
  const [name = 'alert', second] = BODY_NAMES.filter((one) => fields[one] !== undefined);
  if (second !== undefined) throw fail(`${at}.${second}`, 'is a second body; a message has one');
  const createdMs = Date.parse(fields.created === undefined ? CASE_TIME : textOf(fields.created, `${at}.created`));
  if (!Number.isSafeInteger(createdMs)) throw fail(`${at}.created`, 'must be a time');
  const { kind, split }: CaseBody = BODIES[name];
  const header = envelopeHeaderCodec.decode(
    envelopeHeaderCodec.encode({
      kind,
      origin: fields.origin === undefined ? from : officeOf(fields.origin, `${at}.origin`),
      purpose: codeOf('Purpose', fields.purpose ?? 'investigation', `${at}.purpose`) as never,
      handling: handlingOf(fields.handling, `${at}.handling`, HandlingCode.H0),
      precedence: codeOf('Precedence', fields.precedence ?? 'routine', `${at}.precedence`) as never,
      drill: flagOf(fields.drill, `${at}.drill`),
      emergency: flagOf(fields.emergency, `${at}.emergency`),
      createdMs,
      expiresMs: createdMs + 86_400_000,
    }),
  );
  const said = fieldsOf(fields[name] ?? {}, `${at}.${name}`, Object.keys((fields[name] as object | undefined) ?? {}));
  const whole = split(said, `${at}.${name}`);
  const arrived = fields.arrived === undefined ? undefined : codesIn('DataCategory', fields.arrived, `${at}.arrived`);
  const parts = whole
    .map((part, index) => ({ ...part, index }))
    .filter((part) => arrived === undefined || arrived.includes(part.category));
  return { header, kind, parts, body: joinParts(kind, parts) };
}

function parseBody<Body extends object>(codec: Codec<Body>, value: Fields, at: string): Init<Body> {
  try {
    return parseJson(codec, value) as Init<Body>;
  } catch (cause) {
    if (!(cause instanceof JsonFaultsError)) throw cause;
    throw fail(`${at}.${cause.faults[0]?.field ?? ''}`, cause.faults[0]?.message ?? 'does not keep to the contract');
  }
}
