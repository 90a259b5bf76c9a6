import { resolve } from 'node:path';
import { sha256, toHex, utf8 } from '../../core/foundation/index.ts';
import type { Answer } from '../answer.ts';
import { readBytes, readText, writePublicFile } from '../home/files.ts';
import { withOfficeOptions } from '../office-api/office-verb.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';
import { checkPolicy } from './check-policy.ts';
import { type ExplainOptions, explainPolicy } from './explain-policy.ts';
import { readBundleFolder } from './read-bundle-folder.ts';
import { testPolicy } from './test-policy.ts';

/** `blo policy check|test|explain|build|sign`. */
export function addPolicyCommands(cli: Cli): void {
  const policy = noun(cli, 'policy', 'what may cross, as Cedar policies');
  cli.verb(policy, 'check <folder>', "everything that is wrong or suspicious in a bundle's folder", checkPolicy);
  cli
    .verb<{ cases?: string }>(
      policy,
      'test <folder>',
      'ask a bundle the questions in its cases.json, with the baseline',
      testPolicy,
    )
    .option('--cases <file>', 'the cases, where they are not in the folder');
  withOfficeOptions(
    cli
      .verb<ExplainOptions>(
        policy,
        'explain <bundle> [policies...]',
        'what policies say, in words, or why a message was decided as it was; a folder, a built or signed bundle, or baseline',
        explainPolicy,
      )
      .option('--message <id>', 'explain what the office decided about this message')
      .option('--to <office>', 'only about the copy for this office'),
    'officer',
  );
  cli
    .verb<{ out: string }>(policy, 'build <folder>', 'make one text of the folder, ready to be signed', build)
    .requiredOption('--out <file>', 'the file to write');
  cli
    .verb<{ home: string; out: string }>(policy, 'sign <file>', "sign a built bundle with the nation's root key", sign)
    .requiredOption('--home <folder>', "the nation's folder, with its root key")
    .requiredOption('--out <file>', 'the file to write');
}

async function build({ args, options, context }: VerbInput<{ out: string }>): Promise<Answer> {
  const { buildBundle, loadBundle } = await import('../../core/policy/index.ts');
  const text = buildBundle(await readBundleFolder(resolve(context.cwd, args[0] ?? '')));
  const { name, version } = loadBundle(utf8(text));
  const file = resolve(context.cwd, options.out);
  await writePublicFile(file, text);
  const digest = toHex(sha256(utf8(text)));
  return {
    json: { file, name, version, digest },
    text: `Bundle ${name}, version ${version}, SHA-256 ${digest}, is in ${file}.`,
  };
}

async function sign({ args, options, context }: VerbInput<{ home: string; out: string }>): Promise<Answer> {
  const { loadBundle } = await import('../../core/policy/index.ts');
  const { signDocument } = await import('../../core/trust/index.ts');
  const { readRootSigner } = await import('../home/nation-home.ts');
  const source = resolve(context.cwd, args[0] ?? '');
  const { name, version } = loadBundle(await readBytes(source));
  const file = resolve(context.cwd, options.out);
  const signer = await readRootSigner(resolve(context.cwd, options.home));
  await writePublicFile(file, await signDocument('policy-bundle', await readText(source), [signer]));
  return {
    json: { file, name, version, kid: signer.kid },
    text: `Bundle ${name}, version ${version}, is signed in ${file}.`,
  };
}
