// @ts-check
// Takes one safeguard out at a time, in a copy of the tree, and runs the test that must then fail: npm run test:mutations [-- NAME...]
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureNatsServer } from '../../deploy/bootstrap/nats-server.mjs';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';

/**
 * @typedef {object} Mutation
 * @property {string} name
 * @property {string} without what the mutant lacks
 * @property {string} test the file with the test that notices
 * @property {string} title of that test
 * @property {readonly { file: string, from: string, to: string }[]} changes each `from` is there exactly once
 */

const IN_MEMORY = 'tests/faults/before-it-counts.test.ts';
const HISTORY = 'tests/unit/relay/frame-history.test.ts';

/** @type {readonly Mutation[]} */
const MUTATIONS = [
  {
    name: 'duplicate-message',
    without: 'one message is taken in once, whatever numbers it comes under',
    test: HISTORY,
    title: 'the same message comes under a second number',
    changes: [
      {
        file: 'services/core/relay/judge-crossings.ts',
        from: "  if (known === envelopeDigest) throw new RelayError('RELAY_ENVELOPE_REPEATED', { context: { origin, id } });\n",
        to: '',
      },
    ],
  },
  {
    name: 'duplicate-frame',
    without: 'numbers that are on record are passed over',
    test: HISTORY,
    title: 'is recognised as a duplicate for ever',
    changes: [
      {
        file: 'services/core/relay/take-crossings.ts',
        from: 'frame.crossings.filter((item) => !lane.have.has(item.number))',
        to: 'frame.crossings',
      },
      {
        file: 'services/core/relay/take-crossings.ts',
        from: 'taken.filter(({ judged }) => !have.has(judged.item.number))',
        to: 'taken',
      },
    ],
  },
  {
    name: 'number-reused',
    without: 'a number that came in one frame may not come in another',
    test: HISTORY,
    title: 'is quarantined where a number comes again in another frame',
    changes: [
      {
        file: 'services/core/relay/arrival-order.ts',
        from: 'if (known !== undefined && known !== digest) throw',
        to: 'if (false) throw',
      },
    ],
  },
  {
    name: 'receipt-digest',
    without: 'a receipt counts only for the exact bytes that were sent',
    test: IN_MEMORY,
    title: 'shows nothing as delivered on a receipt about other bytes',
    changes: [
      {
        file: 'services/core/envelope/verify-receipt.ts',
        from: "  if (toHex(verified.receipt.crossingDigest) !== sent.crossingDigest) throw mismatch('crossing-digest', verified.issuer);\n",
        to: '',
      },
    ],
  },
  {
    name: 'frame-before-ledger',
    without: "a frame's header is on disk before the frame is on the line",
    test: IN_MEMORY,
    title: 'puts no frame on the line whose header is not on disk',
    changes: [
      {
        file: 'services/core/relay/frame-next.ts',
        from: '  const recorded = await desk.commit(',
        to:
          '  const line = parts as unknown as { neighbour: { link: { publish: (precedence: string, bytes: Uint8Array, ms: number) => Promise<void> } } };\n' +
          "  await line.neighbour.link.publish('routine', parts.frames.seal(to, made.header, made.proof as never, items), 1000).catch(() => undefined);\n" +
          '  const recorded = await desk.commit(',
      },
    ],
  },
  {
    name: 'frame-before-its-items',
    without: 'a frame that goes on record with its items is on disk before it is on the line',
    test: IN_MEMORY,
    title: 'puts no frame on the line whose header is not on disk',
    changes: [
      {
        file: 'services/core/relay/frame-next.ts',
        from: '  return { event: { frameSealed: { header, proof } },',
        to:
          '  const line = parts as unknown as { neighbour: { link: { publish: (precedence: string, bytes: Uint8Array, ms: number) => Promise<void> } } };\n' +
          "  await line.neighbour.link.publish('routine', parts.frames.seal(to, header, proof as never, items), 1000).catch(() => undefined);\n" +
          '  return { event: { frameSealed: { header, proof } },',
      },
    ],
  },
  {
    name: 'answer-before-ledger',
    without: 'work is done only when the ledger has it on disk',
    test: IN_MEMORY,
    title: 'answers a submission only when it is on disk',
    changes: [
      {
        file: 'services/core/relay/desk.ts',
        from: 'await parts.ledger.append([',
        to: 'void parts.ledger.append([',
      },
    ],
  },
  {
    name: 'forget-before-ledger',
    without: 'an arrival is acknowledged only when it is on disk',
    test: IN_MEMORY,
    title: 'forgets an arrival only when it is on disk',
    changes: [
      {
        file: 'services/core/relay/take-in.ts',
        from: '      if (await handled(arrival)) return acknowledge(arrival);',
        to: '      acknowledge(arrival);\n      if (await handled(arrival)) return;',
      },
    ],
  },
  {
    name: 'release-twice',
    without: 'a held crossing is held at the very moment of its release',
    test: IN_MEMORY,
    title: 'lets a held crossing go once when two people release it at the same moment',
    changes: [
      {
        file: 'services/core/relay/hold-queue.ts',
        from: '    await commit(key, (round) => {\n      assertHeld(key, round.at);\n      const crossing =',
        to: '    await commit(key, (round) => {\n      const crossing =',
      },
    ],
  },
  {
    name: 'lazy-server',
    without: 'the template has the server sync every write',
    test: 'tests/integration/bus-server-safety.test.ts',
    title: '',
    changes: [{ file: 'deploy/nats/office.conf.template', from: '  sync_interval: always\n', to: '' }],
  },
  {
    name: 'lazy-server-unnoticed',
    without: 'the check finds a server that does not sync every write',
    test: 'tests/unit/bus/judge-server.test.ts',
    title: '',
    changes: [
      {
        file: 'services/core/bus/monitor/judge-server.ts',
        from: "config['sync_always'] !== true",
        to: 'false',
      },
    ],
  },
  {
    name: 'erased-bytes',
    without: 'what an erased body lay in is overwritten on disk',
    test: 'tests/integration/bus-content-batches.test.ts',
    title: 'replaces a batch, and leaves no trace of what was there on disk',
    changes: [
      {
        file: 'services/core/bus/content-batches.ts',
        from: '  if (last !== undefined) await removeBefore(connection, subject, last.seq);\n',
        to: '  void last;\n',
      },
    ],
  },
  {
    name: 'recall-of-anothers',
    without: 'only its originator recalls a message',
    test: 'tests/unit/relay/recall-arrival.test.ts',
    title: 'takes a recall from the originator of what it names alone',
    changes: [
      {
        file: 'services/core/relay/recall/arrival.ts',
        from: 'target.origin !== origin || ',
        to: '',
      },
    ],
  },
  {
    name: 'recalled-arrives',
    without: 'what was called back does not come in afterwards',
    test: 'tests/unit/relay/recall.test.ts',
    title: 'does not come in where it comes after its recall',
    changes: [
      {
        file: 'services/core/relay/arrival-rules.ts',
        from: '  assertNotRecalled(context, crossing);\n',
        to: '  void assertNotRecalled;\n',
      },
    ],
  },
  {
    name: 'recalled-still-waits',
    without: 'a body is kept for as long as a frame that holds it may have to be sent again',
    test: 'tests/unit/relay/recall-onward.test.ts',
    title: 'is not answered as done while the copy that went on may have to be sent again',
    changes: [
      {
        file: 'services/core/relay/recall/answer-recall.ts',
        from: '  return copy.number > projection.lanes.lane(copy.to, copy.lane).confirmedThrough;\n',
        to: '  void [projection, copy];\n  return false;\n',
      },
    ],
  },
];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: process.env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', () => resolve({ code: -1, output }));
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** @returns {Promise<string>} a copy of everything that is not ignored, over the same dependencies */
async function copyTree() {
  const { code, output } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    projectRoot,
  );
  if (code !== 0) throw new Error('the files of the project cannot be listed: it must be a git clone');
  const copy = await mkdtemp(join(tmpdir(), 'liaison-mutants-'));
  for (const file of output.split('\0').filter((name) => name !== '' && !name.startsWith('node_modules'))) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    // A file that is listed may have been removed from the folder.
    await cp(join(projectRoot, file), join(copy, file)).catch(() => undefined);
  }
  await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * @param {string} copy
 * @param {Mutation} mutation
 * @returns {Promise<{ passed: number, failed: readonly string[], output: string }>} how its test ended
 */
async function runTest(copy, { test, title }) {
  const report = join(copy, 'report.json');
  await rm(report, { force: true });
  const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--config', 'tests/vitest.config.ts', '--reporter=json', `--outputFile=${report}`, test];
  const { output } = await run(process.execPath, title === '' ? args : [...args, '-t', title], copy);
  const text = await readFile(report, 'utf8').catch(() => '{"testResults":[]}');
  /** @type {{ testResults: { assertionResults: { status: string, title: string }[] }[] }} */
  const { testResults } = JSON.parse(text);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    failed: results.filter(({ status }) => status === 'failed').map((result) => result.title),
    output,
  };
}

/**
 * @param {string} copy
 * @param {Mutation} mutation
 * @returns {Promise<() => Promise<void>>} puts everything back
 */
async function mutate(copy, { name, changes }) {
  /** @type {Map<string, string>} */
  const originals = new Map();
  for (const { file, from, to } of changes) {
    const path = join(copy, file);
    const text = await readFile(path, 'utf8');
    if (!originals.has(path)) originals.set(path, text);
    if (text.split(from).length !== 2)
      throw new Error(`${name} does not fit ${file} any more: ${JSON.stringify(from)}`);
    await writeFile(
      path,
      text.replace(from, () => to),
    );
  }
  return async () => {
    for (const [path, text] of originals) await writeFile(path, text);
  };
}

const wanted = process.argv.slice(2);
const mutations = MUTATIONS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (mutations.length === 0) {
  console.error(`there is no such mutation; there are ${MUTATIONS.map(({ name }) => name).join(' ')}`);
  process.exit(2);
}
process.env['NATS_SERVER'] = (await ensureNatsServer()).path;
const copy = await copyTree();
/** @type {(readonly [string, string, string, string])[]} */
const rows = [];
try {
  for (const mutation of mutations) {
    const sound = await runTest(copy, mutation);
    const isSound = sound.passed > 0 && sound.failed.length === 0;
    const restore = await mutate(copy, mutation);
    const mutant = await runTest(copy, mutation);
    await restore();
    const noticed = isSound && mutant.failed.length > 0;
    rows.push([mutation.name, isSound ? 'green' : 'RED', noticed ? 'red' : 'NOT NOTICED', mutation.without]);
    console.log(`${noticed ? 'ok' : 'FAILED'}: ${mutation.name}${noticed ? `, by "${mutant.failed[0]}"` : ''}`);
    if (!isSound) console.log(sound.output.slice(-2_000));
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}
const headings = /** @type {const} */ (['mutation', 'before', 'mutant', 'what was taken out']);
const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
console.log();
for (const row of [headings, ...rows])
  console.log(
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
const unnoticed = rows.filter((row) => row[1] !== 'green' || row[2] !== 'red').length;
console.log(`\n${rows.length - unnoticed} of ${rows.length} mutations are noticed`);
process.exitCode = unnoticed === 0 ? 0 : 1;
