import { type Cli, noun } from '../verb.ts';
import { type VerifyOptions, verifyEnvelope } from './verify-envelope.ts';

/** `blo envelope verify`. */
export function addEnvelopeCommands(cli: Cli): void {
  const envelope = noun(cli, 'envelope', 'what was said and signed');
  cli
    .verb<VerifyOptions>(
      envelope,
      'verify <path>',
      'check a folder of evidence, or one record of it, offline; exits 1 when a check fails',
      verifyEnvelope,
    )
    .option('--root <thumbprint>', "thumbprint of the exporting nation's root key, as it told you by other means")
    .option('--trust <folder>', 'for a single file: the directories and agreements to verify with')
    .option('--for <office>', 'for a single file: the office whose trust that is')
    .option('--kind <kind>', 'for a single file: crossing or message', 'crossing')
    .option('--recorded <time>', 'for a single file: when it was recorded, by RFC 3339; now where it is left out');
}
