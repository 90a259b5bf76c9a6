import type { Clock, EpochMs, OfficeId } from '../../core/foundation/index.ts';
import { type HubPull, hubReplyCodec, type SignedHubHead } from '../../core/wire/index.ts';
import type { HubLogEntry } from '../log/entry.ts';
import type { HubLog } from '../log/hub-log.ts';
import type { HubTrust } from '../trust/hub-trust.ts';
import type { EntryBytes } from './entry-bytes.ts';
import type { Statuses } from './statuses.ts';
import type { WhoGets } from './who-gets.ts';

/** Offices that ask for what is new, each answered as soon as there is something for it. */
export interface Pulls {
  readonly take: (office: OfficeId, pull: HubPull, answer: (reply: Uint8Array) => void) => void;
  /** Answers those whom one of these entries is for. */
  readonly wake: (entries: readonly HubLogEntry[]) => void;
  /** Answers all of an office, of a nation's offices, or everybody. */
  readonly release: (whose?: (office: OfficeId) => boolean) => void;
  readonly waiting: () => number;
}

/** What pulls are answered from. */
export interface PullParts {
  readonly log: HubLog;
  readonly gets: WhoGets;
  readonly bytes: EntryBytes;
  readonly statuses: Statuses;
  readonly trust: HubTrust;
  readonly head: () => Promise<SignedHubHead>;
  readonly clock: Clock;
  /** A bug of ours, or a store that does not answer: the office asks again. */
  readonly onFailure: (office: OfficeId, error: unknown) => void;
}

/** The longest that an answer is put off; well below the time for which the server lets it be given. */
export const MAX_WAIT_MS = 25_000;
const MAX_REPLY_BYTES = 1024 * 1024;
const MAX_ENTRIES = 512;
/** So many entries are looked through for one answer; it says how far that was. */
const MAX_LOOKED_THROUGH = 20_000;
const MAX_WAITING_OF_OFFICE = 2;
/** While one thing follows another, those who wait are answered together and not for each of them: the more of them, the more seldom. */
const GATHER_MS_PER_ANSWER = 4;
const MIN_GATHER_MS = 50;
const MAX_GATHER_MS = 300;

interface Waiting {
  readonly office: OfficeId;
  readonly pull: HubPull;
  readonly answer: (reply: Uint8Array) => void;
  readonly timer: NodeJS.Timeout;
}

/** Nobody waits yet. */
export function openPulls(parts: PullParts): Pulls {
  const { gets, clock } = parts;
  const waiting = new Map<OfficeId, Waiting[]>();
  const headBytesOf = headBytes();

  const end = (one: Waiting): void => {
    clearTimeout(one.timer);
    const left = (waiting.get(one.office) ?? []).filter((each) => each !== one);
    if (left.length === 0) waiting.delete(one.office);
    else waiting.set(one.office, left);
    reply(one);
  };
  const reply = ({ office, pull, answer }: Pick<Waiting, 'office' | 'pull' | 'answer'>): void => {
    replyTo(parts, office, pull, headBytesOf).then(answer, (error: unknown) => parts.onFailure(office, error));
  };
  const everyone = (): readonly Waiting[] => [...waiting.values()].flat();

  let gathered: HubLogEntry[] = [];
  let gathering: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const entries = gathered;
    gathered = [];
    const told = everyone().filter((one) => entries.some((entry) => gets.isFor(one.office, entry)));
    const gatherMs = Math.min(Math.max(told.length * GATHER_MS_PER_ANSWER, MIN_GATHER_MS), MAX_GATHER_MS);
    gathering = entries.length === 0 ? undefined : setTimeout(tell, gatherMs);
    for (const one of told) end(one);
  };

  return {
    take: (office, pull, answer) => {
      const waitMs = Math.min(pull.waitMs, MAX_WAIT_MS);
      if (waitMs === 0 || hasNews(parts, office, pull)) return reply({ office, pull, answer });
      const own = waiting.get(office) ?? [];
      // Whoever asks anew has given up on the question before.
      const [oldest] = own;
      if (oldest !== undefined && own.length >= MAX_WAITING_OF_OFFICE) end(oldest);
      const one: Waiting = { office, pull, answer, timer: setTimeout(() => end(one), waitMs) };
      waiting.set(office, [...(waiting.get(office) ?? []), one]);
    },
    wake: (entries) => {
      gathered.push(...entries);
      // The first after a while is told at once.
      if (gathering === undefined) tell();
    },
    release: (whose = () => true) => {
      for (const one of everyone()) if (whose(one.office)) end(one);
    },
    waiting: () => everyone().length,
  };

  function hasNews({ trust }: PullParts, office: OfficeId, pull: HubPull): boolean {
    if (newerDirectories(trust, office, pull, clock.now()).length > 0) return true;
    const [first] = chosen(parts, office, pull.after).entries;
    // What is being gathered is told with the rest of it.
    return first !== undefined && first.sequence < (gathered[0]?.sequence ?? Number.POSITIVE_INFINITY);
  }
}

/** The entries after that one which are for the office, and how far was looked. */
function chosen(
  { log, gets }: Pick<PullParts, 'log' | 'gets'>,
  office: OfficeId,
  after: number,
): { readonly entries: readonly HubLogEntry[]; readonly through: number } {
  const entries: HubLogEntry[] = [];
  const last = Math.min(log.state.size(), after + MAX_LOOKED_THROUGH);
  for (let sequence = after + 1; sequence <= last; sequence++) {
    const entry = log.state.at(sequence);
    if (entry === undefined) break;
    if (gets.isFor(office, entry) && !log.isGone(entry)) entries.push(entry);
    if (entries.length === MAX_ENTRIES) return { entries, through: sequence };
  }
  return { entries, through: last };
}

/** The field of a reply with the head, encoded once for all who are told while the log does not grow. */
function headBytes(): (head: SignedHubHead) => Uint8Array {
  const known = new WeakMap<SignedHubHead, Uint8Array>();
  return (head) => {
    const bytes = known.get(head) ?? hubReplyCodec.encode({ head });
    known.set(head, bytes);
    return bytes;
  };
}

async function replyTo(
  parts: PullParts,
  office: OfficeId,
  pull: HubPull,
  headBytesOf: (head: SignedHubHead) => Uint8Array,
): Promise<Uint8Array> {
  const { log, bytes, trust, clock } = parts;
  const found = chosen(parts, office, pull.after);
  const maxBytes = Math.min(Math.max(pull.maxBytes, 1), MAX_REPLY_BYTES);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let through = Math.max(found.through, Math.min(pull.after, log.state.size()));
  for (const entry of found.entries) {
    const piece = await bytes.of(entry);
    if (piece === undefined) continue;
    if (pieces.length > 0 && size + piece.length > maxBytes) {
      through = entry.sequence - 1;
      break;
    }
    pieces.push(piece);
    size += piece.length;
  }
  const now = clock.now();
  const tail = hubReplyCodec.encode({
    through,
    statuses: [...parts.statuses.handTo(office, parts.gets.nationsOf(office))],
    directories: newerDirectories(trust, office, pull, now),
  });
  return Buffer.concat([...pieces, tail, headBytesOf(await parts.head())]);
}

function newerDirectories(trust: HubTrust, office: OfficeId, pull: HubPull, now: EpochMs): Uint8Array[] {
  const held = new Map(pull.directories.map(({ nation, sequence }) => [nation, sequence]));
  const nations = new Set(
    [...trust.agreements().values()]
      .filter(({ nationOfOffice, validUntilMs }) => nationOfOffice.has(office) && validUntilMs > now)
      .flatMap(({ parties }) => [...parties.keys()]),
  );
  return [...trust.directories().values()]
    .filter(({ nation, directory }) => nations.has(nation) && directory.sequence > (held.get(nation) ?? 0))
    .map(({ document }) => document.bytes);
}
