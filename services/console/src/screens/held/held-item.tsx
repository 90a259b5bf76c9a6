import type { JSX } from 'preact';
import { type Schemas, useResource } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import type { ScreenProps } from '../../app/screens.ts';
import { t } from '../../i18n/index.ts';
import { Button, Loaded, Page } from '../../ui/index.ts';
import { HeldDetailView } from './held-detail.tsx';
import { HeldEnded } from './held-ended.tsx';
import { heldTitle } from './held-row.tsx';

/** One crossing that waits: exactly what a release lets pass, and to whom. */
export default function HeldItemScreen({ params }: ScreenProps): JSX.Element {
  const id = params['id'] ?? '';
  const detail = useResource<Schemas['HeldDetail']>(`/v1/held/${encodeURIComponent(id)}`, ['held', 'documents']);
  const isOver = detail.problem?.code === 'RELAY_NOT_HELD';
  return (
    <Page
      title={detail.value === undefined ? t('nav.held') : heldTitle(detail.value)}
      actions={
        <>
          <Link class="button" to="/held">
            {t('held.back')}
          </Link>
          <Button look="plain" onClick={() => print()}>
            {t('action.print')}
          </Button>
        </>
      }
    >
      {isOver ? (
        <HeldEnded id={id} />
      ) : (
        <Loaded resource={detail}>{(held) => <HeldDetailView held={held} reload={detail.reload} />}</Loaded>
      )}
    </Page>
  );
}
