import type { Configuration } from 'openid-client';
import { AccessError, isDisabled, type OfficerRecord } from '../../core/access/index.ts';
import type { Clock } from '../../core/foundation/index.ts';
import type { OidcConfig } from '../console-config.ts';
import { OfficeError } from '../errors.ts';
import { challenges } from './challenges.ts';
import type { OfficersKeeper } from './officers-keeper.ts';

/** A ministry's sign-in (OpenID Connect Core 1.0): it says who somebody is, and this office what they may do. */
export interface OidcDesk {
  readonly label: string;
  /** Where the browser goes, and the secret that binds the going to it. @throws OfficeError OFFICE_OIDC_FAILED. */
  readonly begin: () => Promise<{ readonly address: string; readonly secret: string }>;
  /**
   * Whose sign-in came back with that query. Somebody the office has no account for is let in by nobody's word.
   *
   * @throws AccessError ACCESS_SIGN_IN_REFUSED; OfficeError OFFICE_CHALLENGE_INVALID, OFFICE_OIDC_FAILED.
   */
  readonly officerOf: (secret: string | undefined, query: string) => Promise<OfficerRecord>;
}

/** Where the ministry's sign-in sends the browser back to. */
export const OIDC_CALLBACK = '/v1/sign-in/oidc/callback';

const TIMEOUT_SECONDS = 10;

/** A desk for that issuer; it is asked who it is when somebody first wants to sign in. */
export function oidcDesk(parts: {
  readonly config: OidcConfig;
  readonly secret: string;
  readonly officers: OfficersKeeper;
  readonly origins: () => readonly string[];
  readonly clock: Clock;
  /** Told what went wrong, for the log. */
  readonly failed: (error: unknown) => void;
}): OidcDesk {
  const { config, officers, clock } = parts;
  const open = challenges<{ readonly verifier: string; readonly state: string; readonly nonce: string }>(clock);
  const library = () => import('openid-client');
  const redirect = (): string => `${parts.origins()[0]}${OIDC_CALLBACK}`;
  let discovered: Promise<Configuration> | undefined;

  const discover = async (): Promise<Configuration> => {
    const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await library();
    // The configuration takes http of this very machine alone.
    const insecure = config.issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
    return await discovery(config.issuer, config.clientId, parts.secret, undefined, {
      // Signatures are checked although the answer came over TLS: two have to be deceived.
      execute: [enableNonRepudiationChecks, ...insecure],
      timeout: TIMEOUT_SECONDS,
    });
  };
  const issuer = async (): Promise<Configuration> => {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined;
      parts.failed(cause);
      throw new OfficeError('OFFICE_OIDC_FAILED', { cause, context: { retryAfterSeconds: 10 } });
    }
  };

  return {
    label: config.label,
    begin: async () => {
      const known = await issuer();
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
        await library();
      const kept = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() };
      const address = buildAuthorizationUrl(known, {
        redirect_uri: redirect(),
        scope: 'openid',
        response_type: 'code',
        code_challenge: await calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        state: kept.state,
        nonce: kept.nonce,
      });
      return { address: address.href, secret: open.begin(kept) };
    },
    officerOf: async (secret, query) => {
      const { verifier, state, nonce } = open.take(secret);
      const known = await issuer();
      const { authorizationCodeGrant } = await library();
      let subject: string | undefined;
      try {
        const tokens = await authorizationCodeGrant(known, new URL(`${redirect()}?${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        subject = tokens.claims()?.sub;
      } catch (cause) {
        parts.failed(cause);
        throw new AccessError('ACCESS_SIGN_IN_REFUSED', { cause });
      }
      const officer = [...officers.table().officers.values()].find(({ oidcSubject }) => oidcSubject === subject);
      if (subject === undefined || officer === undefined || isDisabled(officer, clock.now()))
        throw new AccessError('ACCESS_SIGN_IN_REFUSED');
      return officer;
    },
  };
}
