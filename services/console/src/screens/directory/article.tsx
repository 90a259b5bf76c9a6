import type { JSX } from 'preact';
import type { Schemas } from '../../api/index.ts';
import { code, listed, number, t } from '../../i18n/index.ts';
import { Facts, PeerText, State, scriptLanguage } from '../../ui/index.ts';

/** One article: its own words, and what it lets cross in the reader's language. */
export function Article({
  agreement,
  article,
}: {
  readonly agreement: string;
  readonly article: Schemas['AgreementArticle'];
}): JSX.Element {
  const { id, text, region = false, drills = false, responseTimes = [], corridors = [], subscribers = [] } = article;
  const codes = (list: string, values: readonly string[]): string => listed(values.map((one) => code(list, one)));
  return (
    <section class="article" aria-label={`${agreement}: ${t('directory.article', { id })}`}>
      <header class="row">
        <h3>{t('directory.article', { id })}</h3>
        {region ? <State shape="ring">{t('directory.forRegion')}</State> : null}
      </header>
      <PeerText text={text} lang={scriptLanguage(text)} block />
      <details class="details">
        <summary>{t(region ? 'directory.letsRegion' : 'directory.letsCross')}</summary>
        <Facts
          entries={[
            [t('directory.kinds'), codes('MessageKind', article.kinds)],
            [t('figures.crimeArea'), codes('CrimeArea', article.crimeAreas)],
            [t('directory.categories'), codes('DataCategory', article.dataCategories)],
            [t('directory.purposes'), codes('Purpose', article.purposes)],
            [t('directory.ceiling'), code('HandlingCode', article.handlingCeiling)],
            [t('directory.retention'), t('directory.days', { n: article.retentionDays })],
            [
              t('directory.responseTimes'),
              listed(
                responseTimes.map(({ responseClass, hours }) =>
                  t('directory.responseTime', { class: code('ResponseClass', responseClass), hours: number(hours) }),
                ),
              ),
            ],
            [
              t('directory.corridors'),
              region && corridors.length === 0 ? t('directory.all') : codes('Corridor', corridors),
            ],
            [t('directory.subscribers'), region && subscribers.length === 0 ? t('directory.all') : listed(subscribers)],
            [t('directory.drills'), t(drills ? 'state.yes' : 'state.no')],
          ]}
        />
      </details>
    </section>
  );
}
