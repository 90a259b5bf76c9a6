import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from '../../api/index.ts';
import { Link } from '../../app/router.tsx';
import { type RequestStep, ResultNotice } from '../../boards/index.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/index.ts';
import { StepForm } from './step-form.tsx';

type Detail = Schemas['RequestDetail'];

/** The steps that are possible now, each a small form that opens in its place. */
export function StepForms({
  request,
  life,
  steps,
  reload,
}: {
  readonly request: Detail;
  readonly life: Detail['lives'][number];
  readonly steps: readonly RequestStep[];
  readonly reload: () => Promise<void>;
}): JSX.Element | null {
  const [open, setOpen] = useState<Exclude<RequestStep, 'answer'>>();
  const [done, setDone] = useState<RequestStep>();
  if (steps.length === 0 && done === undefined && open === undefined) return null;
  const answer = `/compose/answer?request=${encodeURIComponent(request.id)}&origin=${encodeURIComponent(request.origin)}`;
  return (
    <div class="stack no-print">
      {done === undefined ? null : <ResultNotice title={t(`requests.done.${done}`)} />}
      <div class="row">
        {steps.map((step) =>
          step === 'answer' ? (
            <Link key={step} class="button primary" to={answer}>
              {t('requests.step.answer')}
            </Link>
          ) : (
            <Button
              key={step}
              aria-expanded={open === step}
              onClick={() => {
                setDone(undefined);
                setOpen(open === step ? undefined : step);
              }}
            >
              {t(
                step === 'acknowledge' && life.acknowledgedAt !== null
                  ? 'requests.step.reassign'
                  : `requests.step.${step}`,
              )}
            </Button>
          ),
        )}
      </div>
      {open === undefined ? null : (
        <StepForm
          key={open}
          step={open}
          request={request}
          life={life}
          onDone={async () => {
            setDone(open);
            setOpen(undefined);
            await reload();
          }}
          onDrop={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}
