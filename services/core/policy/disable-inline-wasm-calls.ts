import { setFlagsFromString } from 'node:v8';

// V8 up to Node 21 inlines calls from JavaScript into WebAssembly and dies in the deoptimiser ("unreachable code") when
// an inlined call has to be undone. The flag counts only for code that is compiled after it was set, so this module is
// imported before the policy engine.
if (Number.parseInt(process.versions.node, 10) < 22) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
