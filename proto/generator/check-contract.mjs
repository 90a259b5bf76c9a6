// What the contract must satisfy beyond being valid protobuf. Each rule is a build error, so that no field can be added
// that the gates, the validation or the decoder do not know how to bound.
import { fail } from './read-contract.mjs';
import { shownMessages } from './shown-messages.mjs';

const CORE = 1;
/** What people and systems write as JSON text. */
const JSON_DOCUMENTS = ['Directory', 'Agreement', 'Charter'];
const BOUNDING_FORMATS = [
  'STRING_FORMAT_NATION',
  'STRING_FORMAT_OFFICE',
  'STRING_FORMAT_LANGUAGE',
  'STRING_FORMAT_ENVELOPE_ID',
];

/** Marks what is walked into from a body; every field of it has a category, and one that is walked into is CORE. */
function markContainers(contract, byName) {
  const walk = (message) => {
    if (message.container) return;
    if (message.value) fail(message.where, 'is a value and cannot be walked into');
    message.container = true;
    for (const field of message.fields) {
      if (field.category === 0) fail(field.where, 'has no data_category');
      if (field.kind !== 'message' || byName.get(field.typeName).value) continue;
      if (field.category !== CORE) fail(field.where, 'is walked into, so its own category must be CORE');
      walk(byName.get(field.typeName));
    }
  };
  for (const message of contract.messages) if (message.body !== 0) walk(message);
  for (const message of contract.messages) {
    if (message.container) continue;
    for (const field of message.fields)
      if (field.category !== 0) fail(field.where, 'has a data_category but belongs to no body');
  }
}

function checkValues(contract, byName) {
  for (const message of contract.messages) {
    if (!message.value) continue;
    for (const field of message.fields) {
      if (field.kind === 'message' && !byName.get(field.typeName).value)
        fail(field.where, 'belongs to a value, so its message must be a value too');
    }
  }
}

function checkNoLoop(contract, byName) {
  const walk = (message, above) => {
    if (above.includes(message)) fail(message.where, 'contains itself; depth would have no bound');
    for (const field of message.fields)
      if (field.kind === 'message') walk(byName.get(field.typeName), [...above, message]);
  };
  for (const message of contract.messages) walk(message, []);
}

function checkRule(message, field) {
  const rule = field.rule ?? {};
  const isText = field.kind === 'string';
  if (rule.format !== undefined && !isText) fail(field.where, 'has a format but is no string');
  if (rule.maxLength !== undefined && !isText && field.kind !== 'bytes')
    fail(field.where, 'has a max_length but is neither string nor bytes');
  if (rule.maxItems !== undefined && !field.repeated) fail(field.where, 'has max_items but is no list');
  if (rule.hasRange !== true && (rule.minimum !== undefined || rule.maximum !== undefined))
    fail(field.where, 'has bounds without has_range');
  if (rule.hasRange === true && !['int32', 'uint32', 'int64', 'uint64', 'double'].includes(field.kind))
    fail(field.where, 'has a range but is no number');
  if (rule.unique === true && (!field.repeated || field.kind === 'message'))
    fail(field.where, 'is unique but no list of plain values');
  if (rule.requiredWith !== undefined && !message.fields.some((other) => other.name === rule.requiredWith))
    fail(field.where, `is required with an unknown field: ${rule.requiredWith}`);
  if (field.repeated && rule.maxItems === undefined) fail(field.where, 'is a list without max_items');
}

/** In a body, and in what is written as JSON, every text is bounded. */
function checkBounded(contract, byName) {
  const seen = new Set();
  const walk = (message) => {
    if (seen.has(message)) return;
    seen.add(message);
    for (const field of message.fields) {
      const bounded = field.rule?.maxLength !== undefined || BOUNDING_FORMATS.includes(field.rule?.format);
      if ((field.kind === 'string' || field.kind === 'bytes') && !bounded)
        fail(field.where, 'has no max_length and no format that bounds it');
      if (field.kind === 'message') walk(byName.get(field.typeName));
    }
  };
  for (const name of JSON_DOCUMENTS) if (byName.has(name)) walk(byName.get(name));
  for (const message of contract.messages) if (message.name.endsWith('Submission')) walk(message);
  for (const message of contract.messages) if (message.container) walk(message);
}

function checkOneofs(contract) {
  for (const message of contract.messages) {
    for (const field of message.fields) {
      if (field.oneof !== '' && field.kind !== 'message')
        fail(field.where, 'stands in a oneof but is no message, so its presence could not be told');
    }
  }
}

/** The decoder notes in one 32-bit number which plain fields it has seen. */
function checkFieldCount(contract) {
  for (const message of contract.messages) {
    const slots = new Set(message.fields.filter((field) => !field.repeated).map((field) => field.oneof || field.name));
    if (slots.size > 31) fail(message.where, 'has more than 31 plain fields');
  }
}

function checkBodies(contract) {
  const kinds = contract.enums.find((node) => node.name === 'MessageKind')?.values ?? [];
  for (const { name, number } of kinds) {
    const bodies = contract.messages.filter((message) => message.body === number);
    if (number !== 0 && bodies.length !== 1) fail(name, `is the kind of ${bodies.length} messages instead of one`);
  }
}

/** Checks `contract` and marks its containers. @throws Error that names the place. */
export function checkContract(contract) {
  const byName = new Map(contract.messages.map((message) => [message.name, message]));
  checkNoLoop(contract, byName);
  markContainers(contract, byName);
  checkValues(contract, byName);
  checkOneofs(contract);
  checkBodies(contract);
  checkFieldCount(contract);
  for (const message of contract.messages) for (const field of message.fields) checkRule(message, field);
  checkBounded(contract, byName);
}

/**
 * Checks that English has a label for every field that an officer fills in or reads. Other languages are checked where
 * they are written. @throws Error that names the place.
 */
export function checkLabels(contract, labels) {
  const english = labels.find(({ language }) => language === 'en');
  for (const message of shownMessages(contract))
    for (const field of message.fields)
      if (!english?.fields?.[message.name]?.[field.name]) fail(field.where, 'has no label in labels/en.json');
}
