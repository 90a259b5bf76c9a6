import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { read, type Schemas, useAction } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, ProblemNotice, saveFile } from '../../ui/index.ts';
import { evidenceName } from './evidence-name.ts';
import { type Message, originQuery } from './message-types.ts';

/** Saves everything that was signed about the message, for somebody who trusts neither this office nor this software. */
export function ProveIt({ message }: { readonly message: Message }): JSX.Element {
  const action = useAction();
  const saved = useSignal('');
  const save = () =>
    action.run(async () => {
      saved.value = '';
      const address = `/v1/messages/${encodeURIComponent(message.id)}/evidence${originQuery(message)}`;
      const [{ files }, { evidenceZip }] = await Promise.all([
        read<Schemas['Evidence']>(address),
        import('./evidence-zip.ts'),
      ]);
      const name = evidenceName(message);
      saveFile(evidenceZip(files), name);
      saved.value = t('message.evidenceSaved', { name, count: files.length });
    });
  return (
    <div class="stack-tight">
      <Button busy={action.busy} onClick={() => void save()}>
        {t('message.proveIt')}
      </Button>
      <ProblemNotice problem={action.problem} />
      <p class="small" role="status">
        {saved.value}
      </p>
    </div>
  );
}
