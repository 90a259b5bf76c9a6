/** What nodes say to each other in a joint operation; officers read what follows from it. */
const OF_NODES = /^MESSAGE_KIND_(OPERATION_(CHARTER|ACT|GAP)|ATTACHMENT_CHUNK)$/;

/**
 * The messages that officers fill in or read, with whatever those hold, in the order of the contract: what submissions
 * are handed in as, and the bodies of all kinds of messages.
 */
export function shownMessages({ enums, messages }) {
  const kinds = enums.find(({ name }) => name === 'MessageKind')?.values ?? [];
  const ofNodes = new Set(kinds.filter(({ name }) => OF_NODES.test(name)).map(({ number }) => number));
  const isShown = ({ name, body }) => name.endsWith('Submission') || (body > 0 && !ofNodes.has(body));
  const byName = new Map(messages.map((message) => [message.name, message]));
  const found = new Set();
  const visit = (message) => {
    if (message === undefined || found.has(message)) return;
    found.add(message);
    for (const field of message.fields) visit(byName.get(field.typeName));
  };
  for (const message of messages) if (isShown(message)) visit(message);
  return messages.filter((message) => found.has(message));
}
