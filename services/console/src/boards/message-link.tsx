import type { JSX } from 'preact';
import { Link } from '../app/router.tsx';
import { t } from '../i18n/index.ts';

/** The page of a message, named by its origin and the end of its id, where ids differ. */
export function MessageLink({ origin, id }: { readonly origin: string; readonly id: string }): JSX.Element {
  return (
    <Link to={messagePath(origin, id)} title={id}>
      {t('boards.message', { origin, end: id.slice(-6) })}
    </Link>
  );
}

/** The address of a message's page. */
export function messagePath(origin: string, id: string): string {
  return `/messages/${encodeURIComponent(origin)}/${encodeURIComponent(id)}`;
}
