import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { may, type Schemas, useResource } from '../../api/index.ts';
import {
  BoardEntry,
  BoardList,
  categoryWords,
  Headline,
  MessageLink,
  owesAnswer,
  SaidWords,
  sortAsked,
} from '../../boards/index.ts';
import { dateTime, t } from '../../i18n/index.ts';
import { Age, Countdown, Empty, Facts, Loaded, PeerText, Time } from '../../ui/index.ts';
import { AskedState } from './asked-state.tsx';
import { OpenedNotice, type OpenedResult, OpenParts } from './open-parts.tsx';

type Opening = Schemas['Opening'];

/** Requests to open parts that were withheld, asked here and asked of this office. */
export function Openings(): JSX.Element {
  const openings = useResource<{ readonly items: readonly Opening[] }>('/v1/openings', ['control']);
  return (
    <>
      <p class="muted">{t('control.openingsAbout')}</p>
      <Loaded resource={openings}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('control.openingsEmpty')}</Empty>
          ) : (
            <BoardList label={t('control.openingsList')}>
              {sortAsked(items, ({ expiresAt }) => expiresAt).map((opening) => (
                <OpeningEntry key={`${opening.holder}/${opening.id}`} opening={opening} reload={openings.reload} />
              ))}
            </BoardList>
          )
        }
      </Loaded>
    </>
  );
}

function OpeningEntry({
  opening,
  reload,
}: {
  readonly opening: Opening;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const [result, setResult] = useState<OpenedResult>();
  const isOwed = owesAnswer(opening);
  const isOurs = opening.side === 'asking';
  const isOpen = opening.state === 'asked' || opening.state === 'opened-in-part';
  return (
    <BoardEntry
      title={
        isOurs
          ? t('control.opening.ours', { office: opening.message.origin })
          : t('control.opening.theirs', { office: opening.holder })
      }
      end={isOpen ? <Countdown until={opening.expiresAt} /> : <Age at={opening.askedAt} />}
      summary={
        <>
          <Headline item={opening.about} />
          <div class="row">
            <AskedState isOwed={isOwed} state={opening.state} />
            <span class="small muted">{categoryWords(opening.categories)}</span>
          </div>
        </>
      }
    >
      <Facts
        entries={[
          [
            t('held.fact.message'),
            <MessageLink key="message" origin={opening.message.origin} id={opening.message.id} />,
          ],
          [t('control.opening.categories'), categoryWords(opening.categories)],
          [t('control.opening.opened'), categoryWords(opening.opened)],
          [t('control.askedAt'), <Time key="asked" at={opening.askedAt} />],
        ]}
      />
      <SaidWords origin={opening.holder} id={opening.id} body="partRequest" />
      <OpenedBefore opening={opening} />
      {result === undefined ? null : <OpenedNotice result={result} asked={opening.categories} />}
      {!isOurs && isOpen && may('open-parts') ? (
        <OpenParts
          opening={opening}
          onDone={(opened) => {
            setResult(opened);
            void reload();
          }}
        />
      ) : null}
      {isOwed && !may('open-parts') ? <p>{t('control.supervisorAnswers')}</p> : null}
    </BoardEntry>
  );
}

/** Who opened what of it before, and what came here since. */
function OpenedBefore({ opening: { copies, supplements } }: { readonly opening: Opening }): JSX.Element | null {
  if (copies.length === 0 && supplements.length === 0) return null;
  return (
    <ul class="stack-tight board-plain" aria-label={t('control.opening.sofar')}>
      {copies.map((copy) => (
        <li key={copy.decidedAt}>
          {t(copy.outcome === 'refused' ? 'control.opening.gateRefused' : 'control.opening.by', {
            name: copy.by,
            at: dateTime(copy.decidedAt),
          })}{' '}
          <PeerText text={copy.why} />
        </li>
      ))}
      {supplements.map((supplement) => (
        <li key={supplement.receivedAt}>
          {t('control.opening.came', {
            categories: categoryWords(supplement.opened),
            at: dateTime(supplement.receivedAt),
          })}
        </li>
      ))}
    </ul>
  );
}
