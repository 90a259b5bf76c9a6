import { signDocument } from '../../../../services/core/trust/index.ts';
import { padContent } from '../../../../services/core/envelope/frame-content.ts';
import { type SealedKind, seal } from '../../../../services/core/envelope/seal.ts';
import { documentNoticeCodec, transitCodec } from '../../../../services/core/wire/index.ts';
import { LA, seeded, sealTo, signerOf, TH } from './actors.ts';
import type { BuiltTransit } from './build-transit.ts';

/** How a document notice differs from the sound one. */
interface NoticeRecipe {
  readonly from?: string;
  readonly to?: string;
  readonly items?: (document: Uint8Array) => readonly Uint8Array[];
  readonly boundTo?: { readonly from: string; readonly to: string };
  readonly sealedAs?: SealedKind;
}

/** One defect of a document notice. */
export interface NoticeDefect {
  readonly what: string;
  readonly code: string | null;
  readonly recipe: NoticeRecipe;
}

const notice = (what: string, code: string | null, recipe: NoticeRecipe = {}): NoticeDefect => ({ what, code, recipe });

export const DOCUMENT_VECTORS: Readonly<Record<string, NoticeDefect>> = {
  'sound-document': notice('a sound document notice with a signed document; whether the document itself may be installed is another matter', null),
  'document-for-another-office': notice('for another office', 'ENVELOPE_NOT_ADDRESSED_TO_US', { to: 'la-pakbeng' }),
  'document-from-invalid': notice('from something that is no office', 'ENVELOPE_NOT_ADDRESSED_TO_US', { from: 'TH' }),
  'document-bound-to-another-pair': notice('sealed for other offices than it is sent between', 'ENVELOPE_SEAL_INVALID', { boundTo: { from: 'th-mae-sai', to: LA } }),
  'document-sealed-as-frame': notice('sealed as the content of a frame', 'ENVELOPE_SEAL_INVALID', { sealedAs: 'liaison-frame-content' }),
  'document-twice': notice('two documents in one notice', 'ENVELOPE_CONTENT_INVALID', { items: (document) => [document, document] }),
  'document-missing': notice('no document in the notice', 'ENVELOPE_CONTENT_INVALID', { items: () => [] }),
  'document-not-signed': notice('something else than a signed document', 'ENVELOPE_CONTENT_INVALID', { items: () => [new TextEncoder().encode('{"nation":"TH"}')] }),
};

/** A document notice from th-chiang-khong to la-houayxay, sound but for what the recipe changes. */
export async function buildNotice(recipe: NoticeRecipe): Promise<BuiltTransit> {
  const document = await signDocument('directory', '{"nation":"TH"}\n', [signerOf('root-th')]);
  const from = recipe.from ?? TH;
  const to = recipe.to ?? LA;
  const content = padContent(recipe.items?.(document) ?? [document]);
  const aad = documentNoticeCodec.encode(recipe.boundTo ?? { from, to });
  const sealed = seal(recipe.sealedAs ?? 'liaison-document', content, aad, sealTo('la-sealing'), seeded('document seal'));
  return { transit: transitCodec.encode({ document: { from, to, seal: sealed } }), content };
}
