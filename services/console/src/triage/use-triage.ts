import { useSignal } from '@preact/signals';
import { type Action, type Resource, type Schemas, send, useAction, useResource } from '../api/index.ts';
import { newestTriage } from './newest-triage.ts';

/** What is sent as a step, without its number. */
export type StepFields = Readonly<Record<string, unknown>> & { readonly action: string };

/** How a message stands with the officers, and a way to take a step. */
export interface TriageWork {
  readonly triage: Schemas['Triage'];
  readonly steps: Resource<Schemas['TriageDetail']>;
  readonly action: Action;
  /** Takes a step on what is shown now; whether it was taken. What was typed stays where it was not. */
  readonly take: (fields: StepFields) => Promise<boolean>;
}

/** The triage of one message: as the list or page has it, what its own answers say, and what happens meanwhile. */
export function useTriage(message: {
  readonly origin: string;
  readonly id: string;
  readonly triage: Schemas['Triage'];
}): TriageWork {
  const address = `/v1/messages/${encodeURIComponent(message.id)}/triage?origin=${encodeURIComponent(message.origin)}`;
  const steps = useResource<Schemas['TriageDetail']>(
    address,
    ['inbox', 'outbox'],
    ({ type, facts }) => type === 'message-triaged' && facts['envelopeId'] === message.id,
  );
  const answered = useSignal<Schemas['Triage'] | undefined>(undefined);
  const action = useAction();
  const triage = newestTriage(newestTriage(message.triage, steps.value?.triage), answered.value);
  const take = async (fields: StepFields): Promise<boolean> => {
    // Taken or not, the newest steps are shown: where somebody was quicker, what they did.
    return action.run(
      async () => {
        const answer = await send<Schemas['TriageDetail']>(address, { body: { ...fields, step: triage.step } });
        answered.value = answer.triage;
      },
      () => void steps.reload(),
    );
  };
  return { triage, steps, action, take };
}
