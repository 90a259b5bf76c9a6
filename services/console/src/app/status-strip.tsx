import type { JSX } from 'preact';
import { may, nodeConnection, type Schemas } from '../api/index.ts';
import { useFollowedLinks } from '../boards/links.ts';
import { clockTime, dateTime, now, t } from '../i18n/index.ts';
import { Icon } from '../ui/index.ts';
import { Link } from './router.tsx';

const TODAY_MS = 20 * 3_600_000;

/** Says which line is down, since when, and what waits for it, and whether the node does its work; one word when all is well. */
export function StatusStrip(): JSX.Element {
  const connection = nodeConnection();
  const links = useFollowedLinks();
  if (!connection.up)
    return (
      <p class="status danger" role="status">
        <Icon shape="cross" /> {t('line.nodeDownSince', { at: clockTime(connection.since) })}
      </p>
    );
  const troubles = links === undefined ? [] : troublesOf(links);
  if (troubles.length === 0)
    return (
      <p class="status" role="status">
        <Icon shape="check" /> {t('line.allUp')}
      </p>
    );
  return (
    <ul class="status warn" role="status">
      {troubles.map(({ key, text, to }) => (
        <li key={key}>
          <Icon shape="triangle" /> {to === undefined ? text : <Link to={to}>{text}</Link>}
        </li>
      ))}
    </ul>
  );
}

interface Trouble {
  readonly key: string;
  readonly text: string;
  readonly to?: string;
}

function troublesOf({ node, items, hubs }: Schemas['Links']): readonly Trouble[] {
  const to = may('read-directory') ? { to: '/directory' } : {};
  return [
    ...(node.ready
      ? []
      : [
          {
            key: 'node',
            text: t('line.nodeNotReady', { codes: node.reasons.map((reason) => reason.code).join(', ') }),
          },
        ]),
    ...items
      .filter((link) => link.up === false || link.silent)
      .map(({ office, since, waits, up }) => {
        const waiting = waits.reduce((sum, { count }) => sum + count, 0);
        return {
          key: office,
          text: up === false ? down(office, since, waiting) : t('line.silent', { office, waiting }),
          ...to,
        };
      }),
    ...hubs
      .filter((hub) => hub.up === false)
      .map(({ hub, since, waiting }) => ({ key: hub, text: down(hub, since, waiting), ...to })),
  ];
}

function down(office: string, since: string | null, waiting: number): string {
  if (since === null) return t('line.down', { office, waiting });
  const at = now() - Date.parse(since) < TODAY_MS ? clockTime(since) : dateTime(since);
  return t('line.downSince', { office, at, waiting });
}
