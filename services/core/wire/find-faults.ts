import { describeMessage } from './descriptors.ts';
import { FaultList, type JsonFault } from './json-faults.ts';
import type { PlainMessage } from './reflection.ts';
import { characterCount, FREE_TEXT, TEXT_FORMATS } from './text-formats.ts';
import { daysInMonth, isTimestamp } from './timestamps.ts';
import type { FieldDescriptor, MessageDescriptor, RuleDescriptor } from './types.ts';

/** Stands where a value could not be read, which was told already. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

function isThere(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false || value === UNREADABLE)
    return false;
  return typeof value !== 'object' || (value as { length?: number }).length !== 0;
}

function checkText(at: string, text: string, rule: RuleDescriptor, list: FaultList): void {
  const format = TEXT_FORMATS[rule.format ?? ''] ?? FREE_TEXT;
  const most = rule.maxLength ?? Number.POSITIVE_INFINITY;
  if (text.length > most && characterCount(text) > most)
    list.add(at, 'too-long', `must have at most ${most} characters`);
  else if (text.length > (format.maxLength ?? text.length) || !format.pattern.test(text))
    list.add(at, format === FREE_TEXT ? 'text-invalid' : 'format-wrong', `must be ${format.says}`);
}

function checkNumber(at: string, value: number, rule: RuleDescriptor, list: FaultList): void {
  if (!Number.isFinite(value)) list.add(at, 'number-invalid', 'must be a finite number');
  else if (rule.hasRange === true && !(value >= (rule.minimum ?? 0) && value <= (rule.maximum ?? 0)))
    list.add(at, 'out-of-range', `must be from ${rule.minimum ?? 0} to ${rule.maximum ?? 0}`);
}

function checkDate(at: string, date: PlainMessage, list: FaultList): void {
  const { year, month, day } = date as { year: number; month: number; day: number };
  if (typeof year !== 'number' || typeof month !== 'number' || typeof day !== 'number') return;
  if (month > 12 || day > 31) return;
  if (month === 0 ? day !== 0 : day > daysInMonth(year, month))
    list.add(at, 'date-invalid', 'must be a day of the calendar, or a year, or a year and month');
}

function checkValue(at: string, field: FieldDescriptor, value: unknown, complete: boolean, list: FaultList): void {
  const rule = field.rule ?? {};
  if (typeof value === 'string') checkText(at, value, rule, list);
  else if (typeof value === 'number' && field.kind !== 'enum') checkNumber(at, value, rule, list);
  else if (value instanceof Uint8Array) {
    if (value.length > (rule.maxLength ?? Number.POSITIVE_INFINITY))
      list.add(at, 'too-long', `must have at most ${rule.maxLength} bytes`);
  } else if (field.kind === 'timestamp') {
    if (!isTimestamp(value as { seconds: number; nanos: number }))
      list.add(at, 'time-invalid', 'must be a time in the years 1 to 9999');
  } else if (field.kind === 'message') {
    checkMessage(at, describeMessage(field.typeName ?? ''), value as PlainMessage, complete, list);
  }
}

function checkEntry(
  at: string,
  field: FieldDescriptor,
  value: unknown,
  seen: Set<unknown>,
  complete: boolean,
  list: FaultList,
): void {
  if (value === UNREADABLE) return;
  const isEmpty = field.kind !== 'message' && field.kind !== 'bool' && !isThere(value);
  if (isEmpty) list.add(at, 'required', 'must not be empty');
  else if (field.rule?.unique === true && seen.has(value)) list.add(at, 'entry-repeated', 'stands in the list before');
  else checkValue(at, field, value, complete, list);
  seen.add(value);
}

function checkList(
  at: string,
  field: FieldDescriptor,
  values: readonly unknown[],
  complete: boolean,
  list: FaultList,
): void {
  const most = field.rule?.maxItems ?? 0;
  if (values.length > most) {
    list.add(at, 'too-many', `must have at most ${most} entries`);
    return;
  }
  const seen = new Set<unknown>();
  for (const [index, value] of values.entries()) checkEntry(`${at}[${index}]`, field, value, seen, complete, list);
}

function checkOneofs(at: string, message: MessageDescriptor, value: PlainMessage, list: FaultList): void {
  const chosen = new Map<string, string>();
  for (const { oneof, name } of message.fields) {
    if (oneof === undefined || value[name] === null) continue;
    const other = chosen.get(oneof);
    if (other === undefined) chosen.set(oneof, name);
    else list.add(fieldAt(at, name), 'oneof-ambiguous', `must be left out where ${other} is there`);
  }
}

function isWanted(field: FieldDescriptor, message: PlainMessage): boolean {
  return (
    field.rule?.required === true ||
    (field.rule?.requiredWith !== undefined && isThere(message[field.rule.requiredWith]))
  );
}

/** The place of a field within the message at `at`. */
export function fieldAt(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}

function checkMessage(
  at: string,
  message: MessageDescriptor,
  value: PlainMessage,
  complete: boolean,
  list: FaultList,
): void {
  let hasOneof = false;
  for (const field of message.fields) {
    hasOneof ||= field.oneof !== undefined;
    const inner = value[field.name];
    if (isThere(inner)) {
      const here = fieldAt(at, field.name);
      if (field.repeated === true) checkList(here, field, inner as readonly unknown[], complete, list);
      else checkValue(here, field, inner, complete, list);
    } else if (complete && inner !== UNREADABLE && isWanted(field, value)) {
      list.add(fieldAt(at, field.name), 'required', 'is required');
    }
  }
  if (hasOneof) checkOneofs(at, message, value, list);
  if (message.name === 'Date') checkDate(at, value, list);
}

/** Adds to `list` what the rules of the contract do not allow in a message that stands at `at`. */
export function checkRules(at: string, messageName: string, message: object, complete: boolean, list: FaultList): void {
  checkMessage(at, describeMessage(messageName), message as PlainMessage, complete, list);
}

/**
 * What the contract's rules (lengths, formats, ranges, counts, real dates) do not allow in a message; empty where all is
 * well. With `complete` false nothing is missed, as in a body of which parts are withheld. Code numbers that the
 * contract does not have are let pass: a newer one may have them.
 */
export function findFaults(messageName: string, message: object, complete: boolean): readonly JsonFault[] {
  const list = new FaultList();
  checkRules('', messageName, message, complete, list);
  return list.faults;
}
