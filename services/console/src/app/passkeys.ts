import { type Session, send } from '../api/index.ts';

/** Whether this browser and this address can use passkeys. */
export function passkeysWork(): boolean {
  return 'PublicKeyCredential' in window && window.isSecureContext;
}

/** Signs in with a passkey of this device; the library is loaded only then. @throws ProblemError, DOMException */
export async function signInWithPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON =
    await send<Parameters<typeof startAuthentication>[0]['optionsJSON']>('/v1/sign-in/passkey/options');
  await send('/v1/sign-in/passkey', { body: await startAuthentication({ optionsJSON }) });
}

/** Proves with a passkey of theirs that it is still who is signed in. @throws ProblemError, DOMException */
export async function proveWithPasskey(): Promise<Session> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = await send<Parameters<typeof startAuthentication>[0]['optionsJSON']>(
    '/v1/session/proof/passkey/options',
  );
  return await send<Session>('/v1/session/proof/passkey', { body: await startAuthentication({ optionsJSON }) });
}

/** Whether the person or the device said no; that is no problem of the office. */
export function isDeviceRefusal(error: unknown): boolean {
  return error instanceof DOMException || (error instanceof Error && error.name === 'WebAuthnError');
}

/** Makes a passkey for who is signed in. @throws ProblemError, DOMException */
export async function addPasskey(label: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON =
    await send<Parameters<typeof startRegistration>[0]['optionsJSON']>('/v1/session/passkeys/options');
  await send('/v1/session/passkeys', { body: { label, response: await startRegistration({ optionsJSON }) } });
}
