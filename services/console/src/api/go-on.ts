import type { Problem } from './problem.ts';
import { askForProof } from './proof.ts';
import { csrfToken, type Session, sessionEnded, sessionFound } from './session.ts';

/** Where a page learns whose session its browser has. */
export const SESSION = '/v1/session';

/**
 * Whether what the node refused may be asked once more: the person proved who they are, or the session goes on under
 * another word since another page of theirs renewed it. Otherwise the page says over itself what is the matter.
 */
export async function goesOn(problem: Problem, path: string, said: string | undefined): Promise<boolean> {
  if (problem.code === 'ACCESS_PROOF_NEEDED') return await askForProof();
  if (!isAboutSession(problem) || path.startsWith('/v1/sign-in')) return false;
  if (path === SESSION) {
    if (problem.status === 401) sessionEnded();
    return false;
  }
  return (said !== undefined && csrfToken() !== said) || (await stillHere());
}

/** Whether the node says by it that the browser has no session, or another one than the page's. */
function isAboutSession({ status, code }: Problem): boolean {
  // A passkey that was asked for too long ago ends no session.
  return code === 'OFFICE_CSRF_REFUSED' || (status === 401 && code !== 'OFFICE_CHALLENGE_INVALID');
}

let looking: Promise<boolean> | undefined;

/** Asks the node whose session the browser has; whether it is still the one's whose page this is. */
export function stillHere(): Promise<boolean> {
  looking ??= look().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function look(): Promise<boolean> {
  const response = await fetch(SESSION, { credentials: 'same-origin', redirect: 'error' }).catch(() => undefined);
  if (response?.status === 401) sessionEnded();
  return response?.ok === true && sessionFound((await response.json()) as Session);
}
