import { BusError } from '../errors.ts';

/** A value of a nats-server configuration. Numbers and words stay texts: nothing here calculates with them. */
export type ConfigValue = string | readonly ConfigValue[] | ConfigMap;

/** A block: its settings by name in lowercase, and the files that it includes, unread. */
export interface ConfigMap {
  readonly settings: Readonly<Record<string, ConfigValue>>;
  readonly includes: readonly string[];
}

type Token = { readonly kind: 'text' | 'mark'; readonly text: string };

const TOKEN = /\s+|#[^\n]*|\/\/[^\n]*|"((?:[^"\\]|\\.)*)"|'([^']*)'|([{}[\]:=,;])|([^\s{}[\]:=,;"'#()]+)/gy;
const MAX_DEPTH = 32;

/**
 * The settings of a nats-server configuration file, for looking at. Forms that the server also takes but that our
 * templates have no use for (block strings, variables, unquoted addresses) are refused rather than misread.
 *
 * @throws BusError BUS_CONFIG_INVALID.
 */
export function parseServerConfig(text: string): ConfigMap {
  const tokens = tokensOf(text);
  const reader = { tokens, at: 0 };
  const config = readMap(reader, 0);
  if (reader.at < tokens.length) throw unreadable();
  return config;
}

/** Whether `value` is a block. */
export function isConfigMap(value: ConfigValue | undefined): value is ConfigMap {
  return typeof value === 'object' && !Array.isArray(value);
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw unreadable();
    const [, doubleQuoted, singleQuoted, mark, word] = match;
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
    else if (word?.startsWith('$') === true) throw unreadable();
    else if (doubleQuoted !== undefined || singleQuoted !== undefined || word !== undefined) {
      tokens.push({ kind: 'text', text: doubleQuoted ?? singleQuoted ?? word ?? '' });
    }
  }
  return tokens;
}

function readMap(reader: Reader, depth: number): ConfigMap {
  if (depth > MAX_DEPTH) throw unreadable();
  const settings: Record<string, ConfigValue> = {};
  const includes: string[] = [];
  for (;;) {
    skip(reader, ',;');
    const name = reader.tokens[reader.at];
    if (name === undefined || isMark(name, '}')) return { settings, includes };
    if (name.kind !== 'text') throw unreadable();
    reader.at += 1;
    skip(reader, ':=');
    const value = readValue(reader, depth + 1);
    const key = name.text.toLowerCase();
    if (key === 'include' && typeof value === 'string') includes.push(value);
    else if (Object.hasOwn(settings, key)) throw unreadable();
    else settings[key] = value;
  }
}

function readValue(reader: Reader, depth: number): ConfigValue {
  const token = reader.tokens[reader.at];
  if (token === undefined || depth > MAX_DEPTH) throw unreadable();
  reader.at += 1;
  if (token.kind === 'text') return token.text;
  if (token.text === '{') {
    const map = readMap(reader, depth);
    expect(reader, '}');
    return map;
  }
  if (token.text !== '[') throw unreadable();
  const items: ConfigValue[] = [];
  for (;;) {
    skip(reader, ',;');
    const next = reader.tokens[reader.at];
    if (next === undefined) throw unreadable();
    if (isMark(next, ']')) break;
    items.push(readValue(reader, depth + 1));
  }
  expect(reader, ']');
  return items;
}

function skip(reader: Reader, marks: string): void {
  for (
    let token = reader.tokens[reader.at];
    token?.kind === 'mark' && marks.includes(token.text);
    token = reader.tokens[reader.at]
  )
    reader.at += 1;
}

function expect(reader: Reader, mark: string): void {
  const token = reader.tokens[reader.at];
  if (token === undefined || !isMark(token, mark)) throw unreadable();
  reader.at += 1;
}

function isMark(token: Token, mark: string): boolean {
  return token.kind === 'mark' && token.text === mark;
}

function unreadable(): BusError {
  return new BusError('BUS_CONFIG_INVALID', { context: { value: 'server configuration', fault: 'unreadable' } });
}
