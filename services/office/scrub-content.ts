import type { ContentStore, OfficeProjection } from '../core/ledger/index.ts';
import type { BusinessEvents, Logger } from '../core/telemetry/index.ts';
import { type ContentRef, CustodyAction } from '../core/wire/index.ts';

/** Looks after the bodies on disk. */
export interface ContentScrub {
  /** Bodies that were damaged or gone before their time at the last look. */
  readonly damaged: () => number;
  readonly close: () => Promise<void>;
}

const EVERY_MS = 86_400_000;

type Scrubbed = Pick<OfficeProjection, 'outbound' | 'inbound' | 'quarantine' | 'custody' | 'triage'>;

/** Looks at every body that the ledger refers to, now and then once a day; what is damaged raises an alarm. */
export function scrubRegularly(parts: {
  readonly content: Pick<ContentStore, 'scrub'>;
  readonly projection: Scrubbed;
  readonly business: Pick<BusinessEvents, 'alarm'>;
  readonly log: Logger;
  readonly quietly: (work: () => Promise<void>) => () => Promise<void>;
}): ContentScrub {
  const ending = new AbortController();
  let damaged = 0;
  const look = async (): Promise<void> => {
    const report = await parts.content.scrub(references(parts.projection, ending.signal));
    if (ending.signal.aborted) return;
    damaged = report.findings.length + report.dropped;
    parts.log.info({ count: report.checked }, 'content was looked at');
    for (const code of new Set(report.findings.map((finding) => finding.code))) parts.business.alarm({ code });
  };
  let looking = parts.quietly(look)();
  const timer = setInterval(() => {
    looking = looking.then(parts.quietly(look));
  }, EVERY_MS);
  return {
    damaged: () => damaged,
    close: async () => {
      ending.abort();
      clearInterval(timer);
      await looking;
    },
  };
}

async function* references(
  { outbound, inbound, quarantine, custody, triage }: Scrubbed,
  signal: AbortSignal,
): AsyncGenerator<ContentRef> {
  // As they are now: what is added meanwhile was written just now. Where each lies is asked last, since it may be erased meanwhile.
  const all: readonly (() => readonly (ContentRef | null)[])[] = [
    ...[...outbound.values()].map((message) => () => [
      message.content,
      ...[...message.copies.values()].map((copy) => copy.crossing),
    ]),
    ...[...inbound.values()].map((message) => () => [
      message.content,
      ...message.supplements.map((supplement) => supplement.content),
    ]),
    ...[...triage.all()].map(
      ([, { steps }]) =>
        () =>
          steps.map(({ note }) => note),
    ),
    ...quarantine.map((item) => () => [item.content]),
    ...custody.all
      .filter(({ action }) => action === CustodyAction.ENTERED)
      .map(({ file, chunks, fileContent }) => () => {
        const isErased = custody.ofFile(file).some(({ action }) => action === CustodyAction.ERASED);
        return isErased ? [] : [...chunks, fileContent];
      }),
  ];
  for (const referencesOf of all) {
    for (const reference of referencesOf()) {
      if (signal.aborted) return;
      if (reference !== null && reference.day !== '') yield reference;
    }
  }
}
