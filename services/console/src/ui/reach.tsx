import type { JSX } from 'preact';
import { PeerText } from './peer-text.tsx';
import { mailAddress, telephoneAddress } from './reach-address.ts';

/** A telephone number that is called, or an address that is written to, with one press; anything else stays text. */
export function Reach({ telephone, mail }: { readonly telephone?: string; readonly mail?: string }): JSX.Element {
  const text = telephone ?? mail ?? '';
  const address = telephone === undefined ? mailAddress(text) : telephoneAddress(text);
  return address === undefined ? (
    <PeerText text={text} />
  ) : (
    <a class="reach" href={address}>
      <PeerText text={text} />
    </a>
  );
}
