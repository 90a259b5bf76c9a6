import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DurationMs, days, type EpochMs, type KeyId, later, utf8 } from '../../core/foundation/index.ts';
import {
  draftDirectory,
  MAX_DOCUMENT_BYTES,
  parseDirectoryText,
  signDocument,
  writeDirectoryText,
} from '../../core/trust/index.ts';
import { type Directory, type OfficeEntry, officeEntryCodec, parseJsonText, toJson } from '../../core/wire/index.ts';
import { readIfThere, readText, writePublicFile } from './files.ts';
import { readNation, readRootSigner } from './nation-home.ts';
import { nationHome } from './paths.ts';
import { textInDocument } from './signed-text.ts';

/** How a directory is issued. */
export interface IssueOptions {
  readonly now: EpochMs;
  readonly validFor: DurationMs;
  /** Keys to revoke besides those that are revoked already. */
  readonly revoke: readonly { readonly kid: KeyId; readonly at: EpochMs; readonly reason: string }[];
}

/** How long a directory is good where nobody says otherwise. */
export const DIRECTORY_LIFETIME = days(365);
/** One that ends within this time is issued again. */
const RENEW_WITHIN = days(30);

/**
 * The nation's next directory, signed: the entries in its folder `offices`, every revocation kept, one sequence number
 * further. It is written to the nation's home.
 *
 * @throws CliError CLI_FILE_UNREADABLE, CLI_INPUT_INVALID; JsonFaultsError; TrustError TRUST_DOCUMENT_TEXT_INVALID, TRUST_KEY_INVALID.
 */
export async function issueDirectory(home: string, { now, validFor, revoke }: IssueOptions): Promise<Directory> {
  const { nation, root } = await readNation(home);
  const offices = await readEntries(home);
  const draft = { nation, root, offices, issuedAt: now, validForMs: validFor, revoke };
  const directory = draftDirectory(draft, await readOwnDirectory(home));
  const signed = await signDocument('directory', writeDirectoryText(directory), [await readRootSigner(home)]);
  await writePublicFile(nationHome.directory(home), signed);
  return directory;
}

/** The nation has a signed directory of exactly the offices in its folder that does not end within a month. */
export async function ensureDirectory(home: string, now: EpochMs): Promise<void> {
  const before = await readOwnDirectory(home);
  const lasts = before !== undefined && (before.expires?.seconds ?? 0) * 1000 > later(now, RENEW_WITHIN);
  if (lasts && textOf(before.offices) === textOf(await readEntries(home))) return;
  await issueDirectory(home, { now, validFor: DIRECTORY_LIFETIME, revoke: [] });
}

async function readOwnDirectory(home: string): Promise<Directory | undefined> {
  const file = nationHome.directory(home);
  const document = await readIfThere(file);
  return document === undefined ? undefined : parseDirectoryText(textInDocument(document, file));
}

async function readEntries(home: string): Promise<readonly OfficeEntry[]> {
  const folder = nationHome.offices(home);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) =>
      parseJsonText(officeEntryCodec, utf8(await readText(join(folder, name))), MAX_DOCUMENT_BYTES),
    ),
  );
}

function textOf(offices: readonly OfficeEntry[]): string {
  return JSON.stringify(offices.map((office) => toJson(officeEntryCodec, office)));
}
