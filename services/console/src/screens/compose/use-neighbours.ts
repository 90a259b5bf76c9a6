import { may, useResource } from '../../api/index.ts';
import { useLinks } from '../../boards/links.ts';

/** A neighbour as it is chosen from. */
export interface Neighbour {
  readonly office: string;
  readonly name?: string;
  /** Languages that its focal points speak. */
  readonly languages: readonly string[];
  readonly up: boolean | null;
  readonly since?: string;
}

interface DirectoryFacts {
  readonly directory: {
    readonly offices?: readonly {
      readonly office: string;
      readonly name?: string;
      readonly focalPoints?: readonly { readonly languages?: readonly string[] }[];
    }[];
  };
}

/** The neighbours of this office, in the order of their names; undefined while nobody knows. */
export function useNeighbours(): readonly Neighbour[] | undefined {
  const links = useLinks();
  const directory = useResource<{ readonly items: readonly DirectoryFacts[] }>(
    may('read-directory') ? '/v1/directory' : null,
    ['documents'],
  );
  if (links === undefined) return undefined;
  const entries = (directory.value?.items ?? []).flatMap((item) => item.directory.offices ?? []);
  return links.items
    .map(({ office, up, since }) => {
      const entry = entries.find((one) => one.office === office);
      const languages = [...new Set((entry?.focalPoints ?? []).flatMap((point) => point.languages ?? []))];
      return {
        office,
        up,
        languages,
        ...(entry?.name === undefined ? {} : { name: entry.name }),
        ...(since === undefined || since === null ? {} : { since }),
      };
    })
    .sort((one, other) => (one.office < other.office ? -1 : 1));
}
