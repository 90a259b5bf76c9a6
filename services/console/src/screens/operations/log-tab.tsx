import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { code, leading, t } from '../../i18n/index.ts';
import { DataTable, Empty, Loaded, Time } from '../../ui/index.ts';

type Line = Schemas['OperationLogEntry'];

/** Everything that happened, by the times at which it was signed: acts, posts, and posts that their senders keep back. */
export function LogTab({ operation }: { readonly operation: string }): JSX.Element {
  const address = `/v1/operations/${encodeURIComponent(operation)}/log`;
  const log = useResource<{ readonly items: readonly Line[] }>(address, ['operations', 'inbox', 'outbox']);
  return (
    <Loaded resource={log}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{t('operations.noPosts')}</Empty>
        ) : (
          <DataTable
            label={t('operations.tab.log')}
            columns={[
              { head: t('operations.log.at') },
              { head: t('operations.log.office') },
              { head: t('operations.log.what') },
            ]}
            rows={items.map((line) => ({
              key: `${line.what}/${line.office}/${line.number}/${line.id}`,
              cells: [<Time key="at" at={line.at} />, line.office, wordsOf(line)],
            }))}
          />
        )
      }
    </Loaded>
  );
}

function wordsOf({ what, action, member, type, number }: Line): string {
  if (what === 'act') {
    const words = action === null ? '' : code('OperationAction', action);
    return member === null ? words : `${leading(words)}${member}`;
  }
  if (what === 'kept-back') return t('operations.log.keptBack', { number });
  return t('operations.log.post', { number, type: type === null ? '' : code('PostType', type) });
}
