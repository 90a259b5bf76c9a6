import {
  type Digest,
  type DurationMs,
  days,
  digestOf,
  type EpochMs,
  type NationCode,
  nationOf,
  type OfficeId,
  utf8,
} from '../../../../services/core/foundation/index.ts';
import { baselineBundle, createGates, type PolicyBundle } from '../../../../services/core/policy/index.ts';
import type { RelaySettings, SubmissionResult } from '../../../../services/core/relay/index.ts';
import type { PostInput } from '../../../../services/core/relay/operations/channel/index.ts';
import type { OperationView } from '../../../../services/core/relay/operations/index.ts';
import {
  createNation,
  createOffice,
  createTrustStore,
  draftAgreement,
  draftDirectory,
  fileSigner,
  fileUnsealer,
  parseSealingPublicKey,
  parseSigningPublicKey,
  signDocument,
  type TrustStore,
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
  LawfulBasis,
  MessageKind,
  OperationAction,
  type OperationPost,
  OperationRole,
  operationPostCodec,
  type PostTerms,
  PostType,
  Precedence,
  Purpose,
  parseJson,
  TrustLevel,
} from '../../../../services/core/wire/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { article as anyArticle, bundleOf, permitAll } from '../../policy/fixtures.ts';
import { LA, MM, seededRandom, type TestOffice, TH } from '../../trust/fixtures.ts';
import { type TestLine, testLine } from '../test-line.ts';
import type { TestTrust } from '../test-trust.ts';
import { blankOffice, startOffice, type TestNeighbour, type TestRelay } from '../two-offices.ts';

export { LA, MM, TH } from '../../trust/fixtures.ts';

const OFFICES = [TH, LA, MM] as const;
export const OPERATION = 'night-market';

/** Three offices of three nations, each with a line to each other, under an agreement that allows task forces. */
export interface OperationOffices {
  readonly th: TestRelay;
  readonly la: TestRelay;
  readonly mm: TestRelay;
  readonly all: readonly TestRelay[];
  readonly of: (office: OfficeId) => TestRelay;
  readonly line: (from: OfficeId, to: OfficeId) => TestLine;
  readonly lines: readonly TestLine[];
  readonly skip: (ms: number) => void;
  readonly restart: (office: TestRelay) => Promise<void>;
  readonly kill: (office: TestRelay) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What differs from three offices whose nations permit everything that the baseline lets pass. */
export interface OperationOptions {
  readonly settings?: Partial<RelaySettings>;
  readonly th?: PolicyBundle;
  readonly la?: PolicyBundle;
  readonly mm?: PolicyBundle;
}

const baseline = baselineBundle();
const YEAR = days(365);

/** A nation's root, and its office as a test holds it. */
function nation(office: OfficeId, from: EpochMs) {
  const name = nationOf(office);
  const { root } = createNation(name, seededRandom(`${name}/root`));
  const made = createOffice(
    office,
    `Office at ${office}`,
    { from, signingForMs: YEAR, sealingForMs: YEAR },
    seededRandom(`${name}/${office}`),
  );
  const keys: TestOffice = {
    office,
    signingKey: made.signingKey,
    sealingKey: made.sealingKey,
    signer: fileSigner(made.signingKey.privateJwk),
    unsealer: fileUnsealer([made.sealingKey.privateJwk]),
    sealTo: parseSealingPublicKey(made.sealingKey.publicKey),
    drillSigner: fileSigner(made.drillSigningKey.privateJwk),
    drillUnsealer: fileUnsealer([made.drillSealingKey.privateJwk]),
    drillSealTo: parseSealingPublicKey(made.drillSealingKey.publicKey),
  };
  return { name, root: root.publicKey, signer: fileSigner(root.privateJwk), entry: made.entry, keys };
}

type Nation = ReturnType<typeof nation>;

async function documents(nations: readonly Nation[], from: EpochMs) {
  const directories = await Promise.all(
    nations.map(({ name, root, entry, signer }) =>
      signDocument(
        'directory',
        writeDirectoryText(
          draftDirectory({ nation: name, root, offices: [entry], issuedAt: from, validForMs: days(300) }),
        ),
        [signer],
      ),
    ),
  );
  const agreement = draftAgreement({
    id: 'mou-mekong',
    title: 'Memorandum on joint operations',
    parties: nations.map(({ name, root, keys }) => ({ nation: name, root, offices: [keys.office] })),
    validFrom: from,
    validUntil: (from + YEAR) as EpochMs,
    trustLevel: TrustLevel.JOINT_OPERATION,
    articles: [
      { ...anyArticle(), kinds: [MessageKind.ALERT, MessageKind.OPERATION_CHARTER], drills: true, retentionDays: 365 },
    ],
  });
  const text = writeAgreementText(agreement);
  return {
    directories,
    agreement: await signDocument(
      'agreement',
      text,
      nations.map(({ signer }) => signer),
    ),
  };
}

async function storeOf(
  own: Nation,
  { directories, agreement }: Awaited<ReturnType<typeof documents>>,
  now: EpochMs,
): Promise<TrustStore> {
  const empty = createTrustStore({ nation: own.name as NationCode, root: parseSigningPublicKey(own.root) });
  let store = await empty.installAgreement(agreement, now);
  for (const directory of directories) store = await store.installDirectory(directory, now);
  return store;
}

/** Starts them. */
export async function operationOffices(options: OperationOptions = {}): Promise<OperationOffices> {
  const now = Date.now() as EpochMs;
  const from = (now - days(1)) as EpochMs;
  const nations = OFFICES.map((office) => nation(office, from));
  const signed = await documents(nations, from);
  const lines = new Map(
    OFFICES.flatMap((one) => OFFICES.filter((other) => other !== one).map((other) => [`${one}>${other}`, testLine()])),
  );
  const line = (one: OfficeId, other: OfficeId): TestLine => lines.get(`${one}>${other}`) as TestLine;
  const bundles: Readonly<Record<string, PolicyBundle | undefined>> = {
    TH: options.th,
    LA: options.la,
    MM: options.mm,
  };
  const tests = await Promise.all(
    nations.map(async (own) => {
      let store = await storeOf(own, signed, now);
      const code = own.name.toLowerCase();
      const bundle = bundles[own.name] ?? bundleOf(code, 1, permitAll(code));
      const test = blankOffice(own.keys, [], createGates({ baseline, nation: bundle }));
      return Object.assign(test, {
        trust: { store: () => store } as unknown as TestTrust,
        installDocument: async (kind: DocumentKind, bytes: Uint8Array) => {
          if (kind === DocumentKind.CHARTER) store = store.installCharter(bytes, test.clock.now());
        },
      });
    }),
  );
  const begin = (test: TestRelay): Promise<void> => {
    const neighbours = OFFICES.filter((office) => office !== test.office).map(
      (office): TestNeighbour => ({ office, out: line(test.office, office), incoming: line(office, test.office) }),
    );
    return startOffice(test, neighbours, options);
  };
  const [th, la, mm] = tests as unknown as readonly [TestRelay, TestRelay, TestRelay];
  const all = [th, la, mm];
  await Promise.all(all.map(begin));
  return {
    th,
    la,
    mm,
    all,
    of: (office) => all.find((test) => test.office === office) as TestRelay,
    line,
    lines: [...lines.values()],
    skip: (ms) => {
      for (const test of all) test.clock.skip(ms);
    },
    restart: async (test) => {
      await test.relay.close();
      await test.ledger.close();
      await begin(test);
    },
    kill: async (test) => {
      test.cut();
      await begin(test);
    },
    close: async () => {
      await Promise.all(all.map((test) => test.relay.close()));
    },
  };
}

const timestamp = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: 0 });
const digest = (text: string): Digest => digestOf(utf8(text));

/** A charter of all three, th in the lead. */
export function charterOf(more: Partial<Charter> = {}): Charter {
  const now = Date.now();
  return {
    id: OPERATION,
    name: 'Night market',
    aim: 'Stop what is moved over the river at night.',
    form: CharterForm.OFFICE,
    agreement: 'mou-mekong',
    lawfulBasis: LawfulBasis.AGREEMENT,
    lawfulBasisReference: '',
    members: OFFICES.map((office) => ({
      office,
      role: office === TH ? OperationRole.LEAD : OperationRole.MEMBER,
      dataCategories: [],
      dutyContact: '',
    })),
    purposes: [Purpose.INVESTIGATION, Purpose.LIFE_SAFETY],
    crimeAreas: [CrimeArea.DRUGS],
    dataCategories: Object.values(DataCategory).filter((category) => category !== DataCategory.UNSPECIFIED),
    handlingCeiling: HandlingCode.H2,
    retentionDays: 30,
    starts: timestamp(now - 60_000),
    ends: timestamp(now + days(10)),
    drill: false,
    quorum: 2,
    history: HistoryRule.ALL,
    maxAttachmentBytes: 0,
    ...more,
  };
}

/** An act of that office; a name of its own keeps two apart. */
export function act(test: TestRelay, action: OperationAction, member = ''): Promise<SubmissionResult> {
  return test.relay.operations.act({
    operation: OPERATION,
    action,
    member,
    document: new Uint8Array(),
    text: '',
    textLanguage: '',
    submittedBy: 'supervisor-1',
    idempotencyKey: '',
    submissionDigest: digest('act'),
  });
}

/** The operation as that office has it. */
export function viewAt(test: TestRelay): OperationView {
  const view = test.relay.operations.get(OPERATION);
  if (view === undefined) throw new TypeError('there is no such operation here');
  return view;
}

/** th proposes it. */
export async function propose(offices: OperationOffices, charter: Charter = charterOf()): Promise<void> {
  await offices.th.relay.operations.propose({
    charter,
    document: new Uint8Array(),
    submittedBy: 'supervisor-1',
    idempotencyKey: '',
    submissionDigest: digest('charter'),
  });
}

/** Each of these signs, once it has the charter. */
export async function join(offices: OperationOffices, ...members: readonly OfficeId[]): Promise<void> {
  for (const office of members) {
    await eventually(() => viewAt(offices.of(office)));
    await act(offices.of(office), OperationAction.SIGN);
  }
}

/** All of `members` see the operation live with all of them in it. */
export async function untilLive(offices: OperationOffices, ...members: readonly OfficeId[]): Promise<void> {
  await eventually(() => {
    for (const office of members) {
      const view = viewAt(offices.of(office));
      const joined = members.every((member) => view.members.get(member)?.state === 'joined');
      if (view.state !== 'live' || !joined) throw new Error(`${office} has it ${view.state}`);
    }
  });
}

/** A live operation of th, la and, unless it is to join later, mm. */
export async function liveOperation(
  offices: OperationOffices,
  charter: Charter = charterOf(),
  members: readonly OfficeId[] = [LA, MM],
): Promise<void> {
  await propose(offices, charter);
  await join(offices, ...members);
  await untilLive(offices, TH, ...members);
}

let keys = 0;

/** A message in the channel. */
export function postInput(
  text: string,
  terms: Partial<PostTerms> = {},
  more: Partial<Omit<PostInput, 'post'>> & { readonly post?: Partial<OperationPost> } = {},
): PostInput {
  const { post, ...rest } = more;
  const empty = operationPostCodec.decode(
    operationPostCodec.encode(
      parseJson(operationPostCodec, { terms: { postType: 'POST_TYPE_MESSAGE' }, crimeArea: 'CRIME_AREA_DRUGS' }),
    ),
  );
  return {
    operation: OPERATION,
    submittedBy: 'officer-1',
    precedence: Precedence.ROUTINE,
    purpose: Purpose.UNSPECIFIED,
    handling: HandlingCode.H0,
    caveat: '',
    caseReference: '',
    drill: false,
    post: {
      ...empty,
      terms: { ...(empty.terms as PostTerms), postType: PostType.MESSAGE, ...terms },
      text,
      textLanguage: 'en',
      ...post,
    },
    answers: null,
    attachments: [],
    idempotencyKey: '',
    submissionDigest: digest(`post ${keys++}`),
    ...rest,
  };
}

/** Says something in the channel. */
export function say(
  test: TestRelay,
  text: string,
  ...more: [Partial<PostTerms>?, Parameters<typeof postInput>[2]?]
): Promise<SubmissionResult> {
  return test.relay.channel.post(postInput(text, ...more));
}

/** Resolves when these members have one transcript, and none of them awaits anything. */
export async function untilAgreed(offices: OperationOffices, ...members: readonly OfficeId[]): Promise<string> {
  return await eventually(
    () => {
      const posts = members.map((office) => offices.of(office).relay.channel.posts(OPERATION));
      for (const [index, { awaited, digest: own }] of posts.entries()) {
        if (awaited.length > 0) throw new Error(`${members[index]} awaits ${JSON.stringify(awaited)}`);
        if (own !== posts[0]?.digest) throw new Error('the transcripts differ');
      }
      return posts[0]?.digest ?? '';
    },
    { withinMs: 15_000 as DurationMs },
  );
}
