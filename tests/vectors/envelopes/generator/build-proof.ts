import { fromUtf8, leafHash, merkleTree, utf8 } from '../../../../services/core/foundation/index.ts';
import { proofHeader, proofSigningInput } from '../../../../services/core/trust/index.ts';
import { type HeadKind, type Init, type Proof, type TreeHead, treeHeadCodec } from '../../../../services/core/wire/index.ts';
import { NOON, type SigningKeyName, signerOf } from './actors.ts';

/** How a proof differs from the sound one; what stands before the signature is signed as it is changed. */
export interface ProofRecipe {
  readonly key?: SigningKeyName;
  /** Named in the protected header instead of the key that signs. */
  readonly claimedKey?: SigningKeyName;
  readonly signer?: string;
  readonly at?: number;
  /** Other items in the same tree, so that the path is not empty. */
  readonly beside?: { readonly before: number; readonly after: number };
  readonly head?: (head: Init<TreeHead>) => Init<TreeHead>;
  readonly headBytes?: (bytes: Uint8Array) => Uint8Array;
  readonly protected?: (text: string) => string;
  readonly change?: (proof: Proof) => Proof;
}

const neighbours = (count: number, name: string) => Array.from({ length: count }, (_, i) => utf8(`${name} ${i}`));

/** A proof over `item`, sound but for what the recipe changes. */
export async function buildProof(item: Uint8Array, kind: HeadKind, signer: string, key: SigningKeyName, recipe: ProofRecipe = {}): Promise<Proof> {
  const { before, after } = recipe.beside ?? { before: 0, after: 0 };
  const tree = merkleTree([...neighbours(before, 'before'), item, ...neighbours(after, 'after')].map(leafHash));
  const sound: Init<TreeHead> = { kind, size: tree.size, root: tree.root, signer: recipe.signer ?? signer, signedMs: recipe.at ?? NOON };
  const encoded = treeHeadCodec.encode(recipe.head?.(sound) ?? sound);
  const head = recipe.headBytes?.(encoded) ?? encoded;
  const signs = signerOf(recipe.key ?? key);
  const header = fromUtf8(proofHeader(kind, signerOf(recipe.claimedKey ?? recipe.key ?? key).kid));
  const protectedHeader = utf8(recipe.protected?.(header) ?? header);
  const signature = await signs.sign(proofSigningInput(protectedHeader, head));
  const proof: Proof = { protected: protectedHeader, head, signature, leafIndex: before, path: tree.path(before) };
  return recipe.change?.(proof) ?? proof;
}
