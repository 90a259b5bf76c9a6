import { readFile } from 'node:fs/promises';
import { readServerTemplates, type ServerTemplates } from '../../../services/core/bus/index.ts';

const FOLDER = new URL('../../../deploy/nats/', import.meta.url);

/** The very templates that are shipped. */
export function shippedTemplates(): Promise<ServerTemplates> {
  return readServerTemplates((fileName) => readFile(new URL(fileName, FOLDER), 'utf8'));
}
