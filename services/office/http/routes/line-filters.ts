import { type AnyMessage, messageKey, type TriageView } from '../../../core/ledger/index.ts';
import { OfficeError } from '../../errors.ts';
import { codeName, codeNames, crimeAreaName } from '../../views/code-names.ts';
import { isClosed } from '../../views/line-counts.ts';
import type { Door } from '../door.ts';
import { MESSAGE_PATH } from '../find-message.ts';
import type { ParamSpecs } from '../query.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const TRUTH = ['true', 'false'] as const;

/** Filters that the inbox and the outbox have in common. */
export const LINE_FILTERS = {
  id: { ...MESSAGE_PATH.id, about: 'Only the line of that message, to look at it again.' },
  kind: {
    kind: 'text',
    pattern: /^MESSAGE_KIND_[A-Z_]{1,40}(,MESSAGE_KIND_[A-Z_]{1,40}){0,19}$/,
    about: 'Only messages of these kinds, with commas between them.',
  },
  crimeArea: { kind: 'word', words: codeNames('CrimeArea'), about: 'Only messages of that crime area.' },
  assignee: {
    kind: 'text',
    pattern: NAME,
    about: 'Only messages that this person has; `nobody` for those that nobody has.',
  },
  caseReference: {
    kind: 'text',
    pattern: /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,60}$/u,
    about: "Only messages with that case reference of this office's own.",
  },
  status: { kind: 'word', words: ['open', 'closed'], about: 'Only messages that are open, or closed.' },
  drill: { kind: 'word', words: TRUTH, about: 'Only exercises, or none.' },
} as const satisfies ParamSpecs;

type Filters = { readonly [Name in keyof typeof LINE_FILTERS]?: string | undefined } & {
  readonly precedence?: string | undefined;
};

/** What a message has to be to pass the filters. @throws OfficeError OFFICE_REQUEST_INVALID for a kind that is none. */
export function lineFilter({ relay }: Pick<Door, 'relay'>, query: Filters): (message: AnyMessage) => boolean {
  const { projection } = relay;
  const kinds = query.kind === undefined ? undefined : readKinds(query.kind);
  const byTriage =
    query.assignee !== undefined || query.caseReference !== undefined || query.status !== undefined
      ? (triage: TriageView | undefined): boolean =>
          (query.assignee === undefined ||
            (triage?.assignee ?? '') === (query.assignee === 'nobody' ? '' : query.assignee)) &&
          (query.caseReference === undefined || triage?.caseReference === query.caseReference) &&
          (query.status === undefined || isClosed(triage) === (query.status === 'closed'))
      : undefined;
  return (message) =>
    (query.id === undefined || message.id === query.id) &&
    (query.precedence === undefined || codeName('Precedence', message.precedence) === query.precedence) &&
    (kinds === undefined || kinds.has(codeName('MessageKind', message.kind))) &&
    (query.crimeArea === undefined || crimeAreaName(message.crimeArea) === query.crimeArea) &&
    (query.drill === undefined || message.drill === (query.drill === 'true')) &&
    (byTriage === undefined || byTriage(projection.triage.of(messageKey(message.origin, message.id))));
}

function readKinds(text: string): ReadonlySet<string> {
  const kinds = text.split(',');
  const known = codeNames('MessageKind');
  if (kinds.every((kind) => known.includes(kind))) return new Set(kinds);
  throw new OfficeError('OFFICE_REQUEST_INVALID', {
    faults: [{ field: 'kind', reason: 'code-unknown', message: `some of ${known.join(', ')}` }],
  });
}
