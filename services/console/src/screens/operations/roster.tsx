import type { JSX } from 'preact';
import { type Schemas, session, useResource } from '../../api/index.ts';
import { code, field, t } from '../../i18n/index.ts';
import { Facts, Loaded, PeerText, Reach, Time } from '../../ui/index.ts';
import { readSoFar } from './read-state.ts';
import type { Entry } from './types.ts';
import { MemberState } from './words.tsx';

type RosterEntry = Schemas['RosterEntry'];

/** Who takes part, how each is reached, and how far each has read what this office said. */
export function Roster({
  operation,
  entries,
}: {
  readonly operation: string;
  readonly entries: readonly Entry[];
}): JSX.Element {
  const { office: self } = session();
  const address = `/v1/operations/${encodeURIComponent(operation)}/roster`;
  const roster = useResource<{ readonly items: readonly RosterEntry[] }>(address, ['operations']);
  const read = readSoFar(entries, self);
  return (
    <Loaded resource={roster}>
      {({ items }) => (
        <ul class="operations-list">
          {items.map((member) => {
            const so = read.find(({ office }) => office === member.office);
            return (
              <li key={member.office} class="operations-member">
                <p class="row">
                  <strong>{member.office}</strong>
                  {member.name === '' ? null : <PeerText text={member.name} />}
                  <span>{code('OperationRole', member.role)}</span>
                  <MemberState state={member.state} />
                </p>
                {so === undefined ? null : (
                  <p>
                    {so.opened > 0
                      ? t('operations.readUpTo', { number: so.opened })
                      : so.received > 0
                        ? t('operations.receivedUpTo', { number: so.received })
                        : t('operations.readNothing')}
                    {so.opened > 0 && so.received > so.opened
                      ? ` ${t('operations.receivedUpTo', { number: so.received })}`
                      : null}
                  </p>
                )}
                <Facts
                  entries={[
                    [
                      field('CharterMember', 'dutyContact'),
                      member.dutyContact === '' ? undefined : <PeerText text={member.dutyContact} />,
                    ],
                    [
                      t('operations.onDuty'),
                      member.onDuty.length === 0
                        ? undefined
                        : member.onDuty.map(({ contact, until }) => (
                            <span key={contact}>
                              <PeerText text={contact} />
                              {until === null ? null : (
                                <>
                                  {' '}
                                  ({t('operations.until')} <Time at={until} />)
                                </>
                              )}{' '}
                            </span>
                          )),
                    ],
                    [
                      t('operations.focalPoints'),
                      member.focalPoints.length === 0
                        ? undefined
                        : member.focalPoints.map((point) => (
                            <p key={`${point.role} ${point.telephone}`}>
                              <PeerText text={[point.role, point.name].filter(Boolean).join(': ')} />{' '}
                              {point.telephone === '' ? null : <Reach telephone={point.telephone} />}
                            </p>
                          )),
                    ],
                    [t('operations.joinedAt'), member.joinedAt === null ? undefined : <Time at={member.joinedAt} />],
                    [t('operations.endedAt'), member.endedAt === null ? undefined : <Time at={member.endedAt} />],
                  ]}
                />
              </li>
            );
          })}
        </ul>
      )}
    </Loaded>
  );
}
