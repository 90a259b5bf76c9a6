import { days, type EpochMs, earlier, later, type OfficeId } from '../../core/foundation/index.ts';
import { draftAgreement, parseAgreementText, writeAgreementText } from '../../core/trust/index.ts';
import { type AgreementArticle, agreementArticleCodec, parseJson, TrustLevel } from '../../core/wire/index.ts';
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

interface ArticleDraft {
  readonly id: string;
  readonly text: string;
  readonly crimeAreas: readonly string[];
  readonly dataCategories: readonly string[];
  readonly purposes: readonly string[];
  readonly handlingCeiling: string;
  readonly retentionDays: number;
  readonly drills?: true;
  /** Where requests are answered sooner than their class says. */
  readonly responseHours?: Readonly<Record<string, number>>;
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

/** The dates of an agreement from now on for two years. */
export function agreementDates(now: EpochMs): Pick<AgreementOutline, 'validFrom' | 'validUntil'> {
  return { validFrom: earlier(now, days(1)), validUntil: later(now, days(730)) };
}

/** The text of an agreement with the usual articles, to be edited and then signed by every party. @throws TrustError TRUST_DOCUMENT_TEXT_INVALID. */
export function outlineAgreement({ id, title, parties, validFrom, validUntil, previous }: AgreementOutline): string {
  const draft = {
    id,
    title,
    parties: parties.map(({ nation, offices }) => ({ nation: nation.nation, root: nation.root, offices })),
    validFrom,
    validUntil,
    trustLevel: TrustLevel.PERSONS,
    articles: ARTICLES.map(articleOf),
  };
  return writeAgreementText(draftAgreement(draft, previous === undefined ? undefined : parseAgreementText(previous)));
}

function articleOf({
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
    kinds: ['MESSAGE_KIND_ALERT', 'MESSAGE_KIND_REQUEST', 'MESSAGE_KIND_SEARCH'],
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
