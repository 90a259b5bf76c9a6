import { setFlagsFromString } from 'node:v8';

// Flags count only for what is compiled after they were set, so this module is imported before the policy engine.

// V8 up to Node 21 inlines calls from JavaScript into WebAssembly and dies in the deoptimiser ("unreachable code") when
// an inlined call has to be undone.
if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

// What reads and validates the bundles runs once at a start. By V8's own measure all of it is hot and optimised for
// seconds of CPU, while an office that was killed has to be back soon; what decides crossing after crossing still is.
setFlagsFromString('--wasm-tiering-budget=400000000');
