import { resolve } from 'node:path';
import { digestOf, parseNationCode, parseOfficeId, systemClock, utf8 } from '../../core/foundation/index.ts';
import type { Agreement } from '../../core/wire/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { assertAbsent, readBytes, readText, writePublicFile } from '../home/files.ts';
import { isSignedDocument, textInDocument } from '../home/signed-text.ts';
import { renderBody } from '../terminal/render-body.ts';
import { renderPairs, renderTable } from '../terminal/render-table.ts';
import { type Cli, noun, type VerbInput } from '../verb.ts';

interface DraftOptions {
  readonly id: string;
  readonly title: string;
  readonly party: readonly string[];
  readonly office: readonly string[];
  readonly out: string;
}

const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `blo agreement draft|sign|verify|show`. */
export function addAgreementCommands(cli: Cli): void {
  const agreement = noun(cli, 'agreement', 'memoranda between nations that let information cross');
  cli
    .verb<DraftOptions>(
      agreement,
      'draft',
      'write an agreement with usual articles, to be edited before it is signed',
      draft,
    )
    .requiredOption('--id <id>', 'its id: mou-la-th')
    .requiredOption('--title <title>', 'its title')
    .requiredOption('--party <nation.json>', "a party, by its nation's nation.json; at least two", repeated)
    .requiredOption('--office <id>', 'an office of a party; repeated', repeated)
    .requiredOption('--out <file>', 'the file to write');
  cli
    .verb<{ home: string }>(
      agreement,
      'sign <file>',
      "add a nation's signature to a text or to what others signed",
      sign,
    )
    .requiredOption('--home <folder>', "the nation's folder, with its root key");
  cli.verb(agreement, 'verify <file>', 'every party signed it, it is sound, and its dates', verify);
  cli.verb(agreement, 'show <file>', 'what an agreement says; nothing is verified', show);
}

async function draft({ options, context }: VerbInput<DraftOptions>): Promise<Answer> {
  const { agreementDates, outlineAgreement } = await import('../home/agreement-text.ts');
  const { parseNation } = await import('../home/nation-home.ts');
  const offices = options.office.map(parseOfficeId);
  const parties = await Promise.all(
    options.party.map(async (party) => {
      const nation = parseNation(await readText(resolve(context.cwd, party)), party);
      return { nation, offices: offices.filter((office) => office.startsWith(`${nation.nation.toLowerCase()}-`)) };
    }),
  );
  const file = resolve(context.cwd, options.out);
  await assertAbsent(file);
  await writePublicFile(
    file,
    outlineAgreement({ id: options.id, title: options.title, parties, ...agreementDates(systemClock.now()) }),
  );
  return { json: { file }, text: `The draft is in ${file}; edit it, then let every party sign it.` };
}

async function sign({ args, options, context }: VerbInput<{ home: string }>): Promise<Answer> {
  const { addSignature, parseAgreementText, signDocument } = await import('../../core/trust/index.ts');
  const { readNation, readRootSigner } = await import('../home/nation-home.ts');
  const file = resolve(context.cwd, args[0] ?? '');
  const home = resolve(context.cwd, options.home);
  const text = await readText(file);
  const signed = isSignedDocument(text);
  const agreement = parseAgreementText(signed ? textInDocument(text, file) : text);
  const { nation, thumbprint, root } = await readNation(home);
  const party = agreement.parties.find((each) => each.nation === nation);
  if (party?.root?.x !== root.x)
    throw new CliError('CLI_INPUT_INVALID', {
      context: { file, fault: `${nation} with this root key is not a party` },
    });
  const signer = await readRootSigner(home);
  const bytes = signed
    ? await addSignature(await readBytes(file), signer)
    : await signDocument('agreement', text, [signer]);
  await writePublicFile(file, bytes);
  return {
    json: { file, nation, kid: thumbprint },
    text: `${nation} has signed ${agreement.id}, version ${agreement.version}.`,
  };
}

async function verify({ args, context }: VerbInput<object>): Promise<Answer> {
  const { createTrustStore, parseAgreementText, parseSigningPublicKey, TrustError } = await import(
    '../../core/trust/index.ts'
  );
  const file = resolve(context.cwd, args[0] ?? '');
  const text = await readText(file);
  if (!isSignedDocument(text))
    throw new TrustError('TRUST_DOCUMENT_MALFORMED', { context: { fault: 'nobody has signed it' } });
  const agreement = parseAgreementText(textInDocument(text, file));
  const [first] = agreement.parties;
  if (first?.root === null || first === undefined)
    throw new TrustError('TRUST_AGREEMENT_PARTIES_INVALID', { context: { fault: 'too-few' } });
  // To install it is to verify it; the first party stands for any of them.
  const store = createTrustStore({ nation: parseNationCode(first.nation), root: parseSigningPublicKey(first.root) });
  await store.installAgreement(await readBytes(file), systemClock.now());
  const facts = await factsOf(agreement, textInDocument(text, file));
  return {
    json: { verified: true, ...facts.json },
    text: `Every party has signed it, and it is sound.\n\n${facts.text}`,
  };
}

async function show({ args, context }: VerbInput<object>): Promise<Answer> {
  const { parseAgreementText } = await import('../../core/trust/index.ts');
  const { agreementCodec, toJson } = await import('../../core/wire/index.ts');
  const file = resolve(context.cwd, args[0] ?? '');
  const text = await readText(file);
  const said = isSignedDocument(text) ? textInDocument(text, file) : text;
  const agreement = parseAgreementText(said);
  const json = toJson(agreementCodec, agreement);
  const facts = await factsOf(agreement, said);
  return { json, text: `${facts.text}\n\n${renderBody(json['articles'])}` };
}

async function factsOf(agreement: Agreement, text: string) {
  const { thumbprintOf } = await import('../../core/trust/index.ts');
  const { timestampText } = await import('../../core/wire/index.ts');
  const until = agreement.validUntil === null ? '' : timestampText(agreement.validUntil);
  const from = agreement.validFrom === null ? '' : timestampText(agreement.validFrom);
  const daysLeft = Math.floor((Date.parse(until) - systemClock.now()) / 86_400_000);
  const parties = agreement.parties.map((party) => ({
    nation: party.nation,
    root: party.root === null ? '' : thumbprintOf(party.root),
    offices: party.offices,
  }));
  const { id, version, title } = agreement;
  const head = renderPairs([
    ['agreement', `${id}, version ${version}`],
    ['title', title],
    ['in force', `${from} to ${until} (${daysLeft} days left)`],
    ['text digest', digestOf(utf8(text))],
  ]);
  const table = renderTable(
    ['party', 'root key thumbprint', 'offices'],
    parties.map((party) => [party.nation, party.root, party.offices.join(' ')]),
  );
  return {
    json: { id, version, title, validFrom: from, validUntil: until, daysLeft, parties },
    text: `${head}\n\n${table}`,
  };
}
