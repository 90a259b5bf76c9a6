import type { JSX } from 'preact';
import { may, nodeConnection, useResource } from '../api/index.ts';
import { clockTime, dateTime, now, t } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';

/** A line as the strip needs it; GET /v1/links tells more. */
interface LinkFacts {
  readonly office: string;
  readonly up: boolean | null;
  readonly since?: string | null;
  readonly waiting?: number;
}

/** Says which line is down, since when, and what waits for it; one word when all is well. */
export function StatusStrip(): JSX.Element {
  const connection = nodeConnection();
  const links = useResource<{ readonly items: readonly LinkFacts[] }>(may('read-links') ? '/v1/links' : null, [
    'links',
  ]);
  if (!connection.up)
    return (
      <p class="status danger" role="status">
        <Icon shape="cross" /> {t('line.nodeDownSince', { at: clockTime(connection.since) })}
      </p>
    );
  const down = (links.value?.items ?? []).filter((link) => link.up === false);
  if (down.length === 0)
    return (
      <p class="status" role="status">
        <Icon shape="check" /> {t('line.allUp')}
      </p>
    );
  return (
    <ul class="status warn" role="status">
      {down.map((link) => (
        <li key={link.office}>
          <Icon shape="triangle" /> {describe(link)}
        </li>
      ))}
    </ul>
  );
}

function describe({ office, since, waiting = 0 }: LinkFacts): string {
  if (since === undefined || since === null) return t('line.down', { office, waiting });
  const at = now() - Date.parse(since) < 20 * 3_600_000 ? clockTime(since) : dateTime(since);
  return t('line.downSince', { office, at, waiting });
}
