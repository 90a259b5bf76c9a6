import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { playFlashSound, soundOn } from '../alerts-sound/index.ts';
import { may, onEvent, read, type Schemas } from '../api/index.ts';
import { useBoardCounts } from '../boards/counts.ts';
import { t } from '../i18n/index.ts';
import { Age, Button, Drill, Icon, PeerText, Precedence } from '../ui/index.ts';
import { type Flash, flashOf, foldFlashes } from './fold-flashes.ts';
import { setFlashTitle, setUnread } from './page-title.ts';
import { Link } from './router.tsx';
import './flash-watch.css';

const SEEN = 'liaison.flash-seen';
const REPEAT_MS = 20_000;

const waiting = signal<readonly Flash[]>([]);

/**
 * Says on every screen that a flash message came which nobody has opened: at the top, in the title of the tab, and by a
 * sound where the device has it on, until somebody at this device says that they have seen it, or anybody opens it.
 */
export function FlashWatch(): JSX.Element | null {
  // Those who only oversee do not act on messages, and are not called to them.
  const watches = may('retrieve') && may('follow-events');
  useEffect(() => {
    if (!watches) return undefined;
    void catchUp(false);
    const off = onEvent(({ type, facts }) => {
      if (type === 'reset') void catchUp(true);
      const flash = flashOf(type, facts);
      if (flash !== undefined) {
        take([flash], true);
        // The event says whose it is; what it is about stands in its line of the inbox, which opens nothing.
        void catchUp(false);
      }
      if (type === 'retrieved' || type === 'recalled' || type === 'erased')
        leave(String(facts['origin']), String(facts['envelopeId']));
    });
    return () => {
      off();
      // The next person at this device may see other messages.
      waiting.value = [];
      setFlashTitle('');
    };
  }, [watches]);
  const flashes = waiting.value;
  const unread = useBoardCounts()?.unread ?? 0;
  useEffect(() => setUnread(unread), [unread]);
  useEffect(() => {
    // Whose, and not what: the titles of pages stay in the history of the browser, where the next person reads them.
    const offices = [...new Set(flashes.map(({ from }) => from))].slice(0, 2).join(', ');
    setFlashTitle(flashes.length === 0 ? '' : `${t('flash.title', { count: flashes.length })} ${offices}`);
    if (flashes.length === 0) return undefined;
    const again = setInterval(() => {
      if (soundOn()) playFlashSound();
    }, REPEAT_MS);
    return () => clearInterval(again);
  }, [flashes.length]);
  if (flashes.length === 0) return null;
  return (
    <section
      class={`flash-watch no-print${flashes.every(({ drill }) => drill) ? ' drill' : ''}`}
      aria-label={t('flash.label')}
    >
      <strong role="alert">
        <Icon shape="diamond" size={16} /> {t('flash.came', { count: flashes.length })}
      </strong>
      <ul>
        {flashes.slice(0, 5).map((flash) => (
          <li key={flash.id}>
            <Precedence value="PRECEDENCE_FLASH" /> {flash.drill ? <Drill /> : null}{' '}
            <Link to={`/messages/${encodeURIComponent(flash.origin)}/${encodeURIComponent(flash.id)}`}>
              {flash.headline === null ? (
                t('flash.open', { office: flash.from })
              ) : (
                <>
                  {flash.from}: <PeerText text={flash.headline} lang={flash.language ?? undefined} />
                </>
              )}
            </Link>{' '}
            <Age at={flash.at} />
          </li>
        ))}
      </ul>
      <Button look="primary" onClick={acknowledge}>
        {t('flash.acknowledge')}
      </Button>
    </section>
  );
}

/** What came while nobody was signed in here, or while the line was down. */
async function catchUp(loud: boolean): Promise<void> {
  const query = { precedence: 'PRECEDENCE_FLASH', state: 'delivered', limit: 10 };
  const page = await read<{ items: readonly Schemas['InboxItem'][] }>('/v1/inbox', { query }).catch(() => undefined);
  const found = (page?.items ?? []).filter((item) => !('recalled' in item && item.recalled !== undefined));
  take(
    found.map(({ id, origin, from, deliveredAt, receivedAt, drill, headline, language }) => ({
      id,
      origin,
      from,
      at: deliveredAt ?? receivedAt,
      drill,
      headline: headline ?? null,
      language: language ?? null,
    })),
    loud,
  );
}

function take(flashes: readonly Flash[], loud: boolean): void {
  if (flashes.length === 0) return;
  const before = waiting.peek();
  const next = foldFlashes(before, flashes, seenHere());
  waiting.value = next;
  if (loud && next.length > before.length && soundOn()) playFlashSound();
}

function leave(origin: string, id: string): void {
  const rest = waiting.peek().filter((flash) => flash.id !== id || flash.origin !== origin);
  if (rest.length !== waiting.peek().length) waiting.value = rest;
}

function acknowledge(): void {
  const seen = [...seenHere(), ...waiting.peek().map(({ id }) => id)];
  sessionStorage.setItem(SEEN, JSON.stringify(seen.slice(-200)));
  waiting.value = [];
  document.getElementById('main')?.focus({ preventScroll: true });
}

function seenHere(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(SEEN) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.map(String) : []);
  } catch {
    return new Set();
  }
}
