import { escapeLines, escapeText } from './escape-text.ts';

/** What a message says, field by field, indented by depth; every text in it is escaped, and one of several lines stands below its name. */
export function renderBody(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return value.map((item) => renderItem(item, indent)).join('\n');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => renderField(escapeText(name), inner, indent))
      .join('\n');
  }
  return `${indent}${leaf(value)}`;
}

function renderField(name: string, value: unknown, indent: string): string {
  if (isNested(value)) return `${indent}${name}\n${renderBody(value, `${indent}  `)}`;
  if (typeof value === 'string' && /\r?\n/.test(value)) return `${indent}${name}\n${escapeLines(value, `${indent}  `)}`;
  if (Array.isArray(value)) return `${indent}${name}  ${value.map(leaf).join(', ')}`;
  return `${indent}${name}  ${leaf(value)}`;
}

function renderItem(item: unknown, indent: string): string {
  const text = renderBody(item, `${indent}  `);
  return `${indent}- ${text.slice(indent.length + 2)}`;
}

function isNested(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null);
  return typeof value === 'object' && value !== null;
}

/** Long texts without spaces are images and keys: their length says more than their characters. */
function leaf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = text.length > 200 && !text.includes(' ') ? `(${text.length} characters)` : text;
  return escapeText(shown);
}
