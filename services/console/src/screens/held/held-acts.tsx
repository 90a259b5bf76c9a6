import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { may, type Schemas, send, session, useAction } from '../../api/index.ts';
import { type ReleasePlace, ResultNotice, releasePlace } from '../../boards/index.ts';
import { dateTime, listed, t } from '../../i18n/index.ts';
import { Button, focusFirstError, Notice, Panel, ProblemNotice, TextField } from '../../ui/index.ts';

type Detail = Schemas['HeldDetail'];
type Done = { readonly what: 'released' | 'approved' | 'rejected'; readonly lapsed: readonly string[] };

/** Release or reject, with a reason; who may not release sees why not. */
export function HeldActs({
  held,
  hasChanged,
  reload,
}: {
  readonly held: Detail;
  readonly hasChanged: boolean;
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [done, setDone] = useState<Done>();
  const { officer } = session();
  const place = releasePlace(held, { name: officer.name, role: officer.role, mayRelease: may('release') });

  const act = async (work: () => Promise<Done>): Promise<void> => {
    setIsMissing(reason.trim() === '');
    if (reason.trim() === '') return focusFirstError(form.current);
    // Whatever the office said, this is how it stands now: the words typed here stay.
    const isDone = await action.run(async () => setDone(await work()), reload);
    if (isDone) setReason('');
  };
  const release = (): Promise<void> =>
    act(async () => {
      const answer = await send<Schemas['Released']>(`/v1/held/${encodeURIComponent(held.id)}/release`, {
        body: { reason: reason.trim(), shown: held.shown },
      });
      return { what: answer.resolution, lapsed: answer.lapsed };
    });
  const reject = (): Promise<void> =>
    act(async () => {
      await send(`/v1/held/${encodeURIComponent(held.id)}/reject`, { body: { reason: reason.trim() } });
      return { what: 'rejected', lapsed: [] };
    });

  return (
    <Panel title={t('held.decide')}>
      <form ref={form} class="board-form no-print" onSubmit={(event) => event.preventDefault()}>
        {done === undefined ? null : (
          <ResultNotice title={t(`held.done.${done.what}`)}>
            {done.lapsed.length === 0 ? null : <p>{t('held.lapsedNames', { names: listed(done.lapsed) })}</p>}
          </ResultNotice>
        )}
        <ProblemNotice problem={action.problem} />
        <PlaceNotice place={place} />
        {place.may || may('reject') ? (
          <TextField
            label={t('held.reason')}
            hint={t('held.reasonHint')}
            error={isMissing && reason.trim() === '' ? t('held.reasonMissing') : undefined}
            value={reason}
            maxLength={500}
            required
            onValue={setReason}
          />
        ) : null}
        <div class="row">
          {place.may ? (
            <Button look="primary" busy={action.busy} disabled={hasChanged} onClick={() => void release()}>
              {t(place.as === 'first' ? 'held.approve' : 'held.release')}
            </Button>
          ) : null}
          {may('reject') ? (
            <Button look="danger" busy={action.busy} onClick={() => void reject()}>
              {t('held.reject')}
            </Button>
          ) : null}
        </div>
        {hasChanged ? <p class="small">{t('held.lookFirst')}</p> : null}
      </form>
    </Panel>
  );
}

/** What a release by this person would be, in words. */
function PlaceNotice({ place }: { readonly place: ReleasePlace }): JSX.Element {
  if (place.may)
    return (
      <p>
        {place.as === 'second'
          ? t('held.place.second', { name: place.first.by, at: dateTime(place.first.at) })
          : t(place.as === 'first' ? 'held.place.first' : 'held.place.only')}
      </p>
    );
  return (
    <Notice title={t('held.mayNot')}>
      <p>
        {place.why === 'same-role'
          ? t('held.why.same-role', {
              name: place.first.by,
              role: t(`role.${place.first.role}` as 'role.officer'),
            })
          : t(`held.why.${place.why}`)}
      </p>
    </Notice>
  );
}
