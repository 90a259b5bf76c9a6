import { days, rfc3339, toBase64url } from '../../../../services/core/foundation/index.ts';
import { addSignature, signDocument, writeAgreementText } from '../../../../services/core/trust/index.ts';
import { type Agreement, type AgreementArticle, type AgreementParty, ResponseClass } from '../../../../services/core/wire/index.ts';
import { agreement, NOON, type SigningKeyName, signerOf, signingKey, text } from '../../envelopes/generator/actors.ts';

/** An agreement vector as it lies in its folder, beside the signed document. */
export interface AgreementVector {
  readonly what: string;
  /** Null: it is installed. */
  readonly code: string | null;
  readonly now: string;
  /** Files of this folder that were installed before, in this order. */
  readonly installed: readonly string[];
}

interface Recipe {
  readonly what: string;
  readonly code: string | null;
  readonly agreement?: (sound: Agreement) => Agreement;
  readonly text?: (sound: string) => string;
  readonly signedBy?: readonly SigningKeyName[];
  readonly document?: (sound: Uint8Array) => Promise<Uint8Array>;
  readonly before?: (sound: Agreement) => Agreement;
  readonly now?: number;
}

const at = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });
const TOLERANCE = 300_000;
const numbered = (version: number) => (sound: Agreement): Agreement => ({ ...sound, version });
const parties = (change: (sound: readonly AgreementParty[]) => readonly AgreementParty[]) => (sound: Agreement): Agreement => ({ ...sound, parties: change(sound.parties) });
const article = (change: Partial<AgreementArticle>) => (sound: Agreement): Agreement => ({ ...sound, articles: sound.articles.map((one) => ({ ...one, ...change })) });
const times = (...limits: readonly (readonly [ResponseClass, number])[]) => article({ responseTimes: limits.map(([responseClass, hours]) => ({ responseClass, hours })) });
const badParties = (what: string, change: (sound: readonly AgreementParty[]) => readonly AgreementParty[]): Recipe => ({ what, code: 'TRUST_AGREEMENT_PARTIES_INVALID', agreement: parties(change) });
const party = (sound: readonly AgreementParty[], index: number): AgreementParty => sound[index] as AgreementParty;
const SMALL_ORDER_X = toBase64url(new Uint8Array([1, ...new Uint8Array(31)]));

const RECIPES: Readonly<Record<string, Recipe>> = {
  sound: { what: 'the first version', code: null },
  'sound-next': { what: 'the next version', code: null, before: (sound) => sound, agreement: numbered(2) },
  'sound-same-again': { what: 'the agreement that is installed already', code: null, before: (sound) => sound },
  'sound-not-yet-in-force': { what: 'in force from tomorrow on', code: null, agreement: (sound) => ({ ...sound, validFrom: at(NOON + days(1)) }) },
  'sound-just-ended': { what: 'ended a millisecond less than 5 minutes ago, as far as clocks may differ', code: null, agreement: (sound) => ({ ...sound, validUntil: at(NOON - TOLERANCE + 1) }) },
  'one-signature-missing': { what: 'one of the parties has not signed', code: 'TRUST_DOCUMENT_SIGNATURE_MISSING', signedBy: ['root-la'] },
  'signed-by-a-stranger-too': { what: 'signed by somebody who is no party', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', document: (document) => addSignature(document, signerOf('th-current')) },
  'signed-by-an-office': { what: 'signed by an office instead of its nation', code: 'TRUST_DOCUMENT_SIGNATURE_FOREIGN', signedBy: ['th-current', 'root-la'] },
  'signature-of-another-text': {
    what: 'one of the parties signed another text',
    code: 'TRUST_DOCUMENT_SIGNATURE_INVALID',
    document: async (document) => {
      const other = await signDocument('agreement', writeAgreementText({ ...agreement(), title: 'Another title' }), [signerOf('root-th'), signerOf('root-la')]);
      const read = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as { payload: string; signatures: unknown[] };
      const { payload, signatures } = read(document);
      return Buffer.from(`${JSON.stringify({ payload, signatures: [signatures[0], read(other).signatures[1]] }, null, 1)}\n`);
    },
  },
  'text-code-unknown': { what: 'a crime area that the contract does not have', code: 'TRUST_DOCUMENT_TEXT_INVALID', text: (sound) => sound.replace('CRIME_AREA_DRUGS', 'CRIME_AREA_PIRACY') },
  'text-parties-missing': { what: 'no parties', code: 'TRUST_DOCUMENT_TEXT_INVALID', agreement: parties(() => []) },
  'one-party': { ...badParties('a single party', (sound) => sound.slice(1)), signedBy: ['root-la'] },
  'nation-twice': badParties('a nation twice', (sound) => [...sound, { ...party(sound, 0), root: signingKey('th-current').publicKey }]),
  'root-twice': badParties('two nations with one root key', (sound) => [...sound, { ...party(sound, 0), nation: 'MM', offices: ['mm-tachileik'] }]),
  'office-of-another-nation': badParties('a party with an office of another nation', (sound) => [party(sound, 0), { ...party(sound, 1), offices: ['th-mae-sai'] }]),
  'root-small-order': { what: 'a root key of small order', code: 'TRUST_KEY_INVALID', agreement: parties((sound) => [{ ...party(sound, 0), root: { crv: 'Ed25519', x: SMALL_ORDER_X } }, party(sound, 1)]) },
  'between-others': { what: 'between other nations', code: 'TRUST_AGREEMENT_NOT_OURS', agreement: parties((sound) => [party(sound, 0), { nation: 'MM', root: signingKey('mm-current').publicKey, offices: ['mm-tachileik'] }]), signedBy: ['root-th', 'mm-current'] },
  'own-root-of-another': { what: 'another root key for the nation that installs it', code: 'TRUST_AGREEMENT_NOT_OURS', agreement: parties((sound) => [party(sound, 0), { ...party(sound, 1), root: signingKey('la-current').publicKey }]), signedBy: ['root-th', 'la-current'] },
  'ends-when-it-begins': { what: 'ends when it begins', code: 'TRUST_AGREEMENT_DATES_INVALID', agreement: (sound) => ({ ...sound, validUntil: sound.validFrom }) },
  ended: { what: 'ended 5 minutes ago', code: 'TRUST_AGREEMENT_EXPIRED', agreement: (sound) => ({ ...sound, validUntil: at(NOON - TOLERANCE) }) },
  'article-twice': { what: 'two articles with one number', code: 'TRUST_AGREEMENT_ARTICLES_INVALID', agreement: (sound) => ({ ...sound, articles: [...sound.articles, ...sound.articles] }) },
  'sound-response-times': { what: 'requests are to be answered sooner than their class says, or just as soon', code: null, agreement: times([ResponseClass.URGENT, 1], [ResponseClass.PROMPT, 72], [ResponseClass.REGULAR, 168]) },
  'response-time-longer': { what: 'requests may be answered an hour later than their class says', code: 'TRUST_AGREEMENT_RESPONSE_TIMES_INVALID', agreement: times([ResponseClass.URGENT, 9]) },
  'response-time-twice': { what: 'two time limits for one class of requests', code: 'TRUST_AGREEMENT_RESPONSE_TIMES_INVALID', agreement: times([ResponseClass.PROMPT, 24], [ResponseClass.PROMPT, 48]) },
  rollback: { what: 'older than the version that is installed', code: 'TRUST_AGREEMENT_ROLLBACK', before: numbered(2) },
  fork: { what: 'another text with the version of the one that is installed', code: 'TRUST_AGREEMENT_FORK', before: article({ retentionDays: 30 }) },
};

async function documentOf({ agreement: change, text: changeText, signedBy, document }: Recipe): Promise<Uint8Array> {
  const written = writeAgreementText(change?.(agreement()) ?? agreement());
  const signed = await signDocument('agreement', changeText?.(written) ?? written, (signedBy ?? ['root-th', 'root-la']).map(signerOf));
  return (await document?.(signed)) ?? signed;
}

/** All files of tests/vectors/agreements that are made, by their names in that folder. */
export async function agreementVectors(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, recipe] of Object.entries(RECIPES)) {
    const installed: string[] = [];
    if (recipe.before !== undefined) {
      files.set(`${name}/installed.json`, await signDocument('agreement', writeAgreementText(recipe.before(agreement())), [signerOf('root-th'), signerOf('root-la')]));
      installed.push(`${name}/installed.json`);
    }
    const vector: AgreementVector = { what: recipe.what, code: recipe.code, now: rfc3339((recipe.now ?? NOON) as never), installed };
    files.set(`${name}/vector.json`, text(vector));
    files.set(`${name}/document.json`, await documentOf(recipe));
  }
  return files;
}
