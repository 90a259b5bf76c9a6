import type { LedgerReport } from '../../core/ledger/index.ts';
import { renderTimeline } from '../message/render-timeline.ts';
import { stringOf } from '../office-api/office-client.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { RegionState } from './region-state.ts';
import type { SentSample } from './send-samples.ts';

/** Every address and sign-in of a region. */
export function regionTables(state: RegionState, home: string): string {
  const members = [...Object.entries(state.offices), ...Object.entries(state.hubs)];
  const addresses = renderTable(
    ['office or hub', 'HTTP', 'server', 'monitoring', 'links', 'process', 'server process'],
    members.map(([id, { http, pid, server }]) => [
      id,
      http,
      server.client,
      server.monitor,
      server.leaf ?? '-',
      String(pid ?? '-'),
      String(server.pid ?? '-'),
    ]),
  );
  const signIns = renderTable(
    ['office', 'role', 'token file'],
    Object.entries(state.offices).flatMap(([id, { tokens }]) =>
      Object.entries(tokens).map(([role, file]) => [id, role, file]),
    ),
  );
  const people = Object.values(state.offices)[0]?.officers ?? [];
  const consoles = renderTable(
    ['office', 'console', 'password of everybody there'],
    Object.entries(state.offices).map(([id, { http, officers }]) => [
      id,
      consoleAddress(http),
      officers[0]?.password ?? '-',
    ]),
  );
  const names = people.map(({ name, role }) => (role === name ? name : `${name} (${role})`)).join(', ');
  const byHand = `Sign in at a console in the browser, with passwords that are for this demonstration alone, as\n${names}:`;
  const example = `curl -H "Authorization: Bearer $(cat TOKEN_FILE)" ADDRESS/v1/inbox`;
  return `Region in ${home}\n\n${addresses}\n\n${byHand}\n\n${consoles}\n\nSign in with a token: ${example}\n\n${signIns}`;
}

/** Where a browser finds the console: by a name at which passkeys work. */
function consoleAddress(http: string): string {
  return `http://localhost:${new URL(http).port}/`;
}

/** A sample alert and its way. */
export function sampleText({ from, to, id, headline, precedence, withheld, timeline }: SentSample): string {
  const word = precedence.replace('PRECEDENCE_', '').toLowerCase();
  const lines = withheld.map(({ category, by, policies }) => {
    const what = category.replace('DATA_CATEGORY_', '').toLowerCase().replaceAll('_', ' ');
    return `  withheld: ${what}, by ${escapeText(by)} (${escapeText(policies.join(' '))})`;
  });
  // All on one machine and so by one clock; between real offices the order of the records is what counts.
  const byTime = timeline.toSorted((a, b) => stringOf(a['at']).localeCompare(stringOf(b['at'])));
  return [`${from} to ${to}, ${word}: ${headline}`, `  ${id}`, ...lines, renderTimeline(byTime)].join('\n');
}

/** The verdict on a ledger in one line. */
export function ledgerLine({ office, intact, counts, findings }: LedgerReport): string {
  const verdict = intact ? 'intact' : `BROKEN: ${findings.map((finding) => finding.code).join(' ')}`;
  return `ledger of ${office}: ${verdict}; ${counts.records} records, ${counts.signatures} signatures, ${counts.heads} heads that others saw`;
}
