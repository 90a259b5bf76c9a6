import { expect } from 'vitest';
import { stringOf } from '../../services/cli/office-api/office-client.ts';
import type { TestOfficeNode } from '../support/region.ts';
import { vehicleAlert } from './alert-load.ts';
import { ask, LA, pause, readiness } from './fault-scene.ts';

/** What became of the submissions of one test. */
export interface Submitted {
  readonly accepted: Set<string>;
  /** Numbers that were refused, with the problem. */
  readonly refused: Map<number, { readonly status: number; readonly code: string }>;
}

/** Submits one after the other until one is refused; a connection that is refused while the node opens its ledger anew counts as such. */
export async function submitUntilRefused(office: TestOfficeNode, from: number, most: number): Promise<Submitted> {
  const submitted: Submitted = { accepted: new Set(), refused: new Map() };
  let next = from;
  const submit = async (): Promise<void> => {
    while (submitted.refused.size === 0 && next < from + most) {
      const number = next++;
      const answer = await ask(office, 'system', '/v1/alerts', vehicleAlert(number, LA)).catch(() => undefined);
      if (answer?.status === 201) submitted.accepted.add(stringOf(answer.json['id']));
      else submitted.refused.set(number, { status: answer?.status ?? 0, code: answer?.code ?? '' });
    }
  };
  await Promise.all(Array.from({ length: 8 }, submit));
  return submitted;
}

/** For that long the office accepts nothing, and never says that it would; the codes of its reasons. */
export async function expectClosedFor(office: TestOfficeNode, ms: number, probe: number): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  const endAt = performance.now() + ms;
  while (performance.now() < endAt) {
    const { status, codes: reasons } = await readiness(office);
    expect(status, 'an office that can record nothing says that it is ready').not.toBe(200);
    for (const code of reasons) codes.add(code);
    const answer = await ask(office, 'system', '/v1/alerts', vehicleAlert(probe, LA)).catch(() => undefined);
    if (answer !== undefined) {
      expect(answer).toMatchObject({ status: 503 });
      codes.add(answer.code);
    }
    await pause(250);
  }
  return codes;
}
