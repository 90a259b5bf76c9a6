import { toHex } from '../../../core/foundation/index.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

/** `GET /v1/ledger/head`: where the ledger stands. */
export const readLedgerHead = guardedRoute({
  method: 'GET',
  path: '/v1/ledger/head',
  name: 'readLedgerHead',
  action: 'read-ledger-head',
  summary: 'See where the ledger stands',
  answers: { 200: { about: 'Number and digest of the last record on disk.', schema: schemaRef('LedgerPosition') } },
  handle: (door) => {
    const head = door.ledger.head();
    return {
      status: 200,
      body: {
        office: door.office,
        chain: toHex(door.ledger.chainId()),
        number: head.number,
        digest: toHex(head.digest),
      },
    };
  },
});

/** `GET /v1/ledger`: the ledger itself. */
export const readLedger = guardedRoute({
  method: 'GET',
  path: '/v1/ledger',
  name: 'readLedger',
  action: 'read-ledger',
  summary: 'Take the ledger, to check it elsewhere',
  about:
    'One line of JSON per batch of records, exactly the bytes that are on disk: `{"seq":1,"batch":"<base64>"}`. A batch is a LedgerBatch of the contract. It holds facts and digests, no content.',
  queryParams: {
    from: { kind: 'integer', minimum: 1, maximum: 999_999_999, about: 'Begin with that `seq`. Default 1.' },
  },
  answers: {
    200: {
      about: 'The batches in order, up to the last when reading began.',
      contentType: 'application/x-ndjson',
      schema: { type: 'string' },
    },
  },
  problems: { 503: 'The store cannot be read now.' },
  handle: (door, request) => {
    const from = request.query.from ?? 1;
    const { signal } = request;
    return { status: 200, contentType: 'application/x-ndjson', stream: lines(door.ledger.batches(from), signal) };
  },
});

async function* lines(
  batches: AsyncIterable<{ readonly seq: number; readonly bytes: Uint8Array }>,
  signal: AbortSignal,
): AsyncIterable<string> {
  for await (const { seq, bytes } of batches) {
    if (signal.aborted) return;
    yield `{"seq":${seq},"batch":"${Buffer.from(bytes).toString('base64')}"}\n`;
  }
}
