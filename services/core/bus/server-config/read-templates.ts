import { type ServerTemplates, TEMPLATE_NAMES } from './types.ts';

/** All templates, read with `readText`, which is given each file's name within deploy/nats. */
export async function readServerTemplates(readText: (fileName: string) => Promise<string>): Promise<ServerTemplates> {
  const entries = await Promise.all(
    TEMPLATE_NAMES.map(async (name) => [name, await readText(`${name}.conf.template`)] as const),
  );
  return Object.fromEntries(entries) as Record<(typeof TEMPLATE_NAMES)[number], string>;
}
