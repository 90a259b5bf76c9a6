import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { PeerText } from '../ui/index.ts';
import { reasonKey } from './reason-key.ts';

/** Why a gate did not let something pass, as a sentence; what has none here is shown as it came, as a peer's text. */
export function ReasonText({ reason }: { readonly reason: string }): JSX.Element {
  const key = reasonKey(reason);
  return key === undefined ? <PeerText text={reason} /> : <span>{t(key)}</span>;
}
