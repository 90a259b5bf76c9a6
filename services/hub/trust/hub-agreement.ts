import {
  type EpochMs,
  fromBase64url,
  fromUtf8,
  type HubId,
  type KeyId,
  type NationCode,
} from '../../core/foundation/index.ts';
import { createTrustStore, parseAgreementText, type TrustStore, thumbprintOf } from '../../core/trust/index.ts';
import type { Agreement, PublicKey } from '../../core/wire/index.ts';
import { HubError } from '../errors.ts';

/** Which hub this is, and the key it signs with. */
export interface HubIdentity {
  readonly hub: HubId;
  readonly key: KeyId;
}

/**
 * What one agreement that names this hub, with this key, lets it trust: a store that rests on the roots of its parties
 * and on nothing else. A store that held the agreement before gets it as its next version.
 *
 * @throws HubError HUB_AGREEMENT_FOREIGN for one that does not name this hub and key; TrustError.
 */
export async function trustAgreement(
  bytes: Uint8Array,
  self: HubIdentity,
  before: (id: string) => TrustStore | undefined,
  now: EpochMs,
): Promise<{ readonly id: string; readonly store: TrustStore }> {
  const agreement = parseAgreementText(textIn(bytes));
  assertNamesUs(agreement, self);
  const [first] = agreement.parties;
  const known = before(agreement.id);
  const store =
    known ??
    createTrustStore({
      nation: (first?.nation ?? '') as NationCode,
      root: thumbprintOf(first?.root as PublicKey),
    });
  return { id: agreement.id, store: await store.installAgreement(bytes, now) };
}

function assertNamesUs({ id, hubs }: Agreement, { hub, key }: HubIdentity): void {
  const named = hubs.some((each) => each.hub === hub && each.key !== null && thumbprintOf(each.key) === key);
  if (!named) throw new HubError('HUB_AGREEMENT_FOREIGN', { context: { id } });
}

/** The text as it stands in the document; whether it was signed is verified when it is installed. */
function textIn(bytes: Uint8Array): string {
  try {
    const { payload } = JSON.parse(fromUtf8(bytes)) as { readonly payload: string };
    return fromUtf8(fromBase64url(payload));
  } catch (cause) {
    throw new HubError('HUB_AGREEMENT_FOREIGN', { cause });
  }
}
