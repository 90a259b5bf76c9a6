import type { Schemas } from '../../api/index.ts';
import { type FormFault, findFaults } from '../../forms/find-faults.ts';
import type { JsonObject } from '../../forms/json.ts';
import { prepare } from '../../forms/prepare.ts';
import type { Charter } from './types.ts';

/** An agreement under which offices may found an operation by themselves, and its articles that let a charter cross. */
export interface CharterGround {
  readonly id: string;
  readonly title: string;
  /** Offices of its other parties. */
  readonly offices: readonly string[];
  readonly articles: readonly Article[];
}

type Article = Schemas['AgreementArticle'];

const HOUR_MS = 3_600_000;
const HANDLING = ['HANDLING_CODE_H0', 'HANDLING_CODE_H1', 'HANDLING_CODE_H2', 'HANDLING_CODE_H3'] as const;

/** The agreements in force that name this office and let charters cross, each with the articles that bound them. */
export function charterGrounds(
  installed: readonly Pick<Schemas['InstalledAgreement'], 'current' | 'agreement'>[],
  self: string,
): readonly CharterGround[] {
  return installed.flatMap(({ current, agreement }) => {
    const articles = agreement.articles.filter(({ kinds }) => kinds.includes('MESSAGE_KIND_OPERATION_CHARTER'));
    const isParty = agreement.parties.some(({ offices }) => offices.includes(self));
    if (!current || articles.length === 0 || !isParty) return [];
    const others = agreement.parties.filter(({ offices }) => !offices.includes(self));
    return [{ id: agreement.id, title: agreement.title, offices: others.flatMap(({ offices }) => offices), articles }];
  });
}

/** Who can be a member: an office of another party of the agreement to which this office has a line. */
export function candidates({ offices }: Pick<CharterGround, 'offices'>, linked: readonly string[]): readonly string[] {
  return offices.filter((office) => linked.includes(office)).sort();
}

/** A short name for the address of an operation from what it is called; of a name in another script, the day. */
export function shortName(name: string, nowMs: number): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return words === '' ? `operation-${day}` : words.slice(0, 40).replace(/-+$/, '');
}

/** How many have to sign where nobody says another number: all of a few, more than half of many. */
export function usualQuorum(members: number): number {
  return Math.max(2, members <= 3 ? members : Math.floor(members / 2) + 1);
}

/** What most operations need; more is chosen on purpose. */
const USUAL_CATEGORIES: readonly string[] = [
  'DATA_CATEGORY_CORE',
  'DATA_CATEGORY_IDENTITY',
  'DATA_CATEGORY_SOURCE',
  'DATA_CATEGORY_LOCATION',
  'DATA_CATEGORY_FREE_TEXT',
  'DATA_CATEGORY_TRANSPORT',
  'DATA_CATEGORY_CONSIGNMENT',
];
const USUAL_PURPOSES: readonly string[] = ['PURPOSE_INVESTIGATION', 'PURPOSE_PREVENTION'];

/** The article under which an operation, or an exercise, is founded. */
export function articleFor({ articles }: Pick<CharterGround, 'articles'>, drill: boolean): Article {
  return (articles.find(({ drills }) => (drills === true) === drill) ?? articles[0]) as Article;
}

/** The charter as an exercise or as the real thing: what the other mode's article does not allow is taken out of it. */
export function withDrill(charter: JsonObject, ground: CharterGround, drill: boolean): JsonObject {
  const { drill: _before, ...rest } = charter;
  const article = articleFor(ground, drill);
  const within = (name: string, all: readonly string[]): readonly string[] =>
    ((charter[name] ?? []) as readonly string[]).filter((one) => all.includes(one));
  const purposes = within('purposes', article.purposes);
  const ceiling = HANDLING.indexOf(charter['handlingCeiling'] as (typeof HANDLING)[number]);
  return {
    ...rest,
    ...(drill ? { drill: true } : {}),
    lawfulBasisReference: article.id,
    crimeAreas: within('crimeAreas', article.crimeAreas),
    purposes: purposes.length > 0 ? purposes : article.purposes.slice(0, 1),
    dataCategories: within('dataCategories', article.dataCategories),
    handlingCeiling: HANDLING[Math.min(ceiling, HANDLING.indexOf(article.handlingCeiling))] ?? article.handlingCeiling,
    retentionDays: Math.min(Number(charter['retentionDays'] ?? 1), article.retentionDays),
  };
}

/** A charter in the light form as it begins: this office leads, from now on for a week, within what the agreement allows. */
export function startCharter(self: string, ground: CharterGround, nowMs: number): JsonObject {
  const article = articleFor(ground, false);
  const purposes = article.purposes.filter((one) => USUAL_PURPOSES.includes(one));
  const ceiling = HANDLING[Math.min(2, HANDLING.indexOf(article.handlingCeiling))] ?? 'HANDLING_CODE_H0';
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  return {
    id: '',
    name: '',
    aim: '',
    form: 'CHARTER_FORM_OFFICE',
    agreement: ground.id,
    lawfulBasis: 'LAWFUL_BASIS_AGREEMENT',
    lawfulBasisReference: article.id,
    members: [{ office: self, role: 'OPERATION_ROLE_LEAD' }],
    purposes: purposes.length > 0 ? purposes : article.purposes.slice(0, 1),
    crimeAreas: [],
    dataCategories: article.dataCategories.filter((one) => USUAL_CATEGORIES.includes(one)),
    handlingCeiling: ceiling,
    retentionDays: Math.min(30, article.retentionDays),
    starts: new Date(minute).toISOString(),
    ends: new Date(minute + 7 * 24 * HOUR_MS).toISOString(),
    quorum: 2,
    history: 'HISTORY_RULE_ALL',
  };
}

type Member = Charter['members'][number];

/** The members of a charter as it is being written. */
export function membersOf(charter: JsonObject): readonly Member[] {
  return (charter['members'] ?? []) as unknown as readonly Member[];
}

/** The charter with that office in it or not; the quorum follows as long as it is the usual one. */
export function withMember(charter: JsonObject, office: string, isIn: boolean): JsonObject {
  const before = membersOf(charter);
  const others = before.filter((member) => member.office !== office);
  const after = isIn ? [...others, { office, role: 'OPERATION_ROLE_MEMBER' } as Member] : others;
  const isUsual = charter['quorum'] === usualQuorum(before.length);
  return {
    ...charter,
    members: after as unknown as JsonObject[],
    ...(isUsual ? { quorum: usualQuorum(after.length) } : {}),
  };
}

/** The charter with that member as it is now; who is not limited has no list of its own. */
export function withMemberAs(charter: JsonObject, member: Member): JsonObject {
  const { dataCategories = ['DATA_CATEGORY_CORE'], ...rest } = member;
  const kept = member.role === 'OPERATION_ROLE_LIMITED' ? { ...rest, dataCategories } : rest;
  const members = membersOf(charter).map((one) => (one.office === member.office ? kept : one));
  return { ...charter, members: members as unknown as JsonObject[] };
}

/** What is sent of a charter. */
export function charterOf(charter: JsonObject): Charter {
  return prepare('Charter', charter) as unknown as Charter;
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What is not as it must be before it can be proposed, with the office's own paths; empty where all is well. */
export function charterFaults(draft: JsonObject, ground: CharterGround | undefined): readonly FormFault[] {
  const charter = charterOf(draft);
  const {
    id = '',
    members = [],
    quorum = 0,
    starts = '',
    ends = '',
    dataCategories = [],
  } = charter as Partial<Charter>;
  const faults: FormFault[] = [...findFaults('Charter', charter as unknown as JsonObject)];
  const add = (field: string, reason: string): void => {
    if (!faults.some((fault) => fault.field === field)) faults.push({ field, reason });
  };
  if (id !== '' && !ID.test(id)) add('id', 'format-wrong');
  if (members.length < 2) add('members', 'required');
  const nations = members.map(({ office }) => office.slice(0, 2));
  if (new Set(nations).size < nations.length) add('members', 'entry-repeated');
  if (quorum > members.length) add('quorum', 'out-of-range');
  if (starts !== '' && Date.parse(ends) <= Date.parse(starts)) add('ends', 'time-past');
  if (!dataCategories.includes('DATA_CATEGORY_CORE')) add('dataCategories', 'required');
  if (ground !== undefined) for (const field of beyond(charter, ground.articles)) add(field, 'not-allowed');
  return faults.map(({ field, reason }) => ({ field: `charter.${field}`, reason }));
}

/** The fields in which a charter goes beyond the article that is nearest to it: one for the same mode, with the fewest. */
function beyond(charter: Partial<Charter>, articles: readonly Article[]): readonly string[] {
  const distance = (fields: readonly string[]): number => fields.length + (fields.includes('drill') ? 100 : 0);
  const each = articles
    .map((article) => beyondArticle(charter, article))
    .sort((one, two) => distance(one) - distance(two));
  return each[0] ?? [];
}

function beyondArticle(charter: Partial<Charter>, article: Article): readonly string[] {
  const allowed = (values: readonly string[] = [], all: readonly string[]): boolean =>
    values.every((one) => all.includes(one));
  const isHigher =
    HANDLING.indexOf(charter.handlingCeiling ?? 'HANDLING_CODE_H0') > HANDLING.indexOf(article.handlingCeiling);
  return [
    ...(allowed(charter.crimeAreas, article.crimeAreas) ? [] : ['crimeAreas']),
    ...(allowed(charter.purposes, article.purposes) ? [] : ['purposes']),
    ...(allowed(charter.dataCategories, article.dataCategories) ? [] : ['dataCategories']),
    ...(isHigher ? ['handlingCeiling'] : []),
    ...((charter.retentionDays ?? 0) > article.retentionDays ? ['retentionDays'] : []),
    ...(charter.drill === true && article.drills !== true ? ['drill'] : []),
  ];
}

/** The steps of the form with the fields of each; the last one shows the whole. */
export const STEPS = [
  {
    id: 'what',
    fields: ['charter.name', 'charter.id', 'charter.aim', 'charter.crimeAreas', 'charter.purposes', 'charter.drill'],
  },
  { id: 'who', fields: ['charter.members'] },
  {
    id: 'data',
    fields: [
      'charter.lawfulBasis',
      'charter.lawfulBasisReference',
      'charter.dataCategories',
      'charter.handlingCeiling',
      'charter.retentionDays',
      'charter.maxAttachmentBytes',
    ],
  },
  { id: 'when', fields: ['charter.starts', 'charter.ends', 'charter.quorum', 'charter.history'] },
  { id: 'look', fields: [] },
] as const;

/** The step that shows the field of that path; the last one for a field that none shows. */
export function stepOf(path: string): number {
  const found = STEPS.findIndex(({ fields }) =>
    fields.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)),
  );
  return found < 0 ? STEPS.length - 1 : found;
}
