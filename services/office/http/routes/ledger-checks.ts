import { rfc3339, toHex } from '../../../core/foundation/index.ts';
import { ledgerCheckJson, witnessesJson } from '../../views/ledger-json.ts';
import { guardedRoute } from '../route.ts';
import { schemaRef } from '../schema-ref.ts';

/** A small ledger is checked within this; whoever asked for a longer one looks again. */
const PATIENCE_MS = 10_000;

/** `POST /v1/ledger/check`: the whole ledger is verified now. */
export const checkLedger = guardedRoute({
  method: 'POST',
  path: '/v1/ledger/check',
  name: 'checkLedger',
  action: 'check-ledger',
  summary: 'Check the ledger',
  about:
    'Verifies every record of this ledger: that it is one unbroken history, every signature in it, that nothing left without the decision and the person that let it, and that it is the history which neighbours have seen. One check at a time, beside everything else; it answers when it ended or after ten seconds, and `GET /v1/ledger/check` says how it goes on. For a check that does not rest on this node, take the ledger and run `blo ledger verify` elsewhere.',
  answers: { 200: { about: 'The check, ended or under way.', schema: schemaRef('LedgerCheck') } },
  handle: async (door, { asker }) => ({
    status: 200,
    body: ledgerCheckJson(await door.oversight.checks.check(asker.principal.name, PATIENCE_MS)),
  }),
});

/** `GET /v1/ledger/check`: how the check goes, or how the last one ended. */
export const readLedgerCheck = guardedRoute({
  method: 'GET',
  path: '/v1/ledger/check',
  name: 'readLedgerCheck',
  action: 'check-ledger',
  summary: 'See how a check of the ledger goes',
  answers: {
    200: {
      about: 'The check under way or the last one; null where there was none since the node started.',
      schema: schemaRef('LastLedgerCheck'),
    },
  },
  handle: (door) => {
    const check = door.oversight.checks.last();
    return { status: 200, body: { check: check === null ? null : ledgerCheckJson(check) } };
  },
});

/** `GET /v1/ledger/witnesses`: what this office and its neighbours have seen of each other's ledgers. */
export const listWitnesses = guardedRoute({
  method: 'GET',
  path: '/v1/ledger/witnesses',
  name: 'listWitnesses',
  action: 'read-ledger-head',
  summary: "See what offices have seen of each other's ledgers",
  about:
    'Two neighbours keep signed heads of each other: whoever rewrites its past is found out. Both heads are in the words of the office whose ledger it is, signed; `comparison` is how what the neighbour has seen compares with the ledger here.',
  answers: { 200: { about: 'One entry for each neighbour.', schema: schemaRef('Witnesses') } },
  handle: (door) => ({
    status: 200,
    body: {
      at: rfc3339(door.clock.now()),
      chain: toHex(door.ledger.chainId()),
      ...witnessesJson(door.ledger.head(), door.relay.links(), door.relay.projection.witnessed),
    },
  }),
});
