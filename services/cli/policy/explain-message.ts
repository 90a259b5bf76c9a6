import type { ExplainableDecision, PolicyBundle } from '../../core/policy/index.ts';
import type { Answer } from '../answer.ts';
import { CliError } from '../errors.ts';
import { type JsonRecord, listOf, type OfficeClient, stringOf, stringsOf } from '../office-api/office-client.ts';
import { escapeLines } from '../terminal/escape-text.ts';

/** Why an office decided as it did about a message, by the baseline and its nation's bundle. @throws CliError. */
export async function explainMessage(
  office: OfficeClient,
  id: string,
  to: string | undefined,
  bundle: PolicyBundle,
): Promise<Answer> {
  const { baselineBundle, explainDecision } = await import('../../core/policy/index.ts');
  const message = await office.get(`/v1/messages/${encodeURIComponent(id)}`);
  const copies =
    message['direction'] === 'outbound' ? listOf(message['recipients']) : [{ ...message, office: message['from'] }];
  const wanted = copies.filter((copy) => to === undefined || copy['office'] === to);
  if (wanted.length === 0)
    throw new CliError('CLI_INPUT_INVALID', { context: { to: to ?? '', fault: 'the message has no such copy' } });
  const explained = await Promise.all(
    wanted.map(async (copy) => ({
      office: stringOf(copy['office']),
      explanation: explainDecision(await decisionOf(copy['decision']), [baselineBundle(), bundle]),
    })),
  );
  return {
    json: { id, copies: explained },
    text: explained
      .map((copy) => `Between this office and ${copy.office}\n${escapeLines(copy.explanation.trim(), '  ')}`)
      .join('\n\n'),
  };
}

async function decisionOf(value: unknown): Promise<ExplainableDecision> {
  const { DataCategory, Outcome } = await import('../../core/wire/index.ts');
  const decision = (value ?? {}) as JsonRecord;
  const outcomes: Readonly<Record<string, ExplainableDecision['outcome']>> = {
    released: Outcome.RELEASED,
    held: Outcome.HELD,
    refused: Outcome.REFUSED,
  };
  const categories: Readonly<Record<string, ExplainableDecision['withheld'][number]['category']>> = DataCategory;
  return {
    outcome: outcomes[stringOf(decision['outcome'])] ?? Outcome.UNSPECIFIED,
    policies: stringsOf(decision['policies']),
    reason: stringOf(decision['reason']),
    releasedBy: stringOf(decision['releasedBy']),
    approvedBy: stringOf(decision['approvedBy']),
    withheld: listOf(decision['withheldParts']).map((part) => ({
      category: categories[stringOf(part['category']).replace(/^DATA_CATEGORY_/, '')] ?? DataCategory.UNSPECIFIED,
      policies: stringsOf(part['policies']),
    })),
  };
}
