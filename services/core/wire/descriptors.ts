import { enumDescriptors, messageDescriptors } from './__generated__/descriptors.ts';
import type { EnumDescriptor, FieldDescriptor, MessageDescriptor } from './types.ts';

const messages = new Map(messageDescriptors.map((message) => [message.name, message]));
const fields = new Map(
  messageDescriptors.map((message) => [message.name, new Map(message.fields.map((field) => [field.name, field]))]),
);
const enums = new Map(enumDescriptors.map((list) => [list.name, list]));

/** What the contract says of that message. @throws TypeError for a name it does not have: a bug of ours. */
export function describeMessage(name: string): MessageDescriptor {
  const found = messages.get(name);
  if (found === undefined) throw new TypeError(`the contract has no message ${name}`);
  return found;
}

/** The field of that name of a message; undefined where it has none. */
export function describeField(messageName: string, name: string): FieldDescriptor | undefined {
  return fields.get(messageName)?.get(name);
}

/** What the contract says of that code list. @throws TypeError for a name it does not have: a bug of ours. */
export function describeEnum(name: string): EnumDescriptor {
  const found = enums.get(name);
  if (found === undefined) throw new TypeError(`the contract has no code list ${name}`);
  return found;
}

/** The name of the message that envelopes of this kind hold; undefined for a number that the contract does not have. */
export function messageNameOfKind(kind: number): string | undefined {
  return kind === 0 ? undefined : messageDescriptors.find((message) => message.body === kind)?.name;
}
