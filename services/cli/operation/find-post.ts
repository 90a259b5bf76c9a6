import { CliError } from '../errors.ts';
import { listOf, type OfficeClient, stringOf } from '../office-api/office-client.ts';

const NUMBER = /^[1-9]\d{0,8}$/;

/** One post by its origin and id, of what a person read in the transcript (`la-houayxay/3`) or of its id. @throws CliError CLI_USAGE, CLI_INPUT_INVALID. */
export async function findPost(
  office: OfficeClient,
  operation: string,
  place: string,
): Promise<{ readonly origin: string; readonly id: string }> {
  const [origin, post, ...rest] = place.split('/');
  if (!origin || !post || rest.length > 0)
    throw new CliError('CLI_USAGE', { context: { post: place, missing: '<office>/<number> or <office>/<id>' } });
  return { origin, id: await idOf(office, operation, origin, post) };
}

/** The id of a post: itself, or that of the post of this number in the transcript. @throws CliError CLI_INPUT_INVALID. */
export async function idOf(office: OfficeClient, operation: string, origin: string, post: string): Promise<string> {
  if (!NUMBER.test(post)) return post;
  const transcript = await office.get(`/v1/operations/${encodeURIComponent(operation)}/transcript`);
  const entry = listOf(transcript['entries']).find(
    (one) => one['office'] === origin && String(one['number']) === post && stringOf(one['id']) !== '',
  );
  if (entry === undefined)
    throw new CliError('CLI_INPUT_INVALID', {
      context: { post: `${origin}/${post}`, fault: 'not a post that this office has' },
    });
  return stringOf(entry['id']);
}
