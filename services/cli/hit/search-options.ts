import type { Command } from 'commander';

/** What searches and lookouts have in common. */
export interface SearchOptions {
  readonly crimeArea?: string;
  readonly purpose?: string;
  readonly handling?: string;
  readonly caveat?: string;
  readonly case?: string;
  readonly drill?: true;
  readonly idempotencyKey?: string;
  readonly person?: readonly string[];
  readonly document?: readonly string[];
  readonly vehicle?: readonly string[];
  readonly vessel?: readonly string[];
  readonly consignment?: readonly string[];
  readonly account?: readonly string[];
}

/** Adds the options of a search or lookout to a command. */
export function withSearchOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option('--crime-area <word>', 'drugs, people-smuggling, stolen-vehicles, ...')
    .option(
      '--person <fields>',
      'family=..;given=..;name=..;alias=..;born=1988-04-12;passport=..; may be repeated',
      collect,
    )
    .option('--document <fields>', 'number=..;nation=TH;type=passport; may be repeated', collect)
    .option('--vehicle <fields>', 'registration=..;nation=TH;vin=..; may be repeated', collect)
    .option('--vessel <fields>', 'name=..;registration=..;flag=TH;imo=..; may be repeated', collect)
    .option('--consignment <fields>', 'reference=..;container=..; may be repeated', collect)
    .option('--account <fields>', 'service=..;handle=..;wallet=..; may be repeated', collect)
    .option('--purpose <word>', 'why the data is processed; investigation where it is left out')
    .option('--handling <code>', 'H0, H1, H2 or H3; H1 where it is left out')
    .option('--caveat <text>', 'the restriction in words, for H3')
    .option('--drill', 'an exercise: exercises and real matters never find each other')
    .option('--idempotency-key <key>', 'the same key with the same content sends nothing new');
}
