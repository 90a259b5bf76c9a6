import { rfc3339 } from '../../core/foundation/index.ts';
import {
  type HubStanding,
  REGION_FINDINGS,
  type RegionMessage,
  type RegionStanding,
  type SubscriptionStanding,
} from '../../core/relay/index.ts';
import { codeName } from './code-names.ts';
import { decisionSummary } from './decision-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** A message of the region as it is listed and read; what it says stands beside it. */
export function regionMessageJson(message: RegionMessage): Json {
  const { direction, from, id, state, number, drill, supersedes, supersededBy, withdrawnMs } = message;
  return {
    id,
    origin: from,
    direction,
    kind: codeName('MessageKind', message.kind),
    state,
    corridor: codeName('Corridor', message.corridor),
    crimeArea: codeName('CrimeArea', message.crimeArea),
    urgency: codeName('Urgency', message.urgency),
    language: message.language,
    number,
    drill,
    createdAt: rfc3339(message.createdMs),
    expiresAt: rfc3339(message.expiresMs),
    releasedAt: rfc3339(message.releasedMs),
    recordedAt: rfc3339(message.recordedMs),
    ...(withdrawnMs === null ? {} : { withdrawnAt: rfc3339(withdrawnMs) }),
    ...(supersedes === '' ? {} : { supersedes }),
    ...(supersededBy === '' ? {} : { supersededBy }),
    ...(message.submittedBy === '' ? {} : { submittedBy: message.submittedBy }),
    hubs: message.hubs,
    ...decisionSummary(message.decision),
  };
}

/** A subscription with one hub. */
export function subscriptionJson({ hub, subscription, by, sinceMs, changedMs, taken }: SubscriptionStanding): Json {
  const { id, ended, corridors, crimeAreas, nations, urgencies, languages, backfillDays } = subscription;
  return {
    id,
    hub,
    ended,
    taken,
    corridors: corridors.map((code) => codeName('Corridor', code)),
    crimeAreas: crimeAreas.map((code) => codeName('CrimeArea', code)),
    nations,
    urgencies: urgencies.map((code) => codeName('Urgency', code)),
    languages,
    backfillDays,
    by,
    since: rfc3339(sinceMs),
    changedAt: rfc3339(changedMs),
  };
}

function hubJson({ hub, heardMs, cursor, through, size, waiting }: HubStanding): Json {
  return { hub, heardAt: heardMs === null ? null : rfc3339(heardMs), cursor, through, size, waiting };
}

/** How this office stands with the region, with what is wrong in words. */
export function regionStandingJson({ hubs, findings, forks }: RegionStanding): Json {
  return {
    hubs: hubs.map(hubJson),
    findings: findings.map(({ code, hub, office, detail, sinceMs }) => ({
      code,
      meaning: REGION_FINDINGS[code],
      hub,
      office,
      detail,
      since: rfc3339(sinceMs),
    })),
    forks: forks.map(({ from, corridor, crimeArea, number, code, hub, atMs }) => ({
      office: from,
      corridor: codeName('Corridor', corridor),
      crimeArea: codeName('CrimeArea', crimeArea),
      number,
      code,
      hub,
      at: rfc3339(atMs),
    })),
  };
}
