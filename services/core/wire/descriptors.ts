import { enumDescriptors, messageDescriptors } from './__generated__/descriptors.ts';
import type { EnumDescriptor, MessageDescriptor } from './types.ts';

const messages = new Map(messageDescriptors.map((message) => [message.name, message]));
const enums = new Map(enumDescriptors.map((list) => [list.name, list]));

/** What the contract says of that message. @throws Error for a name it does not have: a bug of ours. */
export function describeMessage(name: string): MessageDescriptor {
  const found = messages.get(name);
  if (found === undefined) throw new Error(`the contract has no message ${name}`);
  return found;
}

/** What the contract says of that code list. @throws Error for a name it does not have: a bug of ours. */
export function describeEnum(name: string): EnumDescriptor {
  const found = enums.get(name);
  if (found === undefined) throw new Error(`the contract has no code list ${name}`);
  return found;
}

/** The name of the message that envelopes of this kind hold; undefined for a number that the contract does not have. */
export function messageNameOfKind(kind: number): string | undefined {
  return kind === 0 ? undefined : messageDescriptors.find((message) => message.body === kind)?.name;
}
