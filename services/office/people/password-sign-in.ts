import {
  AccessError,
  hasEnded,
  isDisabled,
  isPrincipalName,
  type LockOut,
  type OfficerRecord,
  type PasswordCost,
  type PrincipalName,
  verifyPassword,
} from '../../core/access/index.ts';
import type { Clock } from '../../core/foundation/index.ts';
import { OfficerAct } from '../../core/wire/index.ts';
import { OfficeError } from '../errors.ts';
import { actOf, type RecordActs } from './officer-acts.ts';
import type { OfficersKeeper } from './officers-keeper.ts';

/** A name and a password, and where they came from. */
export interface Attempt {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** Checks passwords; each takes the same time, whoever it is about. */
export interface PasswordCheck {
  /**
   * The officer of that name, whose password it is.
   *
   * @throws AccessError ACCESS_LOCKED_OUT, ACCESS_SIGN_IN_REFUSED, ACCESS_PASSWORD_ENDED; OfficeError OFFICE_RATE_EXCEEDED.
   */
  readonly officerOf: (attempt: Attempt) => Promise<OfficerRecord>;
  /** Runs a piece of hashing work when its turn has come. @throws OfficeError OFFICE_RATE_EXCEEDED. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** So many wait for the one that is being hashed: hashing takes much memory, and should. */
const MOST_WAITING = 16;

/** A check over the people as they are now. */
export function passwordCheck(parts: {
  readonly officers: OfficersKeeper;
  readonly lockOut: LockOut;
  readonly record: RecordActs;
  readonly clock: Clock;
  readonly cost: PasswordCost;
}): PasswordCheck {
  const { officers, lockOut, clock } = parts;
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING) throw new OfficeError('OFFICE_RATE_EXCEEDED', { context: { retryAfterSeconds: 5 } });
    waiting++;
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting--;
    }
  };
  const assertNotLocked = ({ name, address }: Attempt): void => {
    const wait = lockOut.waitSeconds(name, address, clock.now());
    if (wait > 0) throw new AccessError('ACCESS_LOCKED_OUT', { context: { retryAfterSeconds: wait } });
  };
  return {
    inTurn,
    officerOf: (attempt) => {
      assertNotLocked(attempt);
      return inTurn(async () => {
        // Asked again: whoever sent many at once must not have them all tried.
        assertNotLocked(attempt);
        const { name, password, address } = attempt;
        const officer = officers.table().officers.get(name as PrincipalName);
        const usable = officer === undefined || isDisabled(officer, clock.now()) ? undefined : officer;
        const isRight = await verifyPassword(password, usable?.password, parts.cost);
        if (usable !== undefined && isRight) {
          // Neither a success, which would forget the wrong ones counted so far, nor one of them.
          if (hasEnded(usable, clock.now())) throw new AccessError('ACCESS_PASSWORD_ENDED');
          lockOut.succeeded(name);
          return usable;
        }
        const isLocked = lockOut.failed(isPrincipalName(name) ? name : '', address, clock.now());
        // Only of accounts that there are: what somebody types as a name may be anything.
        if (isLocked && officer !== undefined) await parts.record([actOf(officer.name, OfficerAct.LOCKED_OUT)], 'node');
        throw new AccessError('ACCESS_SIGN_IN_REFUSED');
      });
    },
  };
}
