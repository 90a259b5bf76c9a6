import { days, type EpochMs, earlier, later, type OfficeId } from '../../core/foundation/index.ts';
import { draftAgreement, parseAgreementText, writeAgreementText } from '../../core/trust/index.ts';
import {
  type Agreement,
  type AgreementArticle,
  agreementArticleCodec,
  parseJson,
  TrustLevel,
} from '../../core/wire/index.ts';
import type { Nation } from './nation-home.ts';

/** What an agreement is drafted from. */
export interface AgreementOutline {
  readonly id: string;
  /** The text of the version before; left out for the first. */
  readonly previous?: string;
  readonly title: string;
  readonly parties: readonly { readonly nation: Nation; readonly offices: readonly OfficeId[] }[];
  readonly validFrom: EpochMs;
  readonly validUntil: EpochMs;
  /** Left out, the two parties' offices exchange; otherwise theirs is an agreement on joint operations, and these are its hubs. */
  readonly hubs?: Agreement['hubs'];
}

const TRAFFICKING = ['FORCED_CRIMINALITY', 'SEXUAL_EXPLOITATION', 'FORCED_LABOUR', 'FORCED_MARRIAGE'].map(
  (area) => `TRAFFICKING_${area}`,
);
const ABOUT_PERSONS = [
  'CORE',
  'IDENTITY',
  'IDENTITY_DOCUMENT',
  'BIOMETRIC',
  'CONTACT',
  'MOVEMENT',
  'FINANCIAL',
  'SOURCE',
];
const ABOUT_THINGS = ['LOCATION', 'FREE_TEXT', 'TRANSPORT', 'CONSIGNMENT', 'ONLINE_ACCOUNT', 'ORGANISATION'];
const ABOUT_THE_VULNERABLE = ['VICTIM', 'MINOR', 'PROTECTION_STATUS', 'HEALTH'];
const TO_FIGHT_CRIME = ['PREVENTION', 'DETECTION', 'INVESTIGATION'];

const BETWEEN_OFFICES = ['ALERT', 'REQUEST', 'SEARCH'];

interface ArticleDraft {
  readonly id: string;
  readonly text: string;
  /** Left out: what offices exchange pair by pair. */
  readonly kinds?: readonly string[];
  readonly crimeAreas: readonly string[];
  readonly dataCategories: readonly string[];
  readonly purposes: readonly string[];
  readonly handlingCeiling: string;
  readonly retentionDays: number;
  readonly drills?: true;
  /** Where requests are answered sooner than their class says. */
  readonly responseHours?: Readonly<Record<string, number>>;
  /** It is about the region, and a new subscription may begin so many days back. */
  readonly region?: true;
  readonly backfillDays?: number;
}

/** Articles as a memorandum between neighbours may have them; a start for lawyers, not advice. */
const ARTICLES: readonly ArticleDraft[] = [
  {
    id: '3',
    text: 'The Parties share information to prevent and investigate the smuggling of migrants, trafficking in persons and fraud by which persons are recruited across the border, and to identify and protect victims.',
    crimeAreas: ['PEOPLE_SMUGGLING', ...TRAFFICKING, 'CYBER_SCAM'],
    dataCategories: [...ABOUT_PERSONS, ...ABOUT_THINGS, ...ABOUT_THE_VULNERABLE],
    purposes: [...TO_FIGHT_CRIME, 'VICTIM_PROTECTION', 'LIFE_SAFETY'],
    handlingCeiling: 'H3',
    retentionDays: 365,
    // A person who is moved tonight is across another border tomorrow.
    responseHours: { URGENT: 4 },
  },
  {
    id: '4',
    text: 'The Parties share information on drugs, precursors, wildlife, timber, counterfeit goods and stolen vehicles that cross the border or are about to.',
    crimeAreas: ['DRUGS', 'PRECURSORS', 'WILDLIFE', 'TIMBER', 'COUNTERFEIT_GOODS', 'STOLEN_VEHICLES'],
    dataCategories: [...ABOUT_PERSONS, ...ABOUT_THINGS],
    purposes: [...TO_FIGHT_CRIME, 'BORDER_CONTROL'],
    handlingCeiling: 'H2',
    retentionDays: 180,
  },
  {
    id: '5',
    text: 'The Parties share information on forged, altered, lost and stolen travel documents and on those who use them.',
    crimeAreas: ['DOCUMENT_FRAUD'],
    dataCategories: [...ABOUT_PERSONS, ...ABOUT_THINGS, 'MINOR'],
    purposes: [...TO_FIGHT_CRIME, 'BORDER_CONTROL'],
    handlingCeiling: 'H2',
    retentionDays: 180,
  },
  {
    id: '6',
    text: 'The Parties share information on terrorism and money laundering, as far as the law of each Party lets its border offices do so.',
    crimeAreas: ['TERRORISM', 'MONEY_LAUNDERING'],
    dataCategories: [...ABOUT_PERSONS, ...ABOUT_THINGS],
    purposes: TO_FIGHT_CRIME,
    handlingCeiling: 'H2',
    retentionDays: 90,
  },
  {
    id: '9',
    text: 'Offices hold exercises, in which no information about real persons is used.',
    crimeAreas: ['OTHER'],
    dataCategories: ['CORE', 'LOCATION', 'FREE_TEXT', 'TRANSPORT'],
    purposes: ['PREVENTION'],
    handlingCeiling: 'H1',
    retentionDays: 30,
    drills: true,
  },
];

const EVERY_CRIME_AREA = ARTICLES.flatMap(({ crimeAreas }) => crimeAreas);

/** Articles of an agreement of several nations on operations and on what the region may be told. */
const JOINT_ARTICLES: readonly ArticleDraft[] = [
  {
    id: '1',
    text: 'Offices of the Parties may act together in an operation, under a charter that every office that takes part has signed. What they tell one another in it stays within the charter.',
    kinds: ['OPERATION_CHARTER'],
    crimeAreas: EVERY_CRIME_AREA,
    dataCategories: [...ABOUT_PERSONS, ...ABOUT_THINGS, ...ABOUT_THE_VULNERABLE],
    purposes: [...TO_FIGHT_CRIME, 'BORDER_CONTROL', 'VICTIM_PROTECTION', 'LIFE_SAFETY'],
    handlingCeiling: 'H2',
    retentionDays: 365,
  },
  {
    id: '2',
    text: 'They hold exercises in the same way, in which no information about real persons is used.',
    kinds: ['OPERATION_CHARTER'],
    crimeAreas: EVERY_CRIME_AREA,
    dataCategories: ['CORE', ...ABOUT_THINGS],
    purposes: [...TO_FIGHT_CRIME, 'BORDER_CONTROL'],
    handlingCeiling: 'H1',
    retentionDays: 30,
    drills: true,
  },
  {
    id: '3',
    text: 'Offices of the Parties may tell the region, through the hubs named here, of warnings, methods, trends and routes, without a word about any person. Every office of the Parties may subscribe.',
    kinds: ['ALERT', 'BULLETIN'],
    crimeAreas: EVERY_CRIME_AREA,
    dataCategories: ['CORE', 'LOCATION', 'FREE_TEXT', 'TRANSPORT', 'CONSIGNMENT'],
    purposes: [...TO_FIGHT_CRIME, 'BORDER_CONTROL'],
    handlingCeiling: 'H1',
    retentionDays: 365,
    region: true,
    backfillDays: 30,
  },
];

/** The dates of an agreement from now on for two years. */
export function agreementDates(now: EpochMs): Pick<AgreementOutline, 'validFrom' | 'validUntil'> {
  return { validFrom: earlier(now, days(1)), validUntil: later(now, days(730)) };
}

/** The text of an agreement with the usual articles, to be edited and then signed by every party. @throws TrustError TRUST_DOCUMENT_TEXT_INVALID. */
export function outlineAgreement(outline: AgreementOutline): string {
  const { id, title, parties, validFrom, validUntil, previous, hubs } = outline;
  const draft = {
    id,
    title,
    parties: parties.map(({ nation, offices }) => ({ nation: nation.nation, root: nation.root, offices })),
    validFrom,
    validUntil,
    trustLevel: hubs === undefined ? TrustLevel.PERSONS : TrustLevel.JOINT_OPERATION,
    articles: (hubs === undefined ? ARTICLES : jointArticles(hubs)).map(articleOf),
    hubs: hubs ?? [],
  };
  return writeAgreementText(draftAgreement(draft, previous === undefined ? undefined : parseAgreementText(previous)));
}

/** Without a hub nothing can be told to the region. */
function jointArticles(hubs: Agreement['hubs']): readonly ArticleDraft[] {
  return hubs.length === 0 ? JOINT_ARTICLES.filter(({ region }) => region !== true) : JOINT_ARTICLES;
}

function articleOf({
  kinds = BETWEEN_OFFICES,
  crimeAreas,
  dataCategories,
  purposes,
  handlingCeiling,
  responseHours = {},
  ...article
}: ArticleDraft): AgreementArticle {
  const codes = (prefix: string, words: readonly string[]): string[] => words.map((word) => `${prefix}_${word}`);
  return parseJson(agreementArticleCodec, {
    ...article,
    kinds: codes('MESSAGE_KIND', kinds),
    crimeAreas: codes('CRIME_AREA', crimeAreas),
    dataCategories: codes('DATA_CATEGORY', dataCategories),
    purposes: codes('PURPOSE', purposes),
    handlingCeiling: `HANDLING_CODE_${handlingCeiling}`,
    responseTimes: Object.entries(responseHours).map(([word, hours]) => ({
      responseClass: `RESPONSE_CLASS_${word}`,
      hours,
    })),
  });
}
