import { resolve } from 'node:path';
import { parseNationCode } from '../../core/foundation/index.ts';
import { renderPairs } from '../terminal/render-table.ts';
import { type Cli, noun } from '../verb.ts';

/** `blo nation init`. */
export function addNationCommands(cli: Cli): void {
  const nation = noun(cli, 'nation', "a nation's root key");
  cli
    .verb<{ home: string }>(
      nation,
      'init <code>',
      'make the root key of a nation; on a machine without a network, and keep the folder safe',
      async ({ args, options, context }) => {
        const { initNationHome } = await import('../home/nation-home.ts');
        const home = resolve(context.cwd, options.home);
        const made = await initNationHome(home, parseNationCode(args[0]));
        const text = renderPairs([
          ['nation', made.nation],
          ['thumbprint', made.thumbprint],
          ['folder', home],
        ]);
        return { json: { nation: made.nation, thumbprint: made.thumbprint, home }, text };
      },
    )
    .requiredOption('--home <folder>', 'the folder to make');
}
