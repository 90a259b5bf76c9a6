// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {object} ToolResult
 * @property {number | null} code exit code, null when it could not be started or was ended
 * @property {string} stdout
 * @property {string} stderr the last 64 KiB of it; the reason when it could not be started
 */

/**
 * Runs a program to its end and never rejects: a program that is missing, fails or takes too long is a result with a code other than 0.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<ToolResult>}
 */
export function runTool(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-65536);
    });
    child.on('error', (error) => resolve({ code: null, stdout, stderr: stderr || error.message }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * The last line of a tool's output that says something: what a one-sentence failure quotes.
 * @param {ToolResult} result
 */
export function lastLine(result) {
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').at(-1) ?? `exit code ${result.code}`;
}
