import { useEffect, useRef, useState } from 'preact/hooks';
import { session } from '../../api/index.ts';
import { guardLeaving } from '../../app/router.tsx';
import { type Draft, dropDraft, type Kept, keepDraft, ownerOf, titleOf, whileOpen } from '../../drafts/index.ts';
import type { JsonObject } from '../../forms/json.ts';
import { t } from '../../i18n/index.ts';

const SAVE_MS = 1000;

/** A draft while somebody writes it. */
export interface OpenDraft {
  readonly value: JsonObject;
  readonly change: (value: JsonObject) => void;
  /** How it is kept; undefined before anything was. */
  readonly kept: Kept | undefined;
  readonly savedMs: number | undefined;
  /** Keeps it now. */
  readonly save: () => Promise<void>;
  /** Takes it away from this device: it was sent, or is not wanted any more. */
  readonly drop: () => Promise<void>;
}

/** The owner of drafts that are written now. */
export function currentOwner(): string {
  const { office, officer } = session();
  return ownerOf(office, officer.name);
}

/**
 * Holds `first` while it is written and keeps it on this device a second after each change, and at once when the page is
 * hidden or left. Where it cannot be kept, leaving asks first.
 */
export function useDraft(first: Draft): OpenDraft {
  const [value, setValue] = useState(first.value);
  const [state, setState] = useState<{ readonly kept: Kept; readonly savedMs: number } | undefined>(undefined);
  const newest = useRef(first.value);
  const isDirty = useRef(false);
  const isDropped = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = async (): Promise<void> => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (!isDirty.current || isDropped.current) return;
    isDirty.current = false;
    const savedMs = Date.now();
    const kept = await keepDraft({ ...first, value: newest.current, title: titleOf(newest.current), savedMs });
    if (kept !== 'kept') isDirty.current = true;
    setState({ kept, savedMs });
  };

  useEffect(() => {
    const now = (): void => void save();
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') now();
    };
    document.addEventListener('visibilitychange', hidden);
    addEventListener('pagehide', now);
    const close = whileOpen(save);
    return () => {
      close();
      document.removeEventListener('visibilitychange', hidden);
      removeEventListener('pagehide', now);
      now();
    };
  }, []);

  const isLost = state !== undefined && state.kept !== 'kept';
  useEffect(() => {
    if (!isLost) return undefined;
    return guardLeaving(() => isDropped.current || confirm(t('compose.leave')));
  }, [isLost]);

  return {
    value,
    change: (next) => {
      newest.current = next;
      isDirty.current = true;
      setValue(next);
      timer.current ??= setTimeout(() => void save(), SAVE_MS);
    },
    kept: state?.kept,
    savedMs: state?.savedMs,
    save,
    drop: async () => {
      isDropped.current = true;
      clearTimeout(timer.current);
      await dropDraft(first.id);
    },
  };
}
