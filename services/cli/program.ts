import { Command, CommanderError } from 'commander';
import { addAgreementCommands } from './agreement/agreement-commands.ts';
import { addAlertCommands } from './alert/alert-commands.ts';
import { addAnswerCommands } from './answer/answer-commands.ts';
import { addBulletinCommands } from './bulletin/bulletin-commands.ts';
import { addConsentCommands } from './consent/consent-commands.ts';
import type { CommandContext } from './context.ts';
import { describeError, errorJson, exitCodeOf } from './describe-error.ts';
import { addDirectoryCommands } from './directory/directory-commands.ts';
import { addDoctor } from './doctor/doctor-command.ts';
import { addEnvelopeCommands } from './envelope/envelope-commands.ts';
import { CliError } from './errors.ts';
import { addEvidenceCommands } from './evidence/evidence-commands.ts';
import { ExitCode } from './exit-codes.ts';
import { addHeldCommands } from './held/held-commands.ts';
import { addHitCommands } from './hit/hit-commands.ts';
import { addHubCommands } from './hub/hub-commands.ts';
import { addLedgerCommands } from './ledger/ledger-commands.ts';
import { addLookoutCommands } from './lookout/lookout-commands.ts';
import { addMessageCommands } from './message/message-commands.ts';
import { addNationCommands } from './nation/nation-commands.ts';
import { addOfficeCommands } from './office/office-commands.ts';
import { addAgencyCommands } from './officer/agency-commands.ts';
import { addOfficerCommands } from './officer/officer-commands.ts';
import { addOpeningCommands } from './opening/opening-commands.ts';
import { addFileCommands } from './operation/file-commands.ts';
import { addOperationCommands } from './operation/operation-commands.ts';
import { addPostCommands } from './operation/post-commands.ts';
import { addReportCommands } from './operation/report-commands.ts';
import { addPolicyCommands } from './policy/policy-commands.ts';
import { addRecallCommands } from './recall/recall-commands.ts';
import { addRegionCommands } from './region/region-commands.ts';
import { releaseVersion } from './release.ts';
import { addRequestCommands } from './request/request-commands.ts';
import { addReviewCommands } from './review/review-commands.ts';
import { addServerCommands } from './server/server-commands.ts';
import { addSubscribeCommands } from './subscribe/subscribe-commands.ts';
import { addTokenCommands } from './token/token-commands.ts';
import { addTriageCommands } from './triage/triage-commands.ts';
import { type Cli, verbMaker } from './verb.ts';

const ADD_COMMANDS: readonly ((cli: Cli) => unknown)[] = [
  addRegionCommands,
  addAlertCommands,
  addRequestCommands,
  addAnswerCommands,
  addMessageCommands,
  addHeldCommands,
  addReviewCommands,
  addTriageCommands,
  addRecallCommands,
  addAllOfOperations,
  addBulletinCommands,
  addSubscribeCommands,
  addConsentCommands,
  addOpeningCommands,
  addHitCommands,
  addLookoutCommands,
  addLedgerCommands,
  addEnvelopeCommands,
  addEvidenceCommands,
  addDoctor,
  addNationCommands,
  addOfficeCommands,
  addHubCommands,
  addServerCommands,
  addTokenCommands,
  addOfficerCommands,
  addAgencyCommands,
  addDirectoryCommands,
  addAgreementCommands,
  addPolicyCommands,
];

function addAllOfOperations(cli: Cli): void {
  const operation = addOperationCommands(cli);
  addPostCommands(cli, operation);
  addFileCommands(cli, operation);
  addReportCommands(cli, operation);
}

/** Runs one command line to its end and says what it has to say; every failure becomes one sentence and an exit code. */
export async function runProgram(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.OK;
  const program = new Command('blo')
    .description('Runs and uses border liaison offices: keys, agreements, policies, servers, alerts and evidence.')
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.print(text.trimEnd()),
      writeErr: (text) => context.terminal.note(text.trimEnd()),
    });
  program.version(releaseVersion());
  const verb = verbMaker(context, (code) => {
    exitCode = code;
  });
  const cli: Cli = { program, context, verb };
  for (const addCommands of ADD_COMMANDS) addCommands(cli);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return sayFailure(error, argv.includes('--json'), context);
  }
}

async function sayFailure(error: unknown, json: boolean, { terminal }: CommandContext): Promise<ExitCode> {
  if (!(error instanceof CommanderError)) {
    terminal.note(`blo: ${await describeError(error)}`);
    if (json) terminal.print(JSON.stringify(errorJson(error)));
    return exitCodeOf(error);
  }
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return ExitCode.OK;
  if (json) terminal.print(JSON.stringify(errorJson(new CliError('CLI_USAGE', { context: { reason: error.code } }))));
  return ExitCode.USAGE;
}
