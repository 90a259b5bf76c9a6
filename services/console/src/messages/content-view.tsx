import type { JSX } from 'preact';
import { field, t } from '../i18n/index.ts';
import { PeerText } from '../ui/index.ts';
import { bodyOf, givenFields, type Json } from './body-fields.ts';
import { OriginalText, PartFields } from './field-value.tsx';
import { Subjects } from './subjects.tsx';
import { type Withheld, WithheldParts } from './withheld-parts.tsx';
import './messages.css';

/**
 * What a message says, as far as it was disclosed: `content` is a Content of the API or any object that holds a body
 * under the name of its kind, `{ alert: … }`. Codes and labels are in the reader's language, texts in the original.
 */
export function ContentView({
  content,
  withheld = [],
  sentences,
  headline = true,
}: {
  readonly content: Json;
  readonly withheld?: readonly Withheld[];
  /** By the name of a policy, what it says. */
  readonly sentences?: ReadonlyMap<string, string>;
  /** Whether the headline stands above; the page may have it as its own. */
  readonly headline?: boolean;
}): JSX.Element {
  const found = bodyOf(content);
  return (
    <div class="message-content stack">
      {found === undefined ? (
        <p class="muted">{t('message.nothingDisclosed')}</p>
      ) : (
        <Body {...found} headline={headline} />
      )}
      <WithheldParts withheld={withheld} {...(sentences === undefined ? {} : { sentences })} />
    </div>
  );
}

function Body({
  type,
  body,
  headline,
}: {
  readonly type: string;
  readonly body: Json;
  readonly headline: boolean;
}): JSX.Element {
  const given = givenFields(type, body);
  const main = given.find(({ field: { name } }) => name === 'narrative' || (name === 'text' && type !== 'Question'));
  const title = headline ? given.find(({ field: { name } }) => name === 'headline') : undefined;
  const language = given.find((entry) => entry.language !== undefined)?.language;
  const subjects = Array.isArray(body['subjects']) ? body['subjects'] : [];
  const apart = ['headline', 'narrative', ...(main === undefined ? [] : [main.field.name]), 'subjects'];
  return (
    <>
      {title === undefined ? null : (
        <p class="message-headline">
          <PeerText text={String(title.value)} lang={language} />
        </p>
      )}
      {main === undefined ? null : (
        <section aria-label={field(type, main.field.name)}>
          <OriginalText text={String(main.value)} language={main.language} />
        </section>
      )}
      <PartFields type={type} json={body} language={language} without={apart} />
      <Subjects subjects={subjects} language={language} />
    </>
  );
}
