/** An event of the office, as far as it is looked at here. */
interface Told {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Whether something happened to that message itself. */
export function isAbout({ facts }: Told, id: string): boolean {
  return facts['envelopeId'] === id;
}

/** Whether a message came or went that may update, cancel or call back one of that office. */
export function mayReplace({ type, facts }: Told, origin: string): boolean {
  return (type === 'delivered' || type === 'accepted' || type === 'recalled') && facts['origin'] === origin;
}
