import type { EnvelopeId, OfficeId } from '../../../services/core/foundation/index.ts';
import { messageKey } from '../../../services/core/ledger/index.ts';
import type { AnswerInput, RequestLife, StepInput, SubmissionInput } from '../../../services/core/relay/index.ts';
import { livesOf } from '../../../services/core/relay/index.ts';
import {
  type Answer,
  AnswerOutcome,
  answerCodec,
  CrimeArea,
  HandlingCode,
  type Init,
  LawfulBasis,
  MessageKind,
  Precedence,
  Purpose,
  QuestionType,
  RefusalGround,
  type Request,
  type RequestAction,
  ResponseClass,
  requestCodec,
} from '../../../services/core/wire/index.ts';
import { article } from '../policy/fixtures.ts';
import { LA, TH } from '../trust/fixtures.ts';
import { type TestRelay, type TwoOffices, type TwoOfficesOptions, twoOffices } from './two-offices.ts';

/** Two offices whose agreement lets requests cross, and what is said of them. */
export async function requestOffices(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  const pair = await twoOffices(options);
  for (const { trust } of [pair.th, pair.la])
    trust.article = article({ kinds: [MessageKind.ALERT, MessageKind.REQUEST] });
  return pair;
}

/** A request about a vehicle with as many questions as are given, which both example laws let pass unattended. */
export function requestBody(init: Init<Request> = {}): Request {
  return requestCodec.decode(
    requestCodec.encode({
      terms: { responseClass: ResponseClass.URGENT },
      crimeArea: CrimeArea.STOLEN_VEHICLES,
      lawfulBasis: LawfulBasis.AGREEMENT,
      languages: ['en'],
      questions: [{ questionType: QuestionType.VEHICLE, about: ['V1'], text: 'Has it crossed?' }],
      headline: 'A pickup',
      subjects: [{ label: 'V1', role: 2, vehicle: { vehicleType: 2, registration: 'TEST 1' } }],
      ...init,
    }),
  );
}

export function requestInput(
  init: Partial<SubmissionInput> & { readonly request?: Init<Request> } = {},
): SubmissionInput {
  const { request, ...rest } = init;
  return {
    submittedBy: 'officer-1',
    kind: MessageKind.REQUEST,
    recipients: [LA],
    precedence: Precedence.ROUTINE,
    purpose: Purpose.INVESTIGATION,
    handling: HandlingCode.H1,
    caveat: '',
    caseReference: 'CASE-1',
    expiresMs: null,
    inReplyTo: '',
    supersedes: '',
    drill: false,
    body: requestBody(request),
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as SubmissionInput['submissionDigest'],
    ...rest,
  };
}

/** A step about a request of th. */
export function stepInput(id: EnvelopeId, action: RequestAction, init: Partial<StepInput> = {}): StepInput {
  return {
    submittedBy: 'officer-2',
    request: { origin: TH, id },
    action,
    recipients: [],
    ground: RefusalGround.UNSPECIFIED,
    assignee: 'desk-4',
    text: 'words',
    textLanguage: 'en',
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as StepInput['submissionDigest'],
    ...init,
  };
}

/** One outcome after the other, from the first question on. */
export function answerInput(
  id: EnvelopeId,
  outcomes: readonly AnswerOutcome[] = [AnswerOutcome.ANSWERED],
  init: Partial<AnswerInput> & { readonly body?: Init<Answer> } = {},
): AnswerInput {
  const { body, ...rest } = init;
  const results = outcomes.flatMap((outcome, index) =>
    outcome === AnswerOutcome.UNSPECIFIED
      ? []
      : [
          {
            question: index + 1,
            outcome,
            ground:
              outcome === AnswerOutcome.WITHHELD || outcome === AnswerOutcome.REFUSED
                ? RefusalGround.NOT_AVAILABLE
                : RefusalGround.UNSPECIFIED,
          },
        ],
  );
  return {
    submittedBy: 'officer-2',
    request: { origin: TH, id },
    answer: answerCodec.decode(
      answerCodec.encode({ terms: { results }, crimeArea: CrimeArea.STOLEN_VEHICLES, ...body }),
    ),
    precedence: 0,
    handling: 0,
    caveat: '',
    caseReference: '',
    idempotencyKey: '',
    submissionDigest: '0'.repeat(64) as AnswerInput['submissionDigest'],
    ...rest,
  };
}

/** The life of a request of th towards la, as that office has it. */
export function lifeAt(test: TestRelay, id: string, now = test.clock.now()): RequestLife | undefined {
  const key = messageKey(TH, id);
  const request = test.projection.outbound.get(key) ?? test.projection.inbound.get(key);
  return request === undefined
    ? undefined
    : livesOf(test.projection, test.office, request, now).find(({ asked }) => asked === (LA as OfficeId));
}

/** What both sides must have in common of a life: all but what is still on its way or failed. */
export function shared(life: RequestLife | undefined): unknown {
  return life === undefined
    ? undefined
    : { ...life, facts: life.facts.filter(({ standing }) => standing === 'counted' || standing === 'late') };
}
