import { fieldAt, fieldsOf } from '../../forms/contract.ts';
import { ALERT_TEMPLATES } from './alert-templates.ts';
import { KINDS } from './kinds.ts';
import { OTHER_TEMPLATES } from './other-templates.ts';
import type { Template } from './template.ts';

export type { Template } from './template.ts';

/** Every template, in the order of the list. */
export const TEMPLATES: readonly Template[] = [...ALERT_TEMPLATES, ...OTHER_TEMPLATES];

/** What the screen has a place of its own for, or fills in: never among the other fields. */
const APART = ['recipients', 'drill', 'supersedes', 'messageType', 'request', 'origin', 'inReplyTo'];

/** The template of that id. */
export function templateOf(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}

/** Every field of the contract that a template does not name, in the order of the contract: what is new comes by itself. */
export function otherFields({ kind, first, next }: Template): readonly string[] {
  const { message, body } = KINDS[kind];
  const named = new Set([...first, ...next].map((path) => path.split('.').slice(0, 2).join('.')));
  const wholes = new Set([...first, ...next].map((path) => path.split('.')[0] ?? ''));
  return fieldsOf(message).flatMap(({ name }) => {
    if (name !== body) return APART.includes(name) || wholes.has(name) ? [] : [name];
    const inner = fieldAt(message, body)?.field.type ?? '';
    return fieldsOf(inner)
      .map((field) => `${body}.${field.name}`)
      .filter((path) => !named.has(path) && !APART.includes(path.slice(body.length + 1)));
  });
}
