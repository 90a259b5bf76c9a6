import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../deploy/bootstrap/paths.mjs';

/** How a command ended. */
export interface BloResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed with `--json`. */
  readonly json: () => Record<string, unknown>;
}

/** How a command is run. */
export interface BloOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/** Runs `blo` as a process of its own, as built, and waits for its end. */
export function blo(argv: readonly string[], options: BloOptions): Promise<BloResult> {
  const child = startNode([join(projectRoot, 'dist/cli/main.js'), ...argv], options);
  child.stdin?.end(options.input ?? '');
  return endOf(child);
}

/** Starts a Node program; the caller ends it. */
export function startNode(args: readonly string[], { cwd, env }: BloOptions): ChildProcess {
  return spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, stdio: 'pipe' });
}

/** What a process printed and how it ended. */
export function endOf(child: ChildProcess): Promise<BloResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({
        code: code ?? (signal === 'SIGKILL' ? 137 : 143),
        stdout,
        stderr,
        json: () => JSON.parse(stdout) as Record<string, unknown>,
      }),
    );
  });
}
