import type { TestProject } from 'vitest/node';
import { startConsoleRegion } from './console-region.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The home of the region that all files of the console's tests share. */
    consoleRegion: string;
  }
}

/** One region for all files of the console's tests: it takes longer to start than most of them to run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const region = await startConsoleRegion();
  project.provide('consoleRegion', region.home);
  return region.stop;
}
