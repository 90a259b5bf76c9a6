// Writes services/core/wire/__generated__ and the console's forms from the .proto files. Run by `npm run generate`; with two arguments it reads
// and writes elsewhere: `node proto/generate.mjs <folder that holds liaison/v1 and labels> <folder to write>`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkContract, checkLabels } from './generator/check-contract.mjs';
import { printConsole } from './generator/print-console.mjs';
import {
  printCodecs,
  printContract,
  printDescriptors,
  printDoor,
  printLabels,
  printMakers,
  printTypes,
} from './generator/print-typescript.mjs';
import { readContract } from './generator/read-contract.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(process.argv[2] ?? here);
const target = resolve(process.argv[3] ?? join(here, '../services/core/wire/__generated__'));

const contract = readContract(source);
checkContract(contract);

const labels = readdirSync(join(source, 'labels'))
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(source, 'labels', name), 'utf8')));
checkLabels(contract, labels);

const files = {
  'types.ts': printTypes(contract),
  'codecs.ts': printCodecs(contract),
  'contract.ts': printContract(contract),
  'descriptors.ts': printDescriptors(contract),
  'makers.ts': printMakers(contract),
  'labels.ts': printLabels(labels),
};

mkdirSync(target, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text);

if (process.argv[3] === undefined) {
  const ofConsole = join(here, '../services/console/__generated__');
  mkdirSync(ofConsole, { recursive: true });
  writeFileSync(join(ofConsole, 'contract.ts'), printConsole(contract));
}

/** The folder's door names every export; what is generated stands above this line, the rest is written by hand. */
const BY_HAND = '// The names above are written by proto/generate.mjs, those below by hand.\n';
const door = join(target, '../index.ts');
const [, byHand = ''] = existsSync(door) ? readFileSync(door, 'utf8').split(BY_HAND) : [];
writeFileSync(door, `${printDoor(contract)}${BY_HAND}${byHand}`);
