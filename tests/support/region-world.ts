import { randomBytes } from 'node:crypto';
import {
  composeMessage,
  type DecidedRelease,
  type MadeRegionItem,
  type MessageDraft,
  makeRegionItem,
  makeWithdrawal,
  signMessages,
  signRegionStatus,
  signSubscription,
} from '../../services/core/envelope/index.ts';
import {
  days,
  type EpochMs,
  earlier,
  type HubId,
  later,
  type NationCode,
  nationOf,
  newEnvelopeId,
  type OfficeId,
  parseHubId,
  systemClock,
  utf8,
} from '../../services/core/foundation/index.ts';
import {
  createNation,
  createOffice,
  draftAgreement,
  draftDirectory,
  fileSigner,
  generateSigningKey,
  type Signer,
  signDocument,
  writeAgreementText,
  writeDirectoryText,
} from '../../services/core/trust/index.ts';
import {
  type AgreementArticle,
  type AgreementRef,
  BulletinType,
  Corridor,
  CrimeArea,
  DataCategory,
  HandlingCode,
  hubRequestCodec,
  type Init,
  MessageKind,
  MessageType,
  Outcome,
  Precedence,
  Purpose,
  type Subscription,
  TrustLevel,
  Urgency,
} from '../../services/core/wire/index.ts';

/** One topic of the region. */
export interface Topic {
  readonly corridor: Corridor;
  readonly crimeArea: CrimeArea;
}

/** The topic that tests speak of where they do not care. */
export const TOPIC: Topic = { corridor: Corridor.GOLDEN_TRIANGLE, crimeArea: CrimeArea.PEOPLE_SMUGGLING };

/** What an office of a test releases, subscribes to and says of itself, as its node would sign it. */
export interface Speaker {
  readonly office: OfficeId;
  readonly signer: Signer;
  /** A bulletin under the next number of its topic. */
  readonly release: (
    options?: Partial<Topic> & { readonly text?: string; readonly at?: EpochMs; readonly urgency?: Urgency },
  ) => Promise<MadeRegionItem>;
  /** The same number again, with something else in it. */
  readonly forkLast: (item: MadeRegionItem) => Promise<MadeRegionItem>;
  readonly withdraw: (item: MadeRegionItem) => Promise<MadeRegionItem>;
  /** An encoded HubRequest. */
  readonly subscribe: (subscription?: Init<Subscription>) => Promise<Uint8Array>;
  readonly status: (directorySequence?: number) => Promise<Uint8Array>;
}

/** Nations with offices, a hub, and one agreement that names them all. */
export interface RegionWorld {
  readonly hub: HubId;
  readonly hubKey: string;
  readonly hubSigner: Signer;
  readonly agreementId: string;
  readonly agreement: Uint8Array;
  readonly directories: ReadonlyMap<NationCode, Uint8Array>;
  /** The nation's next directory, with the same keys. */
  readonly nextDirectory: (nation: NationCode) => Promise<Uint8Array>;
  readonly speaker: (office: OfficeId) => Speaker;
}

function everyCode<Code extends number>(list: Readonly<Record<string, Code>>): readonly Code[] {
  return Object.values(list).filter((code) => code !== 0);
}

/** A regional article that lets every office have everything that is not about persons. */
export function regionArticle(changes: Partial<AgreementArticle> = {}): AgreementArticle {
  return {
    id: 'r1',
    text: 'Offices may release alerts and bulletins without personal data to the region.',
    kinds: [MessageKind.ALERT, MessageKind.BULLETIN],
    crimeAreas: everyCode(CrimeArea),
    dataCategories: [DataCategory.CORE, DataCategory.FREE_TEXT, DataCategory.LOCATION],
    purposes: everyCode(Purpose),
    handlingCeiling: HandlingCode.H1,
    retentionDays: 30,
    drills: true,
    responseTimes: [],
    region: true,
    corridors: [],
    subscribers: [],
    backfillDays: 30,
    ...changes,
  };
}

/** Makes the world: all keys are fresh, all documents signed. */
export async function makeRegionWorld(
  offices: readonly OfficeId[],
  articles: readonly AgreementArticle[] = [regionArticle()],
): Promise<RegionWorld> {
  const now = systemClock.now();
  const hub = parseHubId('hub-mekong');
  const hubKey = generateSigningKey(randomBytes);
  const validity = { from: earlier(now, days(40)), signingForMs: days(365), sealingForMs: days(365) };
  const nations = new Map([...new Set(offices.map(nationOf))].map((code) => [code, createNation(code, randomBytes)]));
  const made = new Map(offices.map((office) => [office, createOffice(office, office, validity, randomBytes)]));
  const ofNation = (nation: NationCode): readonly OfficeId[] => offices.filter((office) => nationOf(office) === nation);
  const roots = [...nations.values()].map(({ root }) => fileSigner(root.privateJwk));

  const directoryOf = (
    nation: NationCode,
    before?: ReturnType<typeof draftDirectory>,
  ): ReturnType<typeof draftDirectory> =>
    draftDirectory(
      {
        nation,
        root: (nations.get(nation) as ReturnType<typeof createNation>).root.publicKey,
        offices: ofNation(nation).map((office) => (made.get(office) as ReturnType<typeof createOffice>).entry),
        issuedAt: now,
        validForMs: days(365),
        revoke: [],
      },
      before,
    );
  const sign = async (nation: NationCode, directory: ReturnType<typeof draftDirectory>): Promise<Uint8Array> => {
    const root = fileSigner((nations.get(nation) as ReturnType<typeof createNation>).root.privateJwk);
    return utf8OrBytes(await signDocument('directory', writeDirectoryText(directory), [root]));
  };
  const newest = new Map([...nations.keys()].map((nation) => [nation, directoryOf(nation)]));
  const directories = new Map<NationCode, Uint8Array>();
  for (const [nation, directory] of newest) directories.set(nation, await sign(nation, directory));

  const agreementId = 'mou-region';
  const agreement = utf8OrBytes(
    await signDocument(
      'agreement',
      writeAgreementText(
        draftAgreement({
          id: agreementId,
          title: 'Regional agreement',
          parties: [...nations.values()].map(({ nation, root }) => ({
            nation,
            root: root.publicKey,
            offices: ofNation(nation),
          })),
          validFrom: earlier(now, days(40)),
          validUntil: later(now, days(365)),
          trustLevel: TrustLevel.NON_PERSONAL,
          articles: [...articles],
          hubs: [{ hub, key: hubKey.publicKey }],
        }),
      ),
      roots,
    ),
  );
  const ref: AgreementRef = {
    id: agreementId,
    version: 1,
    digest: await digestOfText(agreement),
    article: articles[0]?.id ?? '',
  };
  return {
    hub,
    hubKey: hubKey.privateJwk,
    hubSigner: fileSigner(hubKey.privateJwk),
    agreementId,
    agreement,
    directories,
    nextDirectory: async (nation) => {
      const next = directoryOf(nation, newest.get(nation));
      newest.set(nation, next);
      return sign(nation, next);
    },
    speaker: (office) =>
      speakerOf(office, fileSigner((made.get(office) as ReturnType<typeof createOffice>).signingKey.privateJwk), ref),
  };
}

function speakerOf(office: OfficeId, signer: Signer, agreement: AgreementRef): Speaker {
  const chain = new Uint8Array(randomBytes(16));
  const topics = new Map<string, { number: number; digest: Uint8Array }>();
  const envelopes = new Map<MadeRegionItem, { readonly digest: Uint8Array }>();
  const nextPlace = ({ corridor, crimeArea }: Topic) => {
    const last = topics.get(`${corridor}/${crimeArea}`);
    return { number: (last?.number ?? 0) + 1, previous: last?.digest ?? new Uint8Array(0), chain };
  };
  const note = (item: MadeRegionItem): MadeRegionItem => {
    const { corridor, crimeArea, number } = item.header;
    topics.set(`${corridor}/${crimeArea}`, { number, digest: item.headerDigest });
    return item;
  };
  const decide = async (topic: Topic, text: string, urgency: Urgency, at: EpochMs): Promise<DecidedRelease> => {
    const draft = {
      kind: MessageKind.BULLETIN,
      header: {
        id: newEnvelopeId({ now: () => at }),
        origin: office,
        officer: 'duty-desk',
        purpose: Purpose.PREVENTION,
        handling: HandlingCode.H1,
        precedence: Precedence.ROUTINE,
        createdMs: at,
        expiresMs: later(at, days(7)),
        caseReference: '',
      },
      body: {
        bulletinType: BulletinType.TREND,
        messageType: MessageType.ALERT,
        ...topic,
        urgency,
        headline: text,
        text,
        textLanguage: 'en',
      },
    } as unknown as MessageDraft;
    const [message] = await signMessages(
      signer,
      office,
      [composeMessage(draft, (size) => new Uint8Array(randomBytes(size)))],
      at,
    );
    if (message === undefined) throw new Error('no message');
    return {
      message,
      from: office,
      agreement,
      decision: {
        outcome: Outcome.RELEASED,
        policies: ['release-to-region'],
        reason: '',
        bundles: [{ name: 'baseline', version: 1, digest: new Uint8Array(32).fill(5) }],
        withheld: [],
        decidedMs: at,
        releasedBy: '',
      },
      disclosed: message.parts.map((_, index) => index),
    } as unknown as DecidedRelease;
  };
  return {
    office,
    signer,
    release: async ({
      corridor = TOPIC.corridor,
      crimeArea = TOPIC.crimeArea,
      text = 'A trend',
      urgency = Urgency.EXPECTED,
      at = systemClock.now(),
    } = {}) => {
      const topic = { corridor, crimeArea };
      const decided = await decide(topic, text, urgency, at);
      const item = note(await makeRegionItem(decided, nextPlace(topic), signer, at));
      envelopes.set(item, { digest: item.header.envelopeDigest });
      return item;
    },
    forkLast: async ({ header }) => {
      const at = systemClock.now();
      const decided = await decide(header, 'Something else', Urgency.PAST, at);
      return makeRegionItem(decided, { number: header.number, previous: header.previous, chain }, signer, at);
    },
    withdraw: async ({ header }) => {
      const { corridor, crimeArea, envelopeDigest, kind, urgency, drill } = header;
      const withdrawal = {
        from: office,
        corridor,
        crimeArea,
        envelopeDigest,
        kind,
        urgency,
        drill,
        withdrawsNumber: header.number,
      };
      return note(await makeWithdrawal(withdrawal, nextPlace(header), signer, systemClock.now()));
    },
    subscribe: async (subscription = {}) => {
      const at = systemClock.now();
      return hubRequestCodec.encode({
        subscribe: await signSubscription(
          signer,
          { id: 'all', atMs: at, ...subscription, office: subscription.office ?? office },
          at,
        ),
      });
    },
    status: async (directorySequence = 1) => {
      const at = systemClock.now();
      const said = [...topics].map(([key, { number, digest }]) => {
        const [corridor, crimeArea] = key.split('/').map(Number);
        return { corridor: corridor as Corridor, crimeArea: crimeArea as CrimeArea, number, digest };
      });
      const status = { from: office, chain, topics: said, directorySequence, atMs: at };
      return hubRequestCodec.encode({ status: await signRegionStatus(signer, status, at) });
    },
  };
}

function utf8OrBytes(document: string | Uint8Array): Uint8Array {
  return typeof document === 'string' ? utf8(document) : document;
}

async function digestOfText(document: Uint8Array): Promise<Uint8Array> {
  const { payload } = JSON.parse(Buffer.from(document).toString()) as { payload: string };
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(payload, 'base64url'));
  return new Uint8Array(digest);
}
