import { rfc3339 } from '../../../../services/core/foundation/index.ts';
import { Lane } from '../../../../services/core/wire/index.ts';
import { KEY_NAMES, LA, NOON, sealingKey, signingKey, text, trustDocuments } from './actors.ts';
import { type BuiltTransit, buildTransit, type Recipe } from './build-transit.ts';
import { CROSSING_DEFECTS, ENVELOPE_DEFECTS, PART_DEFECTS, WITHHELD_DEFECTS } from './defects-crossing.ts';
import { DRILL_DEFECTS, SOUND_CHANNELS } from './defects-drill.ts';
import { buildNotice, DOCUMENT_VECTORS } from './defects-document.ts';
import { CONTENT_DEFECTS, type Defect, FRAME_HEADER_DEFECTS, FRAME_PROOF_DEFECTS, SEAL_DEFECTS, TRANSIT_DEFECTS } from './defects-frame.ts';
import { RECEIPT_DEFECTS, STATUS_DEFECTS } from './defects-receipt.ts';

/** A vector as it lies in its folder. */
export interface EnvelopeVector {
  readonly what: string;
  /** Null: nothing is wrong. */
  readonly code: string | null;
  readonly now: string;
  readonly self: string;
  /** Base64 of what was published. */
  readonly transit: string;
  /** Base64 of what was sealed in it, before it was sealed. */
  readonly content: string;
}

const TOLERANCE = 300_000;

const SOUND: Readonly<Record<string, { readonly what: string; readonly recipe: Recipe }>> = {
  ...SOUND_CHANNELS,
  'sound-crossing': { what: 'one crossing, of which one part is withheld', recipe: {} },
  'sound-crossings': { what: 'three crossings, signed together with others', recipe: { items: 3, envelopeProof: { beside: { before: 2, after: 2 } }, frameProof: { beside: { before: 1, after: 3 } } } },
  'sound-receipt': { what: 'one receipt', recipe: { lane: Lane.RECEIPTS } },
  'sound-status': { what: 'the state of a link', recipe: { lane: Lane.STATUS } },
  'sound-first-number-not-one': { what: 'the first frame of a lane on which earlier numbers expired unsent', recipe: { frameHeader: (header) => ({ ...header, first: 7, last: 7 }), crossing: (crossing) => ({ ...crossing, number: 7 }) } },
  'sound-clock-ahead': { what: 'everything said 5 minutes from now, as far as clocks may differ', recipe: { header: { createdMs: NOON + TOLERANCE }, frameHeader: (header) => ({ ...header, madeMs: NOON + TOLERANCE }), frameProof: { at: NOON + TOLERANCE }, envelopeProof: { at: NOON + TOLERANCE } } },
  'sound-just-expired': { what: 'expired a millisecond less than 5 minutes ago, as far as clocks may differ', recipe: { header: { createdMs: NOON - 2 * TOLERANCE, expiresMs: NOON - TOLERANCE + 1 } } },
};

const DEFECTS: Readonly<Record<string, Defect>> = {
  ...DRILL_DEFECTS,
  ...TRANSIT_DEFECTS,
  ...FRAME_HEADER_DEFECTS,
  ...FRAME_PROOF_DEFECTS,
  ...SEAL_DEFECTS,
  ...CONTENT_DEFECTS,
  ...CROSSING_DEFECTS,
  ...ENVELOPE_DEFECTS,
  ...PART_DEFECTS,
  ...WITHHELD_DEFECTS,
  ...RECEIPT_DEFECTS,
  ...STATUS_DEFECTS,
};

function vector(what: string, code: string | null, { transit, content }: BuiltTransit): Uint8Array {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const made: EnvelopeVector = { what, code, now: rfc3339(NOON), self: LA, transit: base64(transit), content: base64(content) };
  return text(made);
}

function keys(): Uint8Array {
  const jwk = (key: { readonly kid: string; readonly privateJwk: string }) => ({ kid: key.kid, ...(JSON.parse(key.privateJwk) as object) });
  const signing = [...KEY_NAMES.roots, ...KEY_NAMES.signing].map((name) => [name, jwk(signingKey(name))]);
  const sealing = KEY_NAMES.sealing.map((name) => [name, jwk(sealingKey(name))]);
  return text(Object.fromEntries([...signing, ...sealing]));
}

/** All files of tests/vectors/envelopes that are made, by their names in that folder. */
export async function envelopeVectors(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([['keys.json', keys()]]);
  const documents = await trustDocuments();
  files.set('trust/agreement.json', documents.agreement);
  files.set('trust/directory-th.json', documents.th);
  files.set('trust/directory-la.json', documents.la);
  for (const [name, { what, recipe }] of Object.entries(SOUND)) files.set(`${name}/vector.json`, vector(what, null, await buildTransit(recipe)));
  for (const [name, { what, code, recipe }] of Object.entries(DEFECTS)) files.set(`${name}/vector.json`, vector(what, code, await buildTransit(recipe)));
  for (const [name, { what, code, recipe }] of Object.entries(DOCUMENT_VECTORS)) files.set(`${name}/vector.json`, vector(what, code, await buildNotice(recipe)));
  return files;
}
