/** One thing that was looked at. */
export interface Finding {
  readonly verdict: 'good' | 'soon' | 'bad';
  /** The office or machine it is about. */
  readonly about: string;
  readonly what: string;
  readonly finding: string;
}

/** Notes findings about one office or machine. */
export function noterOf(about: string): {
  readonly findings: Finding[];
  readonly note: (verdict: Finding['verdict'], what: string, finding: string) => void;
} {
  const findings: Finding[] = [];
  return { findings, note: (verdict, what, finding) => void findings.push({ verdict, about, what, finding }) };
}
