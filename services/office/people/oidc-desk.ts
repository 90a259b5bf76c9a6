import type { Configuration } from 'openid-client';
import { AccessError, isDisabled, type OfficerRecord } from '../../core/access/index.ts';
import type { Clock, EpochMs } from '../../core/foundation/index.ts';
import type { OidcConfig } from '../console-config.ts';
import { OfficeError } from '../errors.ts';
import { challenges } from './challenges.ts';
import type { OfficersKeeper } from './officers-keeper.ts';

/** Somebody whom the ministry vouches for. */
export interface MinistrySignIn {
  readonly officer: OfficerRecord;
  /** When they proved there who they are; long ago where it does not say. */
  readonly provedAt: EpochMs;
  /** What was to be kept for the way back. */
  readonly page: string;
}

/** A ministry's sign-in (OpenID Connect Core 1.0): it says who somebody is, and this office what they may do. */
export interface OidcDesk {
  readonly label: string;
  /**
   * Where the browser goes, and the secret that binds the going to it. `again` asks the ministry to have the person prove
   * who they are although they are signed in there.
   *
   * @throws OfficeError OFFICE_OIDC_FAILED.
   */
  readonly begin: (way: {
    readonly again: boolean;
    readonly page: string;
  }) => Promise<{ readonly address: string; readonly secret: string }>;
  /**
   * Who came back with that query. Somebody the office has no account for is let in by nobody's word.
   *
   * @throws AccessError ACCESS_SIGN_IN_REFUSED; OfficeError OFFICE_CHALLENGE_INVALID, OFFICE_OIDC_FAILED.
   */
  readonly finish: (secret: string | undefined, query: string) => Promise<MinistrySignIn>;
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
  const open = challenges<{
    readonly verifier: string;
    readonly state: string;
    readonly nonce: string;
    readonly page: string;
  }>(clock);
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
    begin: async ({ again, page }) => {
      const known = await issuer();
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
        await library();
      const kept = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce(), page };
      const address = buildAuthorizationUrl(known, {
        redirect_uri: redirect(),
        scope: 'openid',
        response_type: 'code',
        code_challenge: await calculatePKCECodeChallenge(kept.verifier),
        code_challenge_method: 'S256',
        state: kept.state,
        nonce: kept.nonce,
        // OpenID Connect Core §3.1.2.1; with max_age the answer has to say when it was.
        ...(again ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { address: address.href, secret: open.begin(kept) };
    },
    finish: async (secret, query) => {
      const { verifier, state, nonce, page } = open.take(secret);
      const known = await issuer();
      const { authorizationCodeGrant } = await library();
      let claims: { readonly sub?: string; readonly auth_time?: number } | undefined;
      try {
        const tokens = await authorizationCodeGrant(known, new URL(`${redirect()}?${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        claims = tokens.claims();
      } catch (cause) {
        parts.failed(cause);
        throw new AccessError('ACCESS_SIGN_IN_REFUSED', { cause });
      }
      const subject = claims?.sub;
      const officer = [...officers.table().officers.values()].find(({ oidcSubject }) => oidcSubject === subject);
      if (subject === undefined || officer === undefined || isDisabled(officer, clock.now()))
        throw new AccessError('ACCESS_SIGN_IN_REFUSED');
      const provedAt = Math.min((claims?.auth_time ?? 0) * 1000, clock.now()) as EpochMs;
      return { officer, provedAt, page };
    },
  };
}
