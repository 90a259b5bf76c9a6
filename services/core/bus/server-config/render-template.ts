import { BusError } from '../errors.ts';

/** What may stand for a placeholder: one value, or for lists and blocks several. */
export type TemplateValue = string | number | boolean | readonly string[];

type Writer = (value: TemplateValue) => string | undefined;

const PLACEHOLDER = /\{\{([a-z]+) ([A-Za-z]+)\}\}/g;
const BLOCK_LINE = /^([ \t]*)\{\{block ([A-Za-z]+)\}\}[ \t]*$/;
const ACCOUNT = /^[A-Z0-9_]+$/;
const SUBJECT = /^(?:[A-Za-z0-9_$-]+|\*)(?:\.(?:[A-Za-z0-9_$-]+|\*))*(?:\.>)?$/;

/** For each type of placeholder: the text of a value that is allowed there, or `undefined`. */
const WRITERS: Readonly<Record<string, Writer>> = {
  id: (value) => matching(value, /^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  nation: (value) => matching(value, /^[A-Z]{2}$/),
  account: (value) => matching(value, ACCOUNT),
  accounts: (value) => namesOf(value, ACCOUNT),
  nkey: (value) => matching(value, /^U[A-Z2-7]{55}$/),
  seed: (value) => matching(value, /^SU[A-Z2-7]{56}$/),
  file: (value) => matching(value, /^[a-z0-9][a-z0-9.-]*$/),
  host: (value) => matching(value, /^(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])$/),
  path: (value) => matching(value, /^\/[^\p{Cc}"\\]*$/u),
  boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  number: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined,
  port: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= -1 && value <= 65_535 && value !== 0
      ? String(value)
      : undefined,
  subject: (value) => quoted(value, SUBJECT),
  subjects: (value) => listOf(value, SUBJECT),
  fingerprints: (value) => listOf(value, /^[0-9a-f]{64}$/),
};

/**
 * The template with every placeholder `{{type name}}` filled in, each value checked against its type, so that no
 * value can end its string or open a new setting. A line that is only `{{block name}}` becomes the texts of that list
 * at the line's indentation, or vanishes when there are none.
 *
 * @throws BusError BUS_TEMPLATE_INVALID for a placeholder without a value, a value without a placeholder, an unknown
 * type, or a value that its type does not allow.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, TemplateValue>>): string {
  const used = new Set<string>();
  const lines = template.split('\n').flatMap((line) => renderLine(line, values, used));
  for (const name of Object.keys(values)) if (!used.has(name)) throw invalid(name);
  return lines.join('\n');
}

function renderLine(line: string, values: Readonly<Record<string, TemplateValue>>, used: Set<string>): string[] {
  const block = BLOCK_LINE.exec(line);
  if (block !== null) {
    const texts = valueNamed(block[2] ?? '', values, used);
    if (!Array.isArray(texts)) throw invalid(block[2] ?? '');
    return (texts as readonly string[])
      .flatMap((text) => text.trimEnd().split('\n'))
      .map((text) => (text === '' ? '' : `${block[1]}${text}`));
  }
  const rendered = line.replaceAll(PLACEHOLDER, (_whole, type: string, name: string) => {
    const text = WRITERS[type]?.(valueNamed(name, values, used));
    if (text === undefined) throw invalid(name);
    return text;
  });
  if (rendered.includes('{{') || rendered.includes('}}')) throw invalid('a malformed placeholder');
  return [rendered];
}

function valueNamed(name: string, values: Readonly<Record<string, TemplateValue>>, used: Set<string>): TemplateValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw invalid(name);
  used.add(name);
  return value;
}

function matching(value: TemplateValue, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function quoted(value: TemplateValue, form: RegExp): string | undefined {
  const text = matching(value, form);
  return text === undefined ? undefined : `"${text}"`;
}

function listOf(value: TemplateValue, form: RegExp): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = (value as readonly string[]).map((item) => quoted(item, form));
  return texts.length > 0 && texts.every((text) => text !== undefined) ? `[${texts.join(', ')}]` : undefined;
}

function namesOf(value: TemplateValue, form: RegExp): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = (value as readonly string[]).map((item) => matching(item, form));
  return names.length > 0 && names.every((name) => name !== undefined) ? `[${names.join(', ')}]` : undefined;
}

function invalid(placeholder: string): BusError {
  return new BusError('BUS_TEMPLATE_INVALID', { context: { placeholder } });
}
