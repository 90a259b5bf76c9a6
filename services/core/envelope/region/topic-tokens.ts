import { Corridor, CrimeArea } from '../../wire/index.ts';

function tokenOf(list: Readonly<Record<string, number>>, code: number): string | undefined {
  const name = Object.entries(list).find(([, value]) => value === code && value !== 0)?.[0];
  return name?.toLowerCase().replaceAll('_', '-');
}

/** A corridor and crime area as subjects spell them; undefined where either is a code that this version does not know. */
export function topicTokens(
  corridor: Corridor,
  crimeArea: CrimeArea,
): { readonly corridor: string; readonly crimeArea: string } | undefined {
  const tokens = { corridor: tokenOf(Corridor, corridor), crimeArea: tokenOf(CrimeArea, crimeArea) };
  return tokens.corridor === undefined || tokens.crimeArea === undefined
    ? undefined
    : { corridor: tokens.corridor, crimeArea: tokens.crimeArea };
}
