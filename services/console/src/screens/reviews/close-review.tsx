import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Schemas, send, useAction } from '../../api/index.ts';
import { CodeSelect, spoken, TextWithLanguage } from '../../boards/index.ts';
import { language, t } from '../../i18n/index.ts';
import { Button, focusFirstError, ProblemNotice } from '../../ui/index.ts';

/** What oversight found: once and for all, and sent to the other offices that have the message. */
export function CloseReview({
  review,
  reload,
}: {
  readonly review: Schemas['Review'];
  readonly reload: () => Promise<void>;
}): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const action = useAction();
  const [finding, setFinding] = useState('');
  const [words, setWords] = useState({ text: '', textLanguage: language() as string });
  const [isTried, setIsTried] = useState(false);
  const close = async (): Promise<void> => {
    setIsTried(true);
    if (finding === '') return focusFirstError(form.current);
    // Closed here or by somebody else a moment before: either way it is shown how it stands.
    await action.run(async () => {
      await send(`/v1/reviews/${encodeURIComponent(review.id)}/close`, {
        query: { origin: review.origin },
        body: { finding, ...spoken(words) },
      });
    }, reload);
  };
  return (
    <form
      ref={form}
      class="board-form no-print"
      aria-label={t('reviews.close')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void close();
      }}
    >
      <ProblemNotice problem={action.problem} />
      <CodeSelect
        list="ReviewFinding"
        label={t('reviews.finding')}
        value={finding}
        onValue={setFinding}
        error={isTried && finding === '' ? t('boards.required') : undefined}
      />
      <TextWithLanguage label={t('reviews.words')} value={words} onValue={setWords} />
      <div>
        <Button type="submit" look="primary" busy={action.busy}>
          {t('reviews.submit')}
        </Button>
      </div>
    </form>
  );
}
