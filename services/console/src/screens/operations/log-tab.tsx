import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { code, leading, t } from '../../i18n/index.ts';
import { Empty, Loaded, Time } from '../../ui/index.ts';

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
          <div class="table-scroll">
            <table class="table">
              <caption>{t('operations.tab.log')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('operations.log.at')}</th>
                  <th scope="col">{t('operations.log.office')}</th>
                  <th scope="col">{t('operations.log.what')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((line) => (
                  <tr key={`${line.what}/${line.office}/${line.number}/${line.id}`}>
                    <td>
                      <Time at={line.at} />
                    </td>
                    <td>{line.office}</td>
                    <td>{wordsOf(line)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
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
