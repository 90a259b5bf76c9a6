import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, stringOf, stringsOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface ResolveOptions extends OfficeOptions {
  readonly reason: string;
}

/** `blo held list|release|reject`. */
export function addHeldCommands(cli: Cli): void {
  const held = noun(cli, 'held', 'crossings that wait for a named person');
  officeVerb(cli, held, 'list', 'what is held, the most urgent first', 'officer', async (office) => {
    const { wordOf } = await import('../codes/code-words.ts');
    const result = await office.get('/v1/held');
    const rows = listOf(result['items']).map((item) => [
      stringOf(item['heldAt']),
      wordOf(stringOf(item['precedence'])),
      stringOf(item['direction']),
      stringOf(item['peer']),
      stringsOf(item['policies']).join(' ') || '-',
      stringOf(item['id']),
    ]);
    const table = renderTable(['held since', 'precedence', 'direction', 'other office', 'by policy', 'id'], rows);
    return { json: result, text: rows.length === 0 ? 'Nothing is held.' : table };
  });
  for (const verb of ['release', 'reject'] as const) {
    const what =
      verb === 'release' ? 'let a held crossing pass, under your name' : 'end a held crossing, under your name';
    officeVerb<ResolveOptions>(cli, held, `${verb} <id>`, what, 'supervisor', async (office, { args, options }) => {
      const result = await office.post(`/v1/held/${encodeURIComponent(args[0] ?? '')}/${verb}`, {
        reason: options.reason,
      });
      return { json: result, text: verb === 'release' ? 'It is released.' : 'It is rejected.' };
    }).requiredOption('--reason <text>', 'why; stands in the ledger');
  }
}
