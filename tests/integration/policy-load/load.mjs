// The load under which V8 up to Node 21 dies in its deoptimiser while WebAssembly calls are inlined. It keeps what it
// makes for a while, so that the collector moves objects and the compiler takes back what it assumed about them.
import { fileURLToPath } from 'node:url';

const SCHEMA = `
entity Office;
type Message = { note: String, handling: Long, categories: Set<String> };
action "release" appliesTo { principal: [Office], resource: [Office], context: { message: Message } };`;

/** Asks one policy again and again for `lastsMs`; returns how often. */
export function askForAWhile(cedar, lastsMs) {
  cedar.preparseSchema('load', SCHEMA);
  cedar.preparsePolicySet('load', {
    staticPolicies: { 'load.all': 'permit (principal, action, resource) when { context.message.handling > 1 };' },
  });
  const kept = [];
  const ask = (index) =>
    cedar.statefulIsAuthorized({
      principal: { type: 'Office', id: 'th-a' },
      action: { type: 'Action', id: 'release' },
      resource: { type: 'Office', id: 'la-b' },
      context: { message: { note: `n${index}`, handling: 2, categories: [] } },
      preparsedSchemaName: 'load',
      preparsedPolicySetId: 'load',
      validateRequest: true,
      entities: [],
    });
  const end = Date.now() + lastsMs;
  let count = 0;
  for (; Date.now() < end; count++) {
    const answer = ask(count);
    if (answer.type !== 'success' || answer.response.decision !== 'allow') throw new Error('the policy did not answer');
    kept.push({ answer, count, more: [count, { count }] });
    if (kept.length > 30_000) kept.splice(0, 20_000);
  }
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const cedar = await import('@cedar-policy/cedar-wasm/nodejs');
  process.stdout.write(`${askForAWhile(cedar, Number(process.argv[2]))}\n`);
}
