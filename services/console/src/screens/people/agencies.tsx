import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CODES } from '../../../__generated__/contract.ts';
import { type Resource, type Schemas, send, useAction } from '../../api/index.ts';
import { code, leading, listed, t } from '../../i18n/index.ts';
import { Button, Check, Dialog, Empty, Group, Loaded, Panel, ProblemNotice, TextField } from '../../ui/index.ts';
import './people.css';

/** The agencies that sit in the office, and the crime areas that each of them alone sees. */
export function Agencies({
  agencies,
}: {
  readonly agencies: Resource<{ readonly items: readonly Schemas['Agency'][] }>;
}): JSX.Element {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Schemas['Agency'] | undefined>(undefined);
  return (
    <Panel
      title={t('settings.agencies')}
      actions={<Button onClick={() => setAdding(!adding)}>{t('people.addAgency')}</Button>}
    >
      <div class="stack">
        <p>{t('people.agenciesWhat')}</p>
        {adding ? (
          <AgencyForm
            onDone={() => {
              setAdding(false);
              void agencies.reload();
            }}
          />
        ) : null}
        {removing === undefined ? null : (
          <RemoveAgency
            agency={removing}
            onClose={() => setRemoving(undefined)}
            onDone={() => {
              setRemoving(undefined);
              void agencies.reload();
            }}
          />
        )}
        <Loaded resource={agencies}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('people.noAgency')}</Empty>
            ) : (
              <ul class="work-list">
                {items.map((agency) => (
                  <li key={agency.id} class="row people-agency">
                    <span class="grow">
                      <strong>{agency.name}</strong>
                      <span class="muted"> {listed(agency.crimeAreas.map((area) => code('CrimeArea', area)))}</span>
                    </span>
                    <Button
                      look="danger"
                      aria-label={`${leading(t('people.removeAgency'))}${agency.name}`}
                      onClick={() => setRemoving(agency)}
                    >
                      {t('people.removeAgency')}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}

/** Asks once more: what it claimed is seen by all officers from then on. */
function RemoveAgency({
  agency,
  onClose,
  onDone,
}: {
  readonly agency: Schemas['Agency'];
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const action = useAction();
  const remove = async (): Promise<void> => {
    if (await action.run(() => send(`/v1/agencies/${encodeURIComponent(agency.id)}/remove`))) onDone();
  };
  return (
    <Dialog title={`${leading(t('people.removeAgency'))}${agency.name}`} onClose={onClose}>
      <p>{t('people.agenciesWhat')}</p>
      <ProblemNotice problem={action.problem} />
      <div class="row">
        <Button look="danger" busy={action.busy} onClick={() => void remove()}>
          {t('people.removeAgency')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}

function AgencyForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [areas, setAreas] = useState<readonly string[]>([]);
  const action = useAction();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => {
          await send('/v1/agencies', { body: { id: id.trim(), name: name.trim(), crimeAreas: areas } });
          onDone();
        });
      }}
    >
      <TextField
        label={t('people.agencyId')}
        hint={t('people.agencyIdHint')}
        value={id}
        onValue={setId}
        maxLength={32}
        required
      />
      <TextField label={t('people.agencyName')} value={name} onValue={setName} maxLength={80} required />
      <Group label={t('people.agencyAreas')}>
        {(CODES['CrimeArea'] ?? []).map((area) => (
          <Check
            key={area}
            label={code('CrimeArea', area)}
            checked={areas.includes(area)}
            onChecked={(on) => setAreas(on ? [...areas, area] : areas.filter((one) => one !== area))}
          />
        ))}
      </Group>
      <ProblemNotice problem={action.problem} />
      <div>
        <Button type="submit" look="primary" busy={action.busy}>
          {t('people.addAgency')}
        </Button>
      </div>
    </form>
  );
}
