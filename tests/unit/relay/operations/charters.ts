import { digestOf, type EpochMs, nationOf, type OfficeId, utf8 } from '../../../../services/core/foundation/index.ts';
import type { ActInput, OperationView } from '../../../../services/core/relay/index.ts';
import {
  createTrustStore,
  draftAgreement,
  draftDirectory,
  fileSigner,
  generateSigningKey,
  signDocument,
  writeAgreementText,
  writeDirectoryText,
} from '../../../../services/core/trust/index.ts';
import {
  type Charter,
  CharterForm,
  CrimeArea,
  DataCategory,
  DocumentKind,
  HandlingCode,
  HistoryRule,
  KeyUse,
  LawfulBasis,
  MessageKind,
  OperationAction,
  OperationRole,
  Purpose,
  TrustLevel,
} from '../../../../services/core/wire/index.ts';
import { article as anyArticle } from '../../policy/fixtures.ts';
import { LA, MM, seededRandom, type TestOffice, TH } from '../../trust/fixtures.ts';
import type { TestRelay } from '../two-offices.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const timestamp = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: 0 });

/** The root key of a test nation. */
export function rootOf(office: OfficeId) {
  return generateSigningKey(seededRandom(`${nationOf(office)}/root`));
}

/** What the agreement of all three lets joint operations be. */
export const taskForces = anyArticle({
  id: '7',
  kinds: [MessageKind.OPERATION_CHARTER],
  handlingCeiling: HandlingCode.H2,
  retentionDays: 365,
  drills: true,
});

/** A charter of all three that lasts a day from an hour ago, led by th, in the light form. */
export function charterOf(init: Partial<Charter> = {}): Charter {
  const now = Date.now();
  return {
    id: 'op-naga',
    name: 'Naga',
    aim: 'Stop the boats at the bend.',
    form: CharterForm.OFFICE,
    agreement: 'mou-mekong',
    lawfulBasis: LawfulBasis.AGREEMENT,
    lawfulBasisReference: 'Article 7',
    members: [
      { office: TH, role: OperationRole.LEAD, dataCategories: [], dutyContact: 'Duty desk' },
      { office: LA, role: OperationRole.MEMBER, dataCategories: [], dutyContact: 'Duty desk' },
      { office: MM, role: OperationRole.MEMBER, dataCategories: [], dutyContact: 'Duty desk' },
    ],
    purposes: [Purpose.INVESTIGATION],
    crimeAreas: [CrimeArea.DRUGS],
    dataCategories: [DataCategory.CORE, DataCategory.LOCATION, DataCategory.FREE_TEXT, DataCategory.TRANSPORT],
    handlingCeiling: HandlingCode.H1,
    retentionDays: 90,
    starts: timestamp(now - HOUR),
    ends: timestamp(now + DAY),
    drill: false,
    quorum: 2,
    history: HistoryRule.ALL,
    maxAttachmentBytes: 0,
    ...init,
  };
}

/** The office trusts a real agreement and real directories of all of them, and takes charters in. */
export async function allowCharters(test: TestRelay, offices: readonly TestOffice[]): Promise<void> {
  const now = Date.now() as EpochMs;
  const from = (now - DAY) as EpochMs;
  const roots = new Map(offices.map(({ office }) => [office, rootOf(office)]));
  const rootSigner = (office: OfficeId) => fileSigner((roots.get(office) as ReturnType<typeof rootOf>).privateJwk);
  const agreement = draftAgreement({
    id: 'mou-mekong',
    title: 'Agreement of the three',
    parties: offices.map(({ office }) => ({
      nation: nationOf(office),
      root: (roots.get(office) as ReturnType<typeof rootOf>).publicKey,
      offices: [office],
    })),
    validFrom: from,
    validUntil: (now + 300 * DAY) as EpochMs,
    trustLevel: TrustLevel.JOINT_OPERATION,
    articles: [taskForces],
  });
  let store = createTrustStore({ nation: nationOf(test.office), root: rootSigner(test.office).kid });
  store = await store.installAgreement(
    await signDocument(
      'agreement',
      writeAgreementText(agreement),
      offices.map(({ office }) => rootSigner(office)),
    ),
    now,
  );
  for (const office of offices) {
    const keys = [
      { use: KeyUse.SIGNING, key: office.signer.publicKey.key },
      { use: KeyUse.DRILL_SIGNING, key: office.drillSigner.publicKey.key },
      { use: KeyUse.SEALING, key: office.sealTo.key },
    ].map((key) => ({ ...key, notBefore: timestamp(from), notAfter: timestamp(now + 300 * DAY) }));
    const directory = draftDirectory({
      nation: nationOf(office.office),
      root: (roots.get(office.office) as ReturnType<typeof rootOf>).publicKey,
      offices: [{ office: office.office, name: office.office, keys, focalPoints: [], dutyRoster: [], position: null }],
      issuedAt: from,
      validForMs: (300 * DAY) as Parameters<typeof draftDirectory>[0]['validForMs'],
    });
    const bytes = await signDocument('directory', writeDirectoryText(directory), [rootSigner(office.office)]);
    store = await store.installDirectory(bytes, now);
  }
  test.trust.charters = store;
  test.trust.article = anyArticle({ kinds: [MessageKind.ALERT, MessageKind.OPERATION_CHARTER], drills: true });
  test.installDocument = async (kind, bytes) => {
    if (kind !== DocumentKind.CHARTER || test.trust.charters === undefined) return;
    const { charters } = test.trust.charters;
    test.trust.charters = test.trust.charters.installCharter(bytes, charters.size > 0 ? null : test.clock.now());
  };
}

const who = { submittedBy: 'supervisor-1', idempotencyKey: '', submissionDigest: digestOf(utf8('')) };

/** The lead proposes that operation. */
export async function propose(
  test: TestRelay,
  charter: Charter,
  document: Uint8Array = new Uint8Array(0),
): Promise<void> {
  await test.relay.operations.propose({ ...who, charter, document });
}

/** An office takes that action in the operation. */
export async function act(test: TestRelay, action: OperationAction, init: Partial<ActInput> = {}): Promise<void> {
  await test.relay.operations.act({
    ...who,
    operation: 'op-naga',
    action,
    member: '',
    document: new Uint8Array(0),
    text: '',
    textLanguage: '',
    ...init,
  });
}

/** The operation as an office sees it. */
export function viewAt(test: TestRelay, id = 'op-naga'): OperationView | undefined {
  return test.relay.operations.get(id);
}

/** What must be equal at every member: all that does not say who looks. */
export function shapeOf(view: OperationView | undefined) {
  if (view === undefined) return undefined;
  return {
    state: view.state,
    sinceMs: view.sinceMs,
    openedMs: view.openedMs,
    closedMs: view.closedMs,
    leadActs: view.leadActs,
    charter: view.charter.document.digest,
    members: [...view.members.values()].map(({ office, state, joinedLate, joinedMs, endedMs, lastPost }) => ({
      office,
      state,
      joinedLate,
      joinedMs,
      endedMs,
      lastPost,
    })),
    acts: view.acts.map(({ origin, number, action, digest }) => ({ origin, number, action, digest })),
    contributed: [...view.contributions.keys()],
  };
}

export { OperationAction };
