import { crc32, deflateSync } from 'node:zlib';
import { readText } from '../home/files.ts';
import { type JsonRecord, stringOf } from '../office-api/office-client.ts';
import { RegionError } from './errors.ts';
import type { RegionState } from './region-state.ts';

const WIDTH = 96;
const HEIGHT = 64;

/** A small photograph for the demonstration: a PNG of dusk over a river, drawn here, so that nobody is in it. */
export function drawPhotograph(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x++) {
      const isRiver = y > 40 && (x + y * 3) % 17 > 2;
      row.set(isRiver ? [30, 60 + ((x * 7) % 20), 90] : [200 - y * 2, 120 - y, 90 + (y % 5) * 6], 1 + x * 3);
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // 8 bits of red, green and blue. PNG (ISO/IEC 15948) section 11.2.2.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

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

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
