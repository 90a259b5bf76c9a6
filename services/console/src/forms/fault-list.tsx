import type { JSX } from 'preact';
import { t } from '../i18n/index.ts';
import { Notice } from '../ui/index.ts';
import { faultText } from './fault-text.ts';
import type { FormFault } from './find-faults.ts';
import { focusPath } from './focus-path.ts';
import { pathLabel } from './path-label.ts';

/** What is wrong, field by field; a press puts the cursor there. */
export function FaultList({
  message,
  faults,
}: {
  readonly message: string;
  readonly faults: readonly (FormFault & { readonly message?: string })[];
}): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <Notice tone="danger" title={t('form.faults', { count: faults.length })}>
      <ul class="form-faults">
        {faults.map((fault) => (
          <li key={`${fault.field} ${fault.reason}`}>
            <button type="button" class="button plain" onClick={() => focusPath(fault.field)}>
              {fault.field === '' ? t('form.whole') : pathLabel(message, fault.field)}
            </button>{' '}
            {faultText(message, fault)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
