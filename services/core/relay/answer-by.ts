import { type AgreementArticle, HOURS_OF_CLASS, type MessageTerms } from '../wire/index.ts';

const HOUR_MS = 3_600_000;

/**
 * When a request is to be answered, in milliseconds since the epoch: the earliest of what its class, the asking officer
 * and the article say; 0 for what is no request. Both sides reckon from the signed envelope and the same article.
 */
export function answerBy(
  terms: Partial<MessageTerms> | null,
  createdMs: number,
  article: Pick<AgreementArticle, 'responseTimes'> | null,
): number {
  const request = terms?.request ?? null;
  if (request === null) return 0;
  const hours = [HOURS_OF_CLASS[request.responseClass] ?? 0];
  for (const tighter of article?.responseTimes ?? [])
    if (tighter.responseClass === request.responseClass) hours.push(tighter.hours);
  const limit = createdMs + Math.min(...hours) * HOUR_MS;
  return request.answerBy === null ? limit : Math.min(limit, request.answerBy.seconds * 1000);
}
