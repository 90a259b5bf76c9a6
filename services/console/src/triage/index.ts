export { newestTriage } from './newest-triage.ts';
export { TriageHistory } from './triage-history.tsx';
export { type TriagedMessage, TriagePanel } from './triage-panel.tsx';
export { type TriageSentence, type TriageStep, triageSentence } from './triage-sentences.ts';
