import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, expect, inject } from 'vitest';
import type { RegionState } from '../../../services/cli/region/region-state.ts';
import { launchChromium } from './launch-chromium.ts';

/** Who visits, where, and how their device is. */
export interface VisitOptions {
  readonly office: string;
  /** The name of an account of the demonstration, such as `duty-supervisor`. */
  readonly name: string;
  readonly language?: string;
  /** Below /console; left out, where the sign-in leads. */
  readonly path?: string;
  readonly device?: BrowserContextOptions;
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let ownHome: string | undefined;

/** From now on, until its end, the file visits that region, which belongs to it alone, and not the shared one. */
export function visitRegion(home: string): void {
  ownHome = home;
}

/** The home of the shared region, which starts when it is first asked for, or of the file's own. */
async function regionHome(): Promise<string> {
  if (ownHome !== undefined) return ownHome;
  const answer = await fetch(inject('consoleRegion'));
  if (!answer.ok) throw new Error(await answer.text());
  return answer.text();
}

/** What the region that is visited says of itself. */
export async function regionState(): Promise<RegionState> {
  return JSON.parse(await readFile(join(await regionHome(), 'region.json'), 'utf8')) as RegionState;
}

/** The address of an office's console as a person types it. */
export async function consoleOf(office: string): Promise<string> {
  const http = (await regionState()).offices[office]?.http;
  if (http === undefined) throw new TypeError(`there is no office ${office}`);
  return http.replace('127.0.0.1', 'localhost');
}

/** The password of an account of the demonstration. */
export async function passwordOf(office: string, name: string): Promise<string> {
  const officer = (await regionState()).offices[office]?.officers.find((one) => one.name === name);
  if (officer === undefined) throw new TypeError(`${office} has no ${name}`);
  return officer.password;
}

let browser: Promise<Browser> | undefined;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

/** Ends what the file opened, and fails it where a page threw, or asked anybody but its own office. */
export function endVisits(): void {
  afterAll(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await (await browser)?.close();
    browser = undefined;
    ownHome = undefined;
    expect(faults.splice(0)).toEqual([]);
  });
}

/** A fresh device with nothing on it, in front of that office's console; nobody is signed in. */
export async function openDevice(office: string, options: Partial<VisitOptions> = {}): Promise<Page> {
  browser ??= launchChromium();
  const address = await consoleOf(office);
  const context = await (await browser).newContext({
    baseURL: address,
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    ...options.device,
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  // As the browser's own, so that the page's policy, which runs no other script, stays in force.
  await page.addInitScript(axeSource);
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is told there too; what the policy of the page stops is a fault.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    const from = request.frame().url();
    const isOwn = request.isNavigationRequest() ? url.startsWith('http://localhost:') : sameOrigin(url, from);
    if (!isOwn && !url.startsWith('blob:') && !url.startsWith('data:')) faults.push(`${from} asked ${url}`);
  });
  if (options.language !== undefined)
    await page.addInitScript(`localStorage.setItem('liaison.language', ${JSON.stringify(options.language)})`);
  return page;
}

function sameOrigin(url: string, from: string): boolean {
  return new URL(url).origin === new URL(from).origin;
}

/** A page of the console with that person signed in, as a person signs in: by name and password. */
export async function visit(options: VisitOptions): Promise<Page> {
  const page = await openDevice(options.office, options);
  await page.goto(`/console${options.path ?? '/'}`);
  await signIn(page, options.office, options.name);
  return page;
}

/** Fills in the sign-in that the page shows, whatever its language. */
export async function signIn(page: Page, office: string, name: string): Promise<void> {
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="password"]').fill(await passwordOf(office, name));
  await page.locator('input[name="password"]').press('Enter');
  await page.locator('.frame').waitFor();
}

const RULES: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds that is serious or critical on the page as it stands, by rule and place. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const result = (await page.evaluate((rules) => {
    const { axe } = globalThis as unknown as { axe: { run: (on: unknown, options: unknown) => Promise<unknown> } };
    return axe.run((globalThis as unknown as { document: unknown }).document, { runOnly: rules });
  }, RULES)) as {
    readonly passes: readonly unknown[];
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary: string }[];
    }[];
  };
  expect(result.passes.length).toBeGreaterThan(5);
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary})`));
}
