import { type SearchOptions, withSearchOptions } from '../hit/search-options.ts';
import type { OfficeOptions } from '../office-api/find-office.ts';
import { listOf, stringOf } from '../office-api/office-client.ts';
import { officeVerb } from '../office-api/office-verb.ts';
import { renderTable } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

interface AddOptions extends SearchOptions, OfficeOptions {
  readonly case: string;
  readonly expires?: string;
  readonly text?: string;
  readonly language?: string;
}

interface ListOptions extends OfficeOptions {
  readonly state?: string;
}

/** `blo lookout add|list|end`. */
export function addLookoutCommands(cli: Cli): void {
  const lookout = noun(
    cli,
    'lookout',
    'whom and what the office looks for; searches of neighbours are answered from it',
  );
  withSearchOptions(
    officeVerb<AddOptions>(
      cli,
      lookout,
      'add',
      'look for somebody or something from now on; it goes to nobody',
      'officer',
      async (office, { options }) => {
        const { searchBody, searchEnvelope } = await import('../hit/build-search.ts');
        const words = options.text === undefined ? {} : { text: options.text, textLanguage: options.language ?? 'en' };
        const result = await office.post('/v1/lookouts', {
          ...searchEnvelope(options),
          ...(options.expires === undefined ? {} : { expires: options.expires }),
          lookout: { ...searchBody(options), ...words },
        });
        return { json: result, text: stringOf(result['id']) };
      },
    )
      .requiredOption('--case <reference>', 'the case reference that a hit names')
      .option('--expires <time>', 'until when, by RFC 3339; as long as a message may last where it is left out')
      .option('--text <text>', 'why')
      .option('--language <tag>', 'language of the text; en where it is left out'),
  );
  officeVerb<ListOptions>(
    cli,
    lookout,
    'list',
    'lookouts, the newest first',
    'officer',
    async (office, { options }) => {
      const result = await office.get('/v1/lookouts', { state: options.state });
      const rows = listOf(result['items']).map((item) => [
        stringOf(item['createdAt']),
        stringOf(item['caseReference']) || '-',
        stringOf(item['submittedBy']),
        stringOf(item['state']),
        stringOf(item['expiresAt']),
        item['drill'] === true ? 'drill' : '-',
        stringOf(item['id']),
      ]);
      const table = renderTable(['since', 'case', 'by', 'state', 'until', 'drill', 'id'], rows);
      return { json: result, text: rows.length === 0 ? 'Nothing is looked for.' : table };
    },
  ).option('--state <word>', 'active, ended or expired; active where it is left out');
  officeVerb(cli, lookout, 'end <id>', 'end a lookout, under your name', 'officer', async (office, { args }) => {
    const result = await office.post(`/v1/lookouts/${encodeURIComponent(args[0] ?? '')}/end`, {});
    return { json: result, text: 'It is ended.' };
  });
}
