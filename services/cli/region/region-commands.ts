import { type Cli, noun } from '../verb.ts';
import type { UpOptions } from './region-up.ts';

/** `blo region up`. */
export function addRegionCommands(cli: Cli): void {
  const region = noun(cli, 'region', 'a small region on this machine, to try and to test');
  cli
    .verb<UpOptions>(
      region,
      'up',
      'start two border pairs, one linked directly and one through a hub, and send an alert each way; until Ctrl-C',
      async (input) => (await import('./region-up.ts')).regionUp(input),
    )
    .option('--once', 'verify all ledgers, stop everything and exit 0 or 1')
    .option('--home <folder>', 'where its state lies; a second start goes on from it', '.liaison')
    .option('--port-base <port>', 'take free ports from this one on; remembered for the next start');
}
