import { type EpochMs, isLiaisonError, rfc3339 } from '../../foundation/index.ts';
import { type AnyMessage, type ContentItem, messageKey, type TriageView } from '../../ledger/index.ts';
import { MessageKind, TriageAction, TriageOutcome, triageNoteCodec } from '../../wire/index.ts';
import { within } from '../erase-body.ts';
import { RelayError } from '../errors.ts';
import type { RelayContext } from '../parts.ts';
import { TriageError } from './errors.ts';
import type { NoteText, TriageDesk, TriageInput } from './types.ts';

const OF_OPERATIONS: ReadonlySet<MessageKind> = new Set([
  MessageKind.OPERATION_CHARTER,
  MessageKind.OPERATION_ACT,
  MessageKind.OPERATION_POST,
  MessageKind.OPERATION_GAP,
  MessageKind.ATTACHMENT_CHUNK,
]);
const MAX_STEPS = 500;
const DAY_MS = 86_400_000;

/** The triage of this office over its ledger. */
export function triageDesk(
  context: Pick<RelayContext, 'projection' | 'desk' | 'content' | 'clock' | 'events'>,
): TriageDesk {
  const { projection, desk, content } = context;

  const find = ({ origin, id }: TriageInput): AnyMessage => {
    const key = messageKey(origin, id);
    const message = projection.outbound.get(key) ?? projection.inbound.get(key);
    if (message === undefined) throw new RelayError('RELAY_MESSAGE_UNKNOWN');
    return message;
  };

  return {
    take: async (input) => {
      const key = messageKey(input.origin, input.id);
      const view = await desk.commit(
        ({ at }) => {
          const message = find(input);
          assertInPlace(message, projection.triage.of(key), input);
          const contents = input.action === TriageAction.NOTE ? [noteOf(message, input, at)] : [];
          return {
            contents,
            events: ([note]) => [{ messageTriaged: { ...factsOf(input), note: note ?? null } }],
            result: () => projection.triage.of(key) as TriageView,
          };
        },
        [key],
      );
      context.events.triaged({ origin: input.origin, id: input.id, action: input.action });
      return view;
    },
    readNote: async ({ note }): Promise<NoteText> => {
      if (note === null) return { state: 'erased' };
      try {
        const bytes = await content.get(note);
        if (bytes === undefined) return { state: 'gone' };
        return { state: 'present', ...triageNoteCodec.decode(bytes) };
      } catch (error) {
        if (!isLiaisonError(error)) throw error;
        return { state: error.code === 'LEDGER_CONTENT_ERASED' ? 'erased' : 'unreadable' };
      }
    },
  };
}

/** What goes on record: of what was given only what belongs to the action. */
function factsOf({ origin, id, officer, action, step, ...given }: TriageInput) {
  return {
    origin,
    envelopeId: id,
    officer,
    action,
    step: step + 1,
    assignee: action === TriageAction.ASSIGN ? given.assignee : '',
    caseReference: action === TriageAction.CASE ? given.caseReference : '',
    outcome: action === TriageAction.CLOSE ? given.outcome : TriageOutcome.UNSPECIFIED,
    agencies: action === TriageAction.RESTRICT ? given.agencies : [],
  };
}

function assertInPlace(message: AnyMessage, view: TriageView | undefined, input: TriageInput): void {
  if (OF_OPERATIONS.has(message.kind)) throw new TriageError('TRIAGE_KIND_UNFIT');
  if (message.direction === 'inbound' && message.deliveredMs === null) throw new TriageError('TRIAGE_NOT_DELIVERED');
  const taken = view?.steps.length ?? 0;
  const last = view?.steps.at(-1);
  // Whoever names a step that is not there yet has seen another office's history, or none.
  if (input.step !== taken) {
    throw new TriageError('TRIAGE_CONFLICT', {
      context:
        last === undefined
          ? { step: 0 }
          : { officer: last.officer, action: last.action, at: rfc3339(last.atMs), step: last.step },
    });
  }
  if (taken >= MAX_STEPS) throw new TriageError('TRIAGE_TOO_MUCH');
  const isClosed = view !== undefined && view.closed !== null;
  if (input.action === TriageAction.CLOSE && isClosed) throw new TriageError('TRIAGE_CLOSED');
  if (input.action === TriageAction.REOPEN && !isClosed) throw new TriageError('TRIAGE_NOT_CLOSED');
  if (input.action === TriageAction.CLOSE && input.outcome === TriageOutcome.UNSPECIFIED) throw missing('outcome');
  if (input.action === TriageAction.NOTE && input.note === '') throw missing('note');
}

function missing(field: 'outcome' | 'note'): TriageError {
  return new TriageError('TRIAGE_FIELD_MISSING', { context: { field } });
}

/** Kept as long as the message, and no longer. */
function noteOf(message: AnyMessage, { note: text, noteLanguage: language }: TriageInput, at: EpochMs): ContentItem {
  const day = message.content?.day ?? '';
  if (message.erased !== null || day === '' || within(day) + DAY_MS / 2 <= at)
    throw new TriageError('TRIAGE_CONTENT_ENDED');
  return { bytes: triageNoteCodec.encode({ text, language }), expiresAt: within(day) };
}
