import { days, rfc3339 } from '../../../../services/core/foundation/index.ts';
import { addSignature, signDocument, writeAgreementText, writeCharterText } from '../../../../services/core/trust/index.ts';
import { type Agreement, type Charter, CharterForm, type CharterMember, CrimeArea, DataCategory, HandlingCode, HistoryRule, LawfulBasis, MessageKind, OperationRole, Purpose, TrustLevel } from '../../../../services/core/wire/index.ts';
import { agreement, LA, MM, NOON, type SigningKeyName, signerOf, TH, text } from '../../envelopes/generator/actors.ts';

/** A charter vector as it lies in its folder, beside the signed document. */
export interface CharterVector {
  readonly what: string;
  /** Null: it is installed. */
  readonly code: string | null;
  readonly now: string;
  /** Files of this folder that were installed before, in this order. */
  readonly installed: readonly string[];
  /** Members whose signatures are known when it is installed. */
  readonly signed: readonly string[];
}

interface Recipe {
  readonly what: string;
  readonly code: string | null;
  readonly charter?: (sound: Charter) => Charter;
  readonly signedBy?: readonly SigningKeyName[];
  readonly document?: (sound: Uint8Array) => Promise<Uint8Array> | Uint8Array;
  readonly before?: (sound: Charter) => Charter;
  readonly signed?: readonly string[];
  readonly now?: number;
}

type Signed = { payload: string; signatures: unknown[] };
const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
const TOLERANCE = 300_000;
const member = (office: string, role: OperationRole, dataCategories: readonly DataCategory[] = []): CharterMember => ({ office, role, dataCategories, dutyContact: 'Duty desk' });
const members = (...list: readonly CharterMember[]) => (sound: Charter): Charter => ({ ...sound, members: list });
const lead = member(TH, OperationRole.LEAD);
const joins = member(LA, OperationRole.MEMBER);
const badMembers = (what: string, ...list: readonly CharterMember[]): Recipe => ({ what, code: 'TRUST_CHARTER_MEMBERS_INVALID', charter: members(...list) });
const badTerms = (what: string, change: Partial<Charter>): Recipe => ({ what, code: 'TRUST_CHARTER_TERMS_INVALID', charter: (sound) => ({ ...sound, ...change }) });
const foreign = (what: string, signedBy: readonly SigningKeyName[], change: Partial<Charter> = {}): Recipe => ({ what, code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', signedBy, charter: (sound) => ({ ...sound, ...change }) });
const read = (bytes: Uint8Array): Signed => JSON.parse(Buffer.from(bytes).toString()) as Signed;
const write = (value: Signed): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

/** A joint operation of two offices, led by the Thai one, in the light form. */
export function charter(): Charter {
  return {
    id: 'naga-2026',
    name: 'Naga',
    aim: 'Stop the boats at the bend.',
    form: CharterForm.OFFICE,
    agreement: 'th-la-2026',
    lawfulBasis: LawfulBasis.AGREEMENT,
    lawfulBasisReference: 'Article 7',
    members: [lead, joins],
    purposes: [Purpose.INVESTIGATION],
    crimeAreas: [CrimeArea.DRUGS],
    dataCategories: [DataCategory.CORE, DataCategory.LOCATION, DataCategory.FREE_TEXT],
    handlingCeiling: HandlingCode.H1,
    retentionDays: 90,
    starts: at(NOON),
    ends: at(NOON + days(30)),
    drill: false,
    quorum: 2,
    history: HistoryRule.ALL,
    maxAttachmentBytes: 0,
  };
}

/** The agreement of the two that lets offices sign charters: its second version. */
export function agreementOnTaskForces(): Agreement {
  const before = agreement();
  const article = { ...(before.articles[0] as Agreement['articles'][number]), id: '7', text: 'Offices may form task forces.', kinds: [MessageKind.OPERATION_CHARTER] };
  return { ...before, version: 2, trustLevel: TrustLevel.JOINT_OPERATION, articles: [...before.articles, article] };
}

const RECIPES: Readonly<Record<string, Recipe>> = {
  sound: { what: 'a proposal: the lead has signed', code: null, signed: [TH] },
  'sound-all': { what: 'all members have signed', code: null, signedBy: ['th-current', 'la-current'], signed: [TH, LA] },
  'sound-in-other-order': { what: 'all members have signed, the lead last', code: null, signedBy: ['la-current', 'th-current'], signed: [TH, LA] },
  'sound-same-again': { what: 'the charter that is installed already', code: null, before: (sound) => sound, signed: [TH] },
  'sound-one-more': { what: 'the charter that is installed, with one more signature', code: null, before: (sound) => sound, signedBy: ['th-current', 'la-current'], signed: [TH, LA] },
  'sound-drill': { what: 'an exercise, signed with a key for exercises', code: null, signedBy: ['th-drill'], charter: (sound) => ({ ...sound, drill: true }), signed: [TH] },
  'sound-national': { what: 'the national form, signed by both roots', code: null, signedBy: ['root-th', 'root-la'], charter: (sound) => ({ ...sound, form: CharterForm.NATIONAL }), signed: [TH, LA] },
  'sound-limited': { what: 'a member that gets the core alone', code: null, charter: members(lead, member(LA, OperationRole.LIMITED, [DataCategory.CORE])), signed: [TH] },
  'sound-just-ended': { what: 'ended a millisecond less than 5 minutes ago, as far as clocks may differ', code: null, charter: (sound) => ({ ...sound, starts: at(NOON - days(1)), ends: at(NOON - TOLERANCE + 1) }), signed: [TH] },
  'lead-has-not-signed': { what: 'a member has signed, and the lead has not', code: 'TRUST_DOCUMENT_SIGNATURE_MISSING', signedBy: ['la-current'] },
  'signed-by-a-stranger-too': { what: 'signed by an office that is no member', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', document: (document) => addSignature(document, signerOf('mae-sai')) },
  'signed-twice': { what: 'the lead’s signature twice', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', document: (document) => { const { payload, signatures } = read(document); return write({ payload, signatures: [...signatures, ...signatures] }); } },
  'changed-after-it-was-signed': { what: 'the text was changed after it was signed', code: 'TRUST_DOCUMENT_SIGNATURE_INVALID', document: (document) => { const { payload, signatures } = read(document); return write({ payload: Buffer.from(Buffer.from(payload, 'base64url').toString().replace('Naga', 'Nagi')).toString('base64url'), signatures }); } },
  'signature-of-another-text': { what: 'a member signed another text', code: 'TRUST_DOCUMENT_SIGNATURE_INVALID', document: async (document) => { const other = await signDocument('charter', writeCharterText({ ...charter(), name: 'Another' }), [signerOf('la-current')]); const { payload, signatures } = read(document); return write({ payload, signatures: [...signatures, read(other).signatures[0]] }); } },
  'sound-key-just-ended': { what: 'signed with a key that ended a millisecond less than 5 minutes before it arrives', code: null, signedBy: ['th-expired'], now: NOON + TOLERANCE - 1, signed: [TH] },
  'key-expired': { ...foreign('signed with a key that ended 5 minutes before it arrives', ['th-expired']), now: NOON + TOLERANCE },
  'key-revoked': foreign('signed with a revoked key', ['th-revoked']),
  'key-unlisted': foreign('signed with a key that no directory lists', ['th-unlisted']),
  'drill-signed-as-real': foreign('an exercise, signed with a key for what is real', ['th-current'], { drill: true }),
  'real-signed-as-drill': foreign('real, signed with a key for exercises', ['th-drill']),
  'light-signed-by-a-nation': foreign('the light form, signed by a nation', ['root-th']),
  'national-signed-by-an-office': foreign('the national form, signed by an office', ['th-current'], { form: CharterForm.NATIONAL }),
  'signed-as-agreement': { what: 'signed as an agreement', code: 'TRUST_DOCUMENT_KIND_WRONG', document: () => signDocument('agreement', writeCharterText(charter()), [signerOf('th-current')]) },
  'office-twice': badMembers('an office twice', lead, joins, joins),
  'nation-twice': badMembers('two offices of one nation', lead, joins, member('th-mae-sai', OperationRole.MEMBER)),
  'no-lead': badMembers('no lead', member(TH, OperationRole.MEMBER), joins),
  'two-leads': badMembers('two leads', lead, member(LA, OperationRole.LEAD)),
  'lead-not-first': badMembers('the lead is not the first', joins, lead),
  'limited-without-core': badMembers('a limited member that does not get the core', lead, member(LA, OperationRole.LIMITED, [DataCategory.LOCATION])),
  'limited-beyond-charter': badMembers('a limited member that gets what the charter does not name', lead, member(LA, OperationRole.LIMITED, [DataCategory.CORE, DataCategory.HEALTH])),
  'full-member-with-list': badMembers('a full member with a list of its own', lead, member(LA, OperationRole.MEMBER, [DataCategory.CORE])),
  'id-no-slug': badTerms('an id that names no subject', { id: 'Naga.2026' }),
  'without-core': badTerms('kinds of data without the core', { dataCategories: [DataCategory.LOCATION] }),
  'quorum-out-of-reach': badTerms('more must sign than there are members', { quorum: 3 }),
  'code-unspecified': { what: 'no role', code: 'TRUST_DOCUMENT_TEXT_INVALID', charter: members(lead, member(LA, OperationRole.UNSPECIFIED)) },
  'ends-when-it-begins': { what: 'ends when it begins', code: 'TRUST_CHARTER_DATES_INVALID', charter: (sound) => ({ ...sound, ends: sound.starts }) },
  ended: { what: 'ended 5 minutes ago', code: 'TRUST_CHARTER_EXPIRED', charter: (sound) => ({ ...sound, starts: at(NOON - days(1)), ends: at(NOON - TOLERANCE) }) },
  'between-others': { what: 'without an office of the nation that installs it', code: 'TRUST_CHARTER_NOT_OURS', charter: members(lead, member(MM, OperationRole.MEMBER)) },
  fork: { what: 'another text under the id of the one that is installed', code: 'TRUST_CHARTER_FORK', before: (sound) => ({ ...sound, retentionDays: 30 }) },
};

async function documentOf({ charter: change, signedBy, document }: Recipe): Promise<Uint8Array> {
  const written = writeCharterText(change?.(charter()) ?? charter());
  const signed = await signDocument('charter', written, (signedBy ?? ['th-current']).map(signerOf));
  return (await document?.(signed)) ?? signed;
}

/** All files of tests/vectors/charters that are made, by their names in that folder. */
export async function charterVectors(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  files.set('agreement.json', await signDocument('agreement', writeAgreementText(agreementOnTaskForces()), [signerOf('root-th'), signerOf('root-la')]));
  for (const [name, recipe] of Object.entries(RECIPES)) {
    const installed: string[] = [];
    if (recipe.before !== undefined) {
      files.set(`${name}/installed.json`, await signDocument('charter', writeCharterText(recipe.before(charter())), [signerOf('th-current')]));
      installed.push(`${name}/installed.json`);
    }
    const vector: CharterVector = { what: recipe.what, code: recipe.code, now: rfc3339((recipe.now ?? NOON) as never), installed, signed: recipe.signed ?? [] };
    files.set(`${name}/vector.json`, text(vector));
    files.set(`${name}/document.json`, await documentOf(recipe));
  }
  return files;
}
