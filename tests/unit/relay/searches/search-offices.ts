import { digestOf, type OfficeId, utf8 } from '../../../../services/core/foundation/index.ts';
import { type AnyMessage, messageKey } from '../../../../services/core/ledger/index.ts';
import type { SearchView, SubmissionInput, SubmissionResult } from '../../../../services/core/relay/index.ts';
import type { RelayContext } from '../../../../services/core/relay/parts.ts';
import { headCache } from '../../../../services/core/trust/index.ts';
import {
  CrimeArea,
  HandlingCode,
  lookoutCodec,
  MessageKind,
  Precedence,
  Purpose,
  type SearchOutcome,
  type Subject,
  searchCodec,
  subjectCodec,
} from '../../../../services/core/wire/index.ts';
import { article, bundleOf, permitAll } from '../../policy/fixtures.ts';
import { LA, TH } from '../../trust/fixtures.ts';
import { type TestRelay, type TwoOffices, type TwoOfficesOptions, twoOffices } from '../two-offices.ts';

/** Laws that let everything pass, so that a test is about searches alone. */
export async function openOffices(options: TwoOfficesOptions = {}): Promise<TwoOffices> {
  const open = { th: bundleOf('th', 1, permitAll('th')), la: bundleOf('la', 1, permitAll('la')) };
  const offices = await twoOffices({ ...open, ...options });
  for (const { trust } of [offices.th, offices.la])
    trust.article = article({ kinds: [MessageKind.ALERT, MessageKind.SEARCH] });
  return offices;
}

export function subject(init: Parameters<typeof subjectCodec.encode>[0]): Subject {
  return subjectCodec.decode(subjectCodec.encode({ role: 2, ...init }));
}

export const plate = (registration: string): Subject =>
  subject({ vehicle: { registration, registrationNation: 'TH' } });
export const passport = (number: string): Subject => subject({ travelDocument: { documentType: 1, number } });
export const person = (init: object): Subject => subject({ person: init });

const envelope = (init: Partial<SubmissionInput>): SubmissionInput => ({
  submittedBy: 'officer-1',
  kind: MessageKind.UNSPECIFIED,
  recipients: [],
  precedence: Precedence.ROUTINE,
  purpose: Purpose.INVESTIGATION,
  handling: HandlingCode.H1,
  caveat: '',
  caseReference: '',
  expiresMs: null,
  inReplyTo: '',
  supersedes: '',
  drill: false,
  body: null,
  idempotencyKey: '',
  submissionDigest: digestOf(utf8('')),
  ...init,
});

/** What th asks la, unless it says otherwise. */
export function search(
  { th }: Pick<TwoOffices, 'th'>,
  subjects: readonly Subject[],
  init: Partial<SubmissionInput> = {},
): Promise<SubmissionResult> {
  const body = searchCodec.decode(
    searchCodec.encode({ crimeArea: CrimeArea.STOLEN_VEHICLES, subjects: [...subjects] }),
  );
  return th.relay.searches.submit(envelope({ recipients: [LA], body, ...init }));
}

/** Whom and what an office looks for. */
export function lookout(
  { relay }: TestRelay,
  caseReference: string,
  subjects: readonly Subject[],
  init: Partial<SubmissionInput> = {},
): Promise<SubmissionResult> {
  const body = lookoutCodec.decode(
    lookoutCodec.encode({ crimeArea: CrimeArea.STOLEN_VEHICLES, subjects: [...subjects] }),
  );
  return relay.searches.lookouts.add(envelope({ submittedBy: 'lookout-owner', caseReference, body, ...init }));
}

/** The search as an office has it now. */
export function viewAt(test: TestRelay, id: string, origin: OfficeId = TH): SearchView | undefined {
  const key = messageKey(origin, id);
  const found = test.projection.outbound.get(key) ?? test.projection.inbound.get(key);
  return found === undefined ? undefined : test.relay.searches.views(found)[0];
}

/** What was found of each subject, in order. */
export function findingsOf(test: TestRelay, id: string): readonly SearchOutcome[] | undefined {
  return viewAt(test, id)?.result?.findings.map(({ outcome }) => outcome);
}

/** Every result of a search of th that an office has on record. */
export function resultsAt({ projection }: TestRelay, id: string): readonly AnyMessage[] {
  return projection.about(messageKey(TH, id)).filter(({ kind }) => kind === MessageKind.SEARCH_RESULT);
}

/** What parts of a relay share, over an office that runs; codes of alarms go into `alarms`. */
export function contextOf(test: TestRelay, alarms: string[] = []): RelayContext {
  return {
    self: test.office,
    projection: test.projection,
    content: test.content,
    clock: test.clock,
    trust: test.trust.store,
    heads: headCache(),
    events: { alarm: ({ code }: { readonly code: string }) => void alarms.push(code) },
    onBug: (cause: unknown) => void test.bugs.push(cause),
  } as unknown as RelayContext;
}
