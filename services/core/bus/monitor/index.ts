export { checkServerSafety, type SafetyCheckOptions } from './check-server-safety.ts';
export {
  type CutNationOptions,
  type CutNeighbourOptions,
  cutNation,
  cutNeighbour,
  reloadServer,
} from './cut-neighbour.ts';
export type { ServerRole } from './judge-server.ts';
export { type MonitorAddress, readLeafs } from './read-server.ts';
export { type LinkWatch, type WatchLinksOptions, watchLinks } from './watch-links.ts';
