import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A real Chromium of this machine without a window; nothing is downloaded. Fails with the line that installs one. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      // Everything is on loopback, and the container that runs as root has no user namespaces for the sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      ...args,
    ],
  });
}

/** Where Chromium is: `$CHROMIUM`, else on the PATH. */
export async function findChromium(): Promise<string> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = [process.env['CHROMIUM'], ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))];
  for (const place of places) {
    if (place === undefined || place === '') continue;
    const found = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  throw new Error('Chromium is missing; install it with: apt-get install chromium (or set CHROMIUM to its path)');
}
