import type { JSX } from 'preact';
import { type FormFault, faultText, isList, type JsonObject } from '../../forms/index.ts';
import { clockTime, field as fieldLabel, listed, t } from '../../i18n/index.ts';
import { languageName } from '../../messages/index.ts';
import { Check, Group, State } from '../../ui/index.ts';
import type { Neighbour } from './use-neighbours.ts';

/** To whom it goes: the neighbours with their languages and the state of their line. */
export function RecipientsField({
  message,
  value,
  neighbours,
  faults,
  onChange,
}: {
  readonly message: string;
  readonly value: JsonObject;
  readonly neighbours: readonly Neighbour[];
  readonly faults: readonly FormFault[];
  readonly onChange: (recipients: readonly string[]) => void;
}): JSX.Element {
  const stored = value['recipients'];
  const chosen = (isList(stored) ? stored : []).map(String);
  const fault = faults.find(({ field }) => field === 'recipients' || field.startsWith('recipients['));
  const unknown = chosen.filter((office) => !neighbours.some((one) => one.office === office));
  const shown = [...neighbours, ...unknown.map((office): Neighbour => ({ office, up: null, languages: [] }))];
  return (
    <div data-path="recipients">
      <Group
        label={fieldLabel(message, 'recipients')}
        required
        error={fault === undefined ? undefined : faultText(message, fault)}
      >
        {shown.length === 0 ? <span class="muted">{t('compose.noNeighbours')}</span> : null}
        <ul class="compose-recipients">
          {shown.map((neighbour) => (
            <li key={neighbour.office}>
              <Check
                label={<Neighbouring neighbour={neighbour} />}
                checked={chosen.includes(neighbour.office)}
                onChecked={(wanted) => {
                  const others = chosen.filter((office) => office !== neighbour.office);
                  onChange(wanted ? [...others, neighbour.office] : others);
                }}
              />
            </li>
          ))}
        </ul>
      </Group>
    </div>
  );
}

function Neighbouring({
  neighbour: { office, name, languages, up, since },
}: {
  readonly neighbour: Neighbour;
}): JSX.Element {
  return (
    <>
      <span class="mono">{office}</span>
      {name === undefined ? null : <span> · {name}</span>}
      {languages.length === 0 ? null : (
        <span class="small muted"> {t('compose.languages', { languages: listed(languages.map(languageName)) })}</span>
      )}{' '}
      {up === false ? (
        <State shape="triangle" tone="warn">
          {since === undefined ? t('compose.lineDown') : t('compose.lineDownSince', { at: clockTime(since) })}
        </State>
      ) : null}
    </>
  );
}
