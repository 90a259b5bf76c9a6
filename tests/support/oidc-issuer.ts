import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

/** What the issuer can be told to get wrong. */
export interface IssuerFault {
  readonly nonce?: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** Signs with a key that it does not publish. */
  readonly strangeKey?: true;
  readonly expired?: true;
  /** It says nothing of when the person proved who they are. */
  readonly silent?: true;
}

/** A small OpenID Connect issuer on loopback: discovery, keys, code flow with PKCE, and nothing else. */
export interface OidcIssuer {
  readonly url: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Somebody signs in there, at that time, or did before: where it sends their browser back to. */
  readonly signIn: (authorization: string, subject: string, fault?: IssuerFault, authTimeMs?: number) => URL;
}

interface Grant {
  readonly subject: string;
  readonly challenge: string;
  readonly redirect: string;
  readonly nonce: string;
  readonly fault: IssuerFault;
  readonly authTimeMs: number;
}

/** An issuer that ends with the test. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const strange = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'ES256' };
  const clientId = 'liaison-office';
  const clientSecret = randomBytes(24).toString('base64url');
  const grants = new Map<string, Grant>();
  let issuer = '';

  const idToken = ({ subject, nonce, fault, authTimeMs }: Grant): Promise<string> =>
    new SignJWT({
      nonce: fault.nonce ?? nonce,
      ...(fault.silent === true ? {} : { auth_time: Math.floor(authTimeMs / 1000) }),
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(fault.issuer ?? issuer)
      .setAudience(fault.audience ?? clientId)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(fault.expired === true ? Math.floor(Date.now() / 1000) - 3600 : '5m')
      .sign(fault.strangeKey === true ? strange.privateKey : privateKey);

  const token = async (request: IncomingMessage): Promise<object | undefined> => {
    const form = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    if (
      grant === undefined ||
      !isClient ||
      challenge !== grant.challenge ||
      form.get('redirect_uri') !== grant.redirect
    )
      return undefined;
    return { access_token: 'a', token_type: 'bearer', id_token: await idToken(grant) };
  };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname === '/.well-known/openid-configuration')
      return send(response, 200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
        code_challenge_methods_supported: ['S256'],
      });
    if (pathname === '/keys') return send(response, 200, { keys: [jwk] });
    const answer = pathname === '/token' ? await token(request) : undefined;
    return answer === undefined ? send(response, 400, { error: 'invalid_grant' }) : send(response, 200, answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: new URL(issuer),
    clientId,
    clientSecret,
    signIn: (authorization, subject, fault = {}, authTimeMs = Date.now()) => {
      const { searchParams } = new URL(authorization);
      const asked = (name: string): string => searchParams.get(name) ?? '';
      if (
        asked('response_type') !== 'code' ||
        asked('code_challenge_method') !== 'S256' ||
        asked('client_id') !== clientId
      )
        throw new TypeError('not a request of this client');
      const code = randomBytes(16).toString('base64url');
      const redirect = asked('redirect_uri');
      const challenge = asked('code_challenge');
      grants.set(code, { subject, challenge, redirect, nonce: asked('nonce'), fault, authTimeMs });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked('state'));
      // Issuers add what they like.
      back.searchParams.set('session_state', 'x');
      return back;
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
