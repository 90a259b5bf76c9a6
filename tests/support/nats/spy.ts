import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { type NkeyUser, newNkeyUser } from '../../../services/core/bus/index.ts';

/** Listens to everything in one account of a server, from inside. */
export interface Spy {
  readonly account: string;
  /** Subjects under which a payload with this marker was seen. */
  readonly sawMarker: (marker: string) => readonly string[];
  readonly subjects: () => readonly string[];
  /** Everything published before has been seen. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Adds to each of `accounts` a local user that may listen to all of it; nothing is taken away or opened to a link. */
export function withSpies(accounts: readonly string[]): {
  readonly alter: (config: string) => string;
  readonly keys: ReadonlyMap<string, NkeyUser>;
} {
  const keys = new Map(accounts.map((account) => [account, newNkeyUser()]));
  const alter = (config: string): string =>
    [...keys].reduce((text, [account, key]) => {
      const user = `{ nkey: ${key.publicKey}, allowed_connection_types: ["STANDARD"] }`;
      const altered = text.replace(new RegExp(`(\\n\\s*${account} \\{[^[]*users: \\[)`), `$1\n${user}\n`);
      if (altered === text) throw new Error(`the configuration has no account ${account}`);
      return altered;
    }, config);
  return { alter, keys };
}

/** Signs in as the spy of `account` and begins to listen. */
export async function openSpy(clientUrl: string, account: string, key: NkeyUser): Promise<Spy> {
  const nats: NatsConnection = await connect({
    servers: [clientUrl],
    authenticator: nkeyAuthenticator(Buffer.from(key.seed)),
    maxReconnectAttempts: -1,
  });
  const seen: { subject: string; text: string }[] = [];
  nats.subscribe('>', {
    callback: (error, message) => {
      if (error === null) seen.push({ subject: message.subject, text: Buffer.from(message.data).toString('latin1') });
    },
  });
  await nats.flush();
  return {
    account,
    sawMarker: (marker) => seen.filter((each) => each.text.includes(marker)).map((each) => each.subject),
    subjects: () => seen.map((each) => each.subject),
    settle: () => nats.flush(),
    close: () => nats.close(),
  };
}
