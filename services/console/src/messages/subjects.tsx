import type { JSX } from 'preact';
import { code, field, leading, t } from '../i18n/index.ts';
import { PeerText } from '../ui/index.ts';
import { isJson, type Json } from './body-fields.ts';
import { PartFields, PartValue } from './field-value.tsx';

/** What a subject can be, with the message that describes it. */
const TYPES: Readonly<Record<string, string>> = {
  person: 'Person',
  travelDocument: 'TravelDocument',
  vehicle: 'Vehicle',
  vessel: 'Vessel',
  consignment: 'Consignment',
  onlineAccount: 'OnlineAccount',
  organisation: 'Organisation',
  route: 'Route',
};

/** Persons, documents, vehicles and whatever else a message is about, each as a section. */
export function Subjects({
  subjects,
  language,
}: {
  readonly subjects: readonly unknown[];
  readonly language?: string | undefined;
}): JSX.Element {
  return (
    <>
      {subjects.map((subject, index) => (
        <SubjectSection key={index} subject={isJson(subject) ? subject : {}} number={index + 1} language={language} />
      ))}
    </>
  );
}

function SubjectSection({
  subject,
  number,
  language,
}: {
  readonly subject: Json;
  readonly number: number;
  readonly language?: string | undefined;
}): JSX.Element {
  const [name, type] = Object.entries(TYPES).find(([key]) => isJson(subject[key])) ?? [];
  const label = typeof subject['label'] === 'string' ? subject['label'] : '';
  const what = name === undefined ? t('message.subjectNotDisclosed') : field('Subject', name);
  return (
    <section class="message-subject">
      <h3>
        {leading(t('message.subject', { number }))}
        {what}
        {label === '' ? null : (
          <>
            {' '}
            <span class="muted">
              (<PeerText text={label} />)
            </span>
          </>
        )}
        {subject['role'] === undefined ? null : (
          <span class="muted"> · {code('SubjectRole', String(subject['role']))}</span>
        )}
      </h3>
      {name === undefined || type === undefined ? null : (
        <PartValue type={type} json={subject[name] as Json} language={language} label={what} />
      )}
      <Rest subject={subject} shown={['label', 'role', ...(name === undefined ? [] : [name])]} />
    </section>
  );
}

function Rest({ subject, shown }: { readonly subject: Json; readonly shown: readonly string[] }): JSX.Element | null {
  if (Object.keys(subject).every((name) => shown.includes(name))) return null;
  return <PartFields type="Subject" json={subject} without={shown} />;
}
