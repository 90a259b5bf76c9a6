import { resolve } from 'node:path';
import { code, wordOf } from '../codes/code-words.ts';
import { changeOfficers, crimeAreas, readOfficers } from '../home/officers.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface AddOptions {
  readonly home: string;
  readonly name: string;
  readonly area: readonly string[];
}

/** `blo agency add|list|remove`. */
export function addAgencyCommands(cli: Cli): void {
  const agency = noun(cli, 'agency', 'the agencies that sit in an office, and what concerns each');
  cli
    .verb<AddOptions>(agency, 'add <id>', 'add an agency', async ({ args, options, context }) => {
      const { addAgency } = await import('../../core/access/index.ts');
      const added = {
        id: args[0] ?? '',
        name: options.name,
        crimeAreas: options.area.map((word) => code('CRIME_AREA', word)),
      };
      await changeOfficers(resolve(context.cwd, options.home), (table) => addAgency(table, added, crimeAreas()));
      return { json: added, text: `${added.id} is added.` };
    })
    .requiredOption('--home <folder>', "the office's folder")
    .requiredOption('--name <name>', 'for people')
    .requiredOption('--area <code...>', 'crime areas that concern it: drugs, people-smuggling');
  cli
    .verb<{ home: string }>(agency, 'list', 'the agencies of an office', async ({ options, context }) => {
      const { agencies, officers } = await readOfficers(resolve(context.cwd, options.home));
      const rows = [...agencies.values()].map(({ id, name, crimeAreas: areas }) => [
        id,
        name,
        areas.map(wordOf).join(' '),
        String([...officers.values()].filter((officer) => officer.agencies.includes(id)).length),
      ]);
      return {
        json: { agencies: [...agencies.values()] },
        text:
          rows.length === 0
            ? 'The office has no agencies: every officer sees every message.'
            : renderTable(['id', 'name', 'concerned with', 'officers'], rows),
      };
    })
    .requiredOption('--home <folder>', "the office's folder");
  cli
    .verb<{ home: string }>(agency, 'remove <id>', 'remove an agency', async ({ args, options, context }) => {
      const { removeAgency } = await import('../../core/access/index.ts');
      const id = args[0] ?? '';
      await changeOfficers(resolve(context.cwd, options.home), (table) => removeAgency(table, id));
      return { json: { removed: id }, text: 'It is removed; what it alone was concerned with concerns everybody.' };
    })
    .requiredOption('--home <folder>', "the office's folder");
}
