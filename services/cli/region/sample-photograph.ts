import { readText } from '../home/files.ts';
import { type JsonRecord, stringOf } from '../office-api/office-client.ts';
import { drawPhotograph } from './draw-pictures.ts';
import { RegionError } from './errors.ts';
import type { RegionState } from './region-state.ts';

/** It is handed in at that office for that operation; its name there. @throws RegionError REGION_OPERATION_LOST; CliError CLI_FILE_UNREADABLE. */
export async function handInPhotograph(state: RegionState, office: string, operation: string): Promise<string> {
  const { http, tokens } = state.offices[office] ?? {};
  if (http === undefined || tokens === undefined) throw new TypeError('an office that is not in the region');
  const query = new URLSearchParams({ category: 'DATA_CATEGORY_TRANSPORT', name: 'trailer at the bridge.png' });
  const response = await fetch(new URL(`/v1/operations/${operation}/attachments?${query}`, http), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${(await readText(tokens.officer)).trim()}`,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(drawPhotograph()),
  });
  const answer = (await response.json()) as JsonRecord;
  if (response.ok) return stringOf(answer['file']);
  throw new RegionError('REGION_OPERATION_LOST', { context: { operation, code: stringOf(answer['code']) } });
}
