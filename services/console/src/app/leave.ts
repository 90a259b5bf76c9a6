import { type Problem, problemFrom, type Session, type SessionState, sessionIn } from '../api/index.ts';

/**
 * Ends the session and forgets what the page holds. Why not, where the node did not end it: whoever walks away must not
 * believe that they are signed out while the browser still has a session that a reload goes on with.
 */
export async function leave(
  end: () => Promise<unknown>,
  forget: () => void | Promise<void>,
): Promise<Problem | undefined> {
  try {
    await end();
  } catch (error) {
    const problem = problemFrom(error);
    // Without a session there is none to end.
    if (problem.status !== 401) return problem;
  }
  await forget();
  return undefined;
}

/** Whether the page is somebody else's: what they saw and typed is not for who came. */
export function isSomebodyElse(before: SessionState, next: Session): boolean {
  const own = sessionIn(before);
  return own !== undefined && own.officer.name !== next.officer.name;
}

/** Begins the page anew: nothing that anybody saw or typed on it is left, in its memory or for its tab. */
export function beginAnew(): void {
  sessionStorage.clear();
  location.replace('/console/');
}
