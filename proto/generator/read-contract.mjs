// Reads the .proto files of liaison.v1 into one plain model: enums and messages with their options resolved. Whatever
// it does not understand is an error, because protobufjs itself accepts a misspelt option in silence.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';

const PACKAGE = 'liaison.v1';
const FOLDER = 'liaison/v1';
const FIELD_OPTIONS = ['data_category', 'rule'];
const MESSAGE_OPTIONS = ['value', 'body'];
const KINDS = ['bool', 'int32', 'uint32', 'int64', 'uint64', 'double', 'string', 'bytes'];

/** An error that names the place in the contract. */
export function fail(where, why) {
  throw new Error(`${where} ${why}`);
}

/** `data_category` as protobufjs names it in TypeScript and JSON: `dataCategory`. */
export function camel(text) {
  return text.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

function optionsOf(node, known) {
  const found = {};
  for (const parsed of node.parsedOptions ?? []) {
    for (const [key, value] of Object.entries(parsed)) {
      const name = key
        .replace(`(.${PACKAGE}.`, '(')
        .replace(`(${PACKAGE}.`, '(')
        .replace(/^\((.*)\)$/, '$1');
      if (!known.includes(name)) fail(node.fullName, `has an option that is not used here: ${key}`);
      if (name in found) fail(node.fullName, `has the option ${name} twice`);
      found[name] = value;
    }
  }
  return found;
}

function textOf(comment) {
  return comment
    ? comment
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
    : '';
}

function ruleOf(root, field, raw) {
  if (raw === undefined) return undefined;
  const type = root.lookupType(`${PACKAGE}.FieldRule`);
  const rule = {};
  for (const [key, value] of Object.entries(raw)) {
    const member = type.fields[key];
    if (member === undefined) fail(field.fullName, `has an unknown rule: ${key}`);
    const isText = member.type === 'string' || member.resolvedType !== null;
    const wanted = member.type === 'bool' ? 'boolean' : isText ? 'string' : 'number';
    if (typeof value !== wanted) fail(field.fullName, `has a rule ${key} that is not a ${wanted}`);
    if (member.resolvedType !== null && !(member.resolvedType.values[value] > 0))
      fail(field.fullName, `has an unknown format: ${value}`);
    rule[camel(key)] = member.type === 'string' ? camel(value) : value;
  }
  return rule;
}

function kindOf(field) {
  const resolved = field.resolvedType;
  if (resolved === null)
    return KINDS.includes(field.type)
      ? field.type
      : fail(field.fullName, `has a type that is not used here: ${field.type}`);
  if (resolved instanceof protobuf.Enum) return 'enum';
  return resolved.fullName === '.google.protobuf.Timestamp' ? 'timestamp' : 'message';
}

function readField(root, field) {
  if (field.map) fail(field.fullName, 'is a map; no maps in signed messages');
  if (field.options?.proto3_optional) fail(field.fullName, 'is optional; presence of a plain field says nothing here');
  const options = optionsOf(field, FIELD_OPTIONS);
  const kind = kindOf(field);
  const category = options.data_category;
  const categories = root.lookupEnum(`${PACKAGE}.DataCategory`).values;
  if (category !== undefined && !(categories[category] > 0))
    fail(field.fullName, `has an unknown data_category: ${category}`);
  return {
    where: field.fullName,
    name: camel(field.name),
    id: field.id,
    kind,
    repeated: field.repeated,
    typeName: kind === 'enum' || kind === 'message' ? field.resolvedType.name : '',
    oneof: field.partOf ? camel(field.partOf.name) : '',
    category: category === undefined ? 0 : categories[category],
    rule: ruleOf(root, field, options.rule),
    comment: textOf(field.comment),
  };
}

function readMessage(root, type) {
  if (type.nestedArray.length > 0) fail(type.fullName, 'holds nested types; every type has a name of its own');
  const options = optionsOf(type, MESSAGE_OPTIONS);
  const kinds = root.lookupEnum(`${PACKAGE}.MessageKind`).values;
  if (options.body !== undefined && !(kinds[options.body] > 0))
    fail(type.fullName, `has an unknown body kind: ${options.body}`);
  return {
    where: type.fullName,
    name: type.name,
    value: options.value === true,
    body: options.body === undefined ? 0 : kinds[options.body],
    container: false,
    comment: textOf(type.comment),
    fields: type.fieldsArray.map((field) => readField(root, field)).sort((a, b) => a.id - b.id),
  };
}

function readEnum(node) {
  const prefix = `${node.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_`;
  const values = Object.entries(node.values).map(([name, number]) => {
    if (!name.startsWith(prefix)) fail(node.fullName, `has a value without its prefix: ${name}`);
    return { name, short: name.slice(prefix.length), number, comment: textOf(node.comments[name]) };
  });
  if (values[0]?.number !== 0 || values[0].short !== 'UNSPECIFIED')
    fail(node.fullName, 'does not begin with its _UNSPECIFIED value');
  return { where: node.fullName, name: node.name, comment: textOf(node.comment), values };
}

/** The model of the contract in `folder` (which holds liaison/v1). */
export function readContract(folder) {
  const root = new protobuf.Root();
  const wellKnown = dirname(createRequire(import.meta.url).resolve('protobufjs/package.json'));
  root.resolvePath = (_origin, target) => join(target.startsWith('google/') ? wellKnown : folder, target);
  const files = readdirSync(join(folder, FOLDER))
    .filter((name) => name.endsWith('.proto'))
    .sort();
  root.loadSync(
    files.map((name) => `${FOLDER}/${name}`),
    { alternateCommentMode: true, keepCase: true },
  );
  root.resolveAll();
  const nodes = root.lookup(PACKAGE).nestedArray;
  return {
    enums: nodes.filter((node) => node instanceof protobuf.Enum).map(readEnum),
    messages: nodes.filter((node) => node instanceof protobuf.Type).map((type) => readMessage(root, type)),
  };
}
