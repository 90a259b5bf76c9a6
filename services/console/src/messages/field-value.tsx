import type { ComponentChildren, JSX } from 'preact';
import type { FormField } from '../../__generated__/contract.ts';
import { Link } from '../app/router.tsx';
import { code, field as fieldLabel, number, t } from '../i18n/index.ts';
import { PeerText, Time } from '../ui/index.ts';
import { type GivenField, givenFields, isJson, type Json } from './body-fields.ts';
import { ImageView } from './image-view.tsx';
import { dateText, languageName, nationName, positionText } from './plain-values.ts';

/** Longer texts stand in a block of their own, with their language. */
const BLOCK_FROM = 200;

/** Whether the field's text is shown as a block below its label. */
export function isBlock({ field }: GivenField): boolean {
  return (
    field.kind === 'string' && field.list !== true && field.format === undefined && (field.maxLength ?? 0) > BLOCK_FROM
  );
}

/** The value of a field: codes in the reader's language, texts as they were written. */
export function FieldValue({ given, message }: { readonly given: GivenField; readonly message: string }): JSX.Element {
  const { field, value, language } = given;
  const label = fieldLabel(message, field.name);
  if (!Array.isArray(value)) return <>{one(field, value, language, label)}</>;
  return (
    <ul class="message-values">
      {value.map((entry, index) => (
        <li key={index}>{one(field, entry, language, label)}</li>
      ))}
    </ul>
  );
}

function one(field: FormField, value: unknown, language: string | undefined, label: string): ComponentChildren {
  if (isJson(value)) return <PartValue type={field.type ?? ''} json={value} language={language} label={label} />;
  if (field.kind === 'enum') return code(field.type ?? '', String(value));
  if (field.kind === 'bool' || typeof value === 'boolean') return value === true ? t('state.yes') : t('state.no');
  if (field.kind === 'number' && typeof value === 'number')
    return number(value, { maximumFractionDigits: 6, useGrouping: value >= 10_000 });
  if (field.kind === 'timestamp' && typeof value === 'string') return <Time at={value} withLocal />;
  if (field.kind === 'bytes') return <span class="mono small">{String(value).slice(0, 88)}</span>;
  const text = String(value);
  if (field.format === 'STRING_FORMAT_NATION') return nationName(text);
  if (field.format === 'STRING_FORMAT_LANGUAGE') return languageName(text);
  return <PeerText text={text} lang={language} />;
}

/** A message inside a message: what is read as one value in one line, everything else as names and values. */
export function PartValue({
  type,
  json,
  language,
  label,
}: {
  readonly type: string;
  readonly json: Json;
  readonly language?: string | undefined;
  readonly label: string;
}): JSX.Element {
  if (type === 'Date') return <span>{dateText(json)}</span>;
  if (type === 'GeoPoint') return <span class="mono">{positionText(json)}</span>;
  if (type === 'MessageRef') return <NamedMessage json={json} />;
  if (type === 'Image')
    return <ImageView format={String(json['format'] ?? '')} data={String(json['data'] ?? '')} label={label} />;
  return <PartFields type={type} json={json} language={language} />;
}

/** Another message, by its address; its digest says which bytes were meant. */
function NamedMessage({ json }: { readonly json: Json }): JSX.Element {
  const { origin = '', id = '' } = json;
  const to = `/messages/${encodeURIComponent(String(origin))}/${encodeURIComponent(String(id))}`;
  return (
    <Link to={to}>
      {String(origin)} <span class="mono small">{String(id)}</span>
    </Link>
  );
}

/** The fields of a message under their labels; long texts as blocks with their language. */
export function PartFields({
  type,
  json,
  language,
  without = [],
}: {
  readonly type: string;
  readonly json: Json;
  readonly language?: string | undefined;
  /** Fields that are shown elsewhere. */
  readonly without?: readonly string[];
}): JSX.Element {
  const given = givenFields(type, json, language).filter(({ field }) => !without.includes(field.name));
  return (
    <dl class="facts message-facts">
      {given.map((entry) => [
        <dt key={`${entry.field.name}-name`}>{fieldLabel(type, entry.field.name)}</dt>,
        <dd key={`${entry.field.name}-value`}>
          {isBlock(entry) ? (
            <OriginalText text={String(entry.value)} language={entry.language} />
          ) : (
            <FieldValue given={entry} message={type} />
          )}
        </dd>,
      ])}
    </dl>
  );
}

/** A long text as its author wrote it, and in which language, where that is known. */
export function OriginalText({
  text,
  language,
}: {
  readonly text: string;
  readonly language: string | undefined;
}): JSX.Element {
  return (
    <div class="stack-tight">
      <PeerText text={text} block lang={language} />
      {language === undefined ? null : (
        <p class="small muted">{t('message.inLanguage', { language: languageName(language) })}</p>
      )}
    </div>
  );
}
