import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type ConsoleRegion, startConsoleRegion } from './console-region.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the region that all files of the console's tests share is asked for: answered with its home once it is up. */
    consoleRegion: string;
  }
}

/**
 * One region for all files of the console's tests: it takes longer to start than most of them to run. It starts when the
 * first of them asks for it, since the suites before have the machine for themselves.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let region: Promise<ConsoleRegion> | undefined;
  const server = createServer((_, response) => {
    region ??= startConsoleRegion();
    region.then(
      ({ home }) => response.end(home),
      (failure: unknown) => response.writeHead(500).end(String(failure)),
    );
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  project.provide('consoleRegion', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    await (await region?.catch(() => undefined))?.stop();
  };
}
