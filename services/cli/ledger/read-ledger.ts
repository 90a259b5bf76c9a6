import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type OfficeId, parseOfficeId } from '../../core/foundation/index.ts';
import { splitLedgerFile } from '../../core/ledger/index.ts';
import { CliError } from '../errors.ts';
import { type OfficeClient, stringOf } from '../office-api/office-client.ts';

/** The office whose ledger a door shows. @throws CliError. */
export async function officeOfLedger(office: OfficeClient): Promise<OfficeId> {
  return parseOfficeId(stringOf((await office.get('/v1/ledger/head'))['office']));
}

/** Every batch of a running office's ledger, as it lies on its disk. @throws CliError. */
export async function* ledgerOfOffice(office: OfficeClient): AsyncGenerator<Uint8Array> {
  const response = await office.open('/v1/ledger', { accept: 'application/x-ndjson' });
  yield* batchesInLines((response.body ?? []) as AsyncIterable<Uint8Array>, '/v1/ledger');
}

/** Every batch in a file: lines as the HTTP door gives them, or a protobuf LedgerBatch as `ledger export` writes it. @throws CliError CLI_FILE_UNREADABLE. */
export async function* ledgerInFile(file: string): AsyncGenerator<Uint8Array> {
  let first: number | undefined;
  try {
    const handle = await open(file);
    first = (await handle.read(new Uint8Array(1), 0, 1, 0)).buffer[0];
    await handle.close();
  } catch (cause) {
    throw new CliError('CLI_FILE_UNREADABLE', { cause, context: { file } });
  }
  const chunks = createReadStream(file) as AsyncIterable<Uint8Array>;
  yield* first === '{'.charCodeAt(0) ? batchesInLines(chunks, file) : splitLedgerFile(chunks);
}

async function* batchesInLines(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield batchIn(line, source);
  }
  if (rest !== '')
    throw new CliError('CLI_API_ANSWER_INVALID', { context: { path: source, fault: 'it ends within a line' } });
}

function batchIn(line: string, source: string): Uint8Array {
  try {
    const { batch } = JSON.parse(line) as { batch: string };
    return new Uint8Array(Buffer.from(batch, 'base64'));
  } catch (cause) {
    throw new CliError('CLI_API_ANSWER_INVALID', { cause, context: { path: source } });
  }
}
