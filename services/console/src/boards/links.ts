import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may, type Schemas, useResource } from '../api/index.ts';

type Links = Schemas['Links'];

const links = signal<Links | undefined>(undefined);
const offices = computed(() => (links.value?.items ?? []).map(({ office }) => office).join(' '));

/** Keeps the state of every line as it is; the frame does, once for all. Undefined while it is not known. */
export function useFollowedLinks(): Links | undefined {
  const answer = useResource<Links>(may('read-links') ? '/v1/links' : null, ['links']);
  useEffect(() => {
    links.value = answer.value;
  }, [answer.value]);
  useEffect(
    () => () => {
      // The next person at this device may see less.
      links.value = undefined;
    },
    [],
  );
  return answer.value;
}

/** The state of every line; undefined while it is not known, and for whom it is not. Asks nothing by itself. */
export function useLinks(): Links | undefined {
  return links.value;
}

/** The offices that this one has a line to, for whoever may know of lines. Asks nothing by itself. */
export function useNeighbours(): readonly string[] {
  return offices.value === '' ? [] : offices.value.split(' ');
}
