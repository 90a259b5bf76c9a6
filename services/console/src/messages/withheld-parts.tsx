import type { JSX } from 'preact';
import { code, t } from '../i18n/index.ts';
import { Icon, RuleSentence } from '../ui/index.ts';

/** A data category of which something is not there, and the rules that keep it back. */
export interface Withheld {
  readonly category: string;
  readonly policies: readonly string[];
  /** The office whose gate keeps it back; left out where that is clear. */
  readonly by?: string;
}

/** What is not there: of what category, by whose rule, and the rule's sentence where it is known. */
export function WithheldParts({
  withheld,
  sentences,
}: {
  readonly withheld: readonly Withheld[];
  /** By the name of a policy, what it says. */
  readonly sentences?: ReadonlyMap<string, string>;
}): JSX.Element | null {
  if (withheld.length === 0) return null;
  return (
    <ul class="message-withheld" aria-label={t('message.withheldTitle')}>
      {withheld.map((part) => (
        <li key={`${part.category} ${part.by ?? ''}`}>
          <Icon shape="lock" />{' '}
          <span>
            <strong>{code('DataCategory', part.category)}</strong>{' '}
            {part.by === undefined ? t('message.withheld') : t('message.withheldBy', { office: part.by })}
            {part.policies.map((policy) => (
              <span key={policy} class="message-rule">
                <RuleSentence text={sentences?.get(policy)} /> <span class="mono small muted">{policy}</span>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
