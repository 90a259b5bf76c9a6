import { rfc3339 } from '../../core/foundation/index.ts';
import type { LookoutView, SearchFigures, SearchResultView, SearchView } from '../../core/relay/index.ts';
import { SearchRefusal } from '../../core/wire/index.ts';
import { codeName } from './code-names.ts';

type Json = Readonly<Record<string, unknown>>;

/** A search with what each office that was asked said; `views` are all of one search. */
export function searchJson(views: readonly [SearchView, ...SearchView[]]): Json {
  const [{ id, side, origin, officer, drill, createdMs, expiresMs, subjects }] = views;
  return {
    id,
    side,
    origin,
    officer,
    drill,
    createdAt: rfc3339(createdMs),
    expiresAt: rfc3339(expiresMs),
    subjects,
    offices: views.map((view) => ({
      office: view.asked,
      state: view.state,
      result: resultJson(view.result),
      ...(view.side === 'asking'
        ? {}
        : {
            resultState: view.resultState,
            found: view.owners.map((owner) => ({
              subject: owner.subject,
              origin: owner.origin,
              messageId: owner.id,
              owner: owner.owner,
            })),
          }),
    })),
  };
}

function resultJson(result: SearchResultView | null): Json | null {
  if (result === null) return null;
  const { id, atMs, findings, refusal } = result;
  return {
    id,
    at: rfc3339(atMs),
    refusal: refusal === SearchRefusal.UNSPECIFIED ? null : codeName('SearchRefusal', refusal),
    findings: findings.map(({ subject, outcome, caseReference }) => ({
      subject,
      outcome: codeName('SearchOutcome', outcome),
      ...(caseReference === '' ? {} : { caseReference }),
    })),
  };
}

/** Counts of one officer's searches over one border. */
export function searchFiguresJson(figures: SearchFigures): Json {
  return { ...figures };
}

/** A lookout as it is listed; what it says is read with its id. */
export function lookoutJson(lookout: LookoutView, caseReference: string | null): Json {
  const { id, submittedBy, createdMs, expiresMs, drill, state, endedBy, endedMs } = lookout;
  return {
    id,
    submittedBy,
    caseReference,
    createdAt: rfc3339(createdMs),
    expiresAt: rfc3339(expiresMs),
    drill,
    state,
    endedBy,
    endedAt: endedMs === null ? null : rfc3339(endedMs),
  };
}
