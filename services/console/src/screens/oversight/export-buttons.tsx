import type { JSX } from 'preact';
import { download, useAction } from '../../api/index.ts';
import { t } from '../../i18n/index.ts';
import { Button, ProblemNotice, saveFile } from '../../ui/index.ts';

/** Saves what an address gives as CSV or JSON; the office records that it left. */
export function ExportButtons({
  path,
  query,
}: {
  readonly path: '/v1/figures' | '/v1/figures/public';
  readonly query: Readonly<Record<string, string | undefined>>;
}): JSX.Element {
  const action = useAction();
  const save = (format: 'csv' | 'json'): void => {
    void action.run(async () => {
      const { blob, name } = await download(path, { query: { ...query, format } });
      saveFile(blob, name ?? `figures.${format}`);
    });
  };
  return (
    <div class="stack-tight no-print">
      <div class="row">
        <Button busy={action.busy} onClick={() => save('csv')}>
          {t('figures.saveCsv')}
        </Button>
        <Button busy={action.busy} onClick={() => save('json')}>
          {t('figures.saveJson')}
        </Button>
        <span class="muted small">{t('figures.exportRecorded')}</span>
      </div>
      <ProblemNotice problem={action.problem} />
    </div>
  );
}
