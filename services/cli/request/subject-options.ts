import type { Command } from 'commander';

/** Subjects as they are given on a command line. */
export interface SubjectOptions {
  readonly person?: readonly string[];
  readonly document?: readonly string[];
  readonly vehicle?: readonly string[];
  readonly vessel?: readonly string[];
  readonly consignment?: readonly string[];
  readonly account?: readonly string[];
}

/** Takes every value of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Adds the options for subjects; one without a label gets S1, S2, ... in their order. */
export function withSubjectOptions(command: Command): Command {
  return command
    .option('--person <fields>', 'label=P1;family=..;given=..;born=1988-04-12;passport=..; may be repeated', collect)
    .option('--document <fields>', 'label=D1;number=..;nation=TH;type=passport; may be repeated', collect)
    .option('--vehicle <fields>', 'label=V1;registration=..;nation=TH;type=pickup; may be repeated', collect)
    .option('--vessel <fields>', 'label=B1;name=..;registration=..;flag=TH; may be repeated', collect)
    .option('--consignment <fields>', 'label=C1;reference=..;container=..; may be repeated', collect)
    .option('--account <fields>', 'label=A1;service=..;handle=..;wallet=..; may be repeated', collect);
}
