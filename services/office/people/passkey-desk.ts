import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import {
  AccessError,
  addPasskey,
  countPasskey,
  isDisabled,
  type OfficerRecord,
  officerIn,
  ownerOfPasskey,
  removePasskey,
} from '../../core/access/index.ts';
import { type Clock, fromBase64url, type OfficeId, sha256, toBase64url, utf8 } from '../../core/foundation/index.ts';
import { assertNoMaker } from './attestation.ts';
import { type Challenges, challenges } from './challenges.ts';
import type { OfficersKeeper } from './officers-keeper.ts';

/** What a browser is asked for, and the secret that binds the asking to it. */
export interface PasskeyAsking<Options> {
  readonly options: Options;
  readonly secret: string;
}

/** Passkeys (WebAuthn Level 3): made by officers for themselves, and used to sign in without a name. */
export interface PasskeyDesk {
  readonly askToSignIn: () => Promise<PasskeyAsking<PublicKeyCredentialRequestOptionsJSON>>;
  /** Whose passkey signed that. @throws AccessError ACCESS_SIGN_IN_REFUSED; OfficeError OFFICE_CHALLENGE_INVALID. */
  readonly officerOf: (secret: string | undefined, response: unknown) => Promise<OfficerRecord>;
  readonly askToProve: (officer: OfficerRecord) => Promise<PasskeyAsking<PublicKeyCredentialRequestOptionsJSON>>;
  /** A passkey of theirs signed that. @throws AccessError ACCESS_PASSKEY_REFUSED; OfficeError OFFICE_CHALLENGE_INVALID. */
  readonly prove: (name: string, secret: string | undefined, response: unknown) => Promise<void>;
  readonly askToAdd: (officer: OfficerRecord) => Promise<PasskeyAsking<PublicKeyCredentialCreationOptionsJSON>>;
  /** They have that passkey from now on. @throws AccessError ACCESS_PASSKEY_REFUSED, ACCESS_PASSKEYS_FULL, ACCESS_PASSKEY_EXISTS; OfficeError OFFICE_CHALLENGE_INVALID. */
  readonly add: (name: string, secret: string | undefined, label: string, response: unknown) => Promise<void>;
  /** @throws AccessError ACCESS_PASSKEY_UNKNOWN. */
  readonly remove: (name: string, isIt: (id: string) => boolean) => Promise<void>;
}

/** A sign-in that is refused, or something that somebody who is signed in cannot do with a passkey. */
type Refusal = 'ACCESS_SIGN_IN_REFUSED' | 'ACCESS_PASSKEY_REFUSED';

/** EdDSA, ES256, RS256 (RFC 9053 §2, RFC 8812 §2): what every authenticator in use has one of. */
const ALGORITHMS = [-8, -7, -257];
const TIMEOUT_MS = 120_000;

/** A desk for passkeys of that office, at the address where its console is. */
export function passkeyDesk(parts: {
  readonly office: OfficeId;
  readonly officers: OfficersKeeper;
  readonly origins: () => readonly string[];
  readonly clock: Clock;
}): PasskeyDesk {
  const { office, officers, clock } = parts;
  const signIns: Challenges<string> = challenges(clock);
  const proofs: Challenges<string> = challenges(clock);
  const additions: Challenges<{ readonly name: string; readonly challenge: string }> = challenges(clock);
  // Loaded with the first passkey: an office that uses none spares the memory.
  const library = () => import('@simplewebauthn/server');
  const origin = (): string => parts.origins()[0] ?? '';
  const rpID = (): string => new URL(origin()).hostname;

  const ask = async (passkeys: OfficerRecord['passkeys']): Promise<PublicKeyCredentialRequestOptionsJSON> => {
    const { generateAuthenticationOptions } = await library();
    return generateAuthenticationOptions({
      rpID: rpID(),
      userVerification: 'required',
      timeout: TIMEOUT_MS,
      ...(passkeys.length === 0 ? {} : { allowCredentials: passkeys.map(({ id }) => ({ id })) }),
    });
  };
  /** Whose passkey answered that challenge. @throws AccessError `refused`. */
  const signer = async (expectedChallenge: string, given: unknown, refused: Refusal): Promise<OfficerRecord> => {
    const response = given as AuthenticationResponseJSON;
    const officer = typeof response.id === 'string' ? ownerOfPasskey(officers.table(), response.id) : undefined;
    const passkey = officer?.passkeys.find(({ id }) => id === response.id);
    if (officer === undefined || passkey === undefined || isDisabled(officer, clock.now()))
      throw new AccessError(refused);
    const { verifyAuthenticationResponse } = await library();
    const verified = await ours(refused, () =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin(),
        expectedRPID: rpID(),
        requireUserVerification: true,
        credential: { id: passkey.id, publicKey: copy(fromBase64url(passkey.publicKey)), counter: passkey.counter },
      }),
    );
    const { userHandle } = response.response;
    if (!verified.verified || (userHandle !== undefined && userHandle !== handleOf(office, officer.name)))
      throw new AccessError(refused);
    const { newCounter } = verified.authenticationInfo;
    if (newCounter === passkey.counter) return officer;
    const table = await officers.change(officer.name, (now) => countPasskey(now, officer.name, passkey.id, newCounter));
    return officerIn(table, officer.name);
  };

  return {
    askToSignIn: async () => {
      const options = await ask([]);
      return { options, secret: signIns.begin(options.challenge) };
    },
    officerOf: async (secret, given) => signer(signIns.take(secret), given, 'ACCESS_SIGN_IN_REFUSED'),
    askToProve: async ({ passkeys }) => {
      const options = await ask(passkeys);
      return { options, secret: proofs.begin(options.challenge) };
    },
    prove: async (name, secret, given) => {
      const officer = await signer(proofs.take(secret), given, 'ACCESS_PASSKEY_REFUSED');
      if (officer.name !== name) throw new AccessError('ACCESS_PASSKEY_REFUSED');
    },
    askToAdd: async ({ name, displayName, passkeys }) => {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        rpName: `Liaison Bus ${office}`,
        rpID: rpID(),
        userName: name,
        userDisplayName: displayName,
        userID: copy(fromBase64url(handleOf(office, name))),
        attestationType: 'none',
        excludeCredentials: passkeys.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
        timeout: TIMEOUT_MS,
      });
      return { options, secret: additions.begin({ name, challenge: options.challenge }) };
    },
    add: async (name, secret, label, given) => {
      const begun = additions.take(secret);
      if (begun.name !== name) throw new AccessError('ACCESS_PASSKEY_REFUSED');
      await assertNoMaker(given);
      const { verifyRegistrationResponse } = await library();
      const verified = await ours('ACCESS_PASSKEY_REFUSED', () =>
        verifyRegistrationResponse({
          response: given as RegistrationResponseJSON,
          expectedChallenge: begun.challenge,
          expectedOrigin: origin(),
          expectedRPID: rpID(),
          requireUserVerification: true,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      );
      if (!verified.verified) throw new AccessError('ACCESS_PASSKEY_REFUSED');
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      const passkey = { id, publicKey: toBase64url(publicKey), counter, label, addedAt: clock.now() };
      await officers.change(name, (table) => addPasskey(table, name, passkey));
    },
    remove: async (name, isIt) => {
      await officers.change(name, (table) => {
        const passkey = officerIn(table, name).passkeys.find(({ id }) => isIt(id));
        return removePasskey(table, name, passkey?.id ?? '');
      });
    },
  };
}

/** How an authenticator knows whose passkey it is; says nothing to whoever finds it. WebAuthn §14.6.1. */
function handleOf(office: OfficeId, name: string): string {
  return toBase64url(sha256(utf8(`liaison-bus ${office} ${name}`)));
}

/** The library throws plain errors at whatever a browser sent that does not verify. */
async function ours<T>(code: Refusal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new AccessError(code, { cause });
  }
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
