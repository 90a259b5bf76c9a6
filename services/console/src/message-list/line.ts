import type { Schemas } from '../api/index.ts';

/** What a line of the inbox or of the sent list shows, as the office answers it. */
export interface Line {
  readonly id: string;
  readonly origin: string;
  readonly direction: 'inbound' | 'outbound';
  readonly kind: string;
  readonly precedence: string;
  readonly createdAt: string;
  readonly drill: boolean;
  readonly emergency?: true;
  readonly supersedes?: string;
  readonly supersededBy?: string;
  readonly recalled?: Schemas['InboxItem']['recalled'];
  readonly contentState?: string;
  readonly headline?: string | null;
  readonly language?: string | null;
  readonly crimeArea?: string | null;
  readonly caseReference?: string | null;
  readonly triage?: Schemas['Triage'];
  /** Of a received message. */
  readonly from?: string;
  readonly receivedAt?: string;
  readonly deliveredAt?: string | null;
  readonly state?: string;
  readonly withheld?: readonly string[];
  /** By when a request is to be answered. */
  readonly answerByAt?: string | null;
  /** Of a message of this office. */
  readonly submittedBy?: string;
  readonly acceptedAt?: string;
  readonly recipients?: readonly {
    readonly office: string;
    readonly state: string;
    readonly withheld: readonly string[];
  }[];
}

/** Something that is marked on a line: its word is a text of the console. */
export type Mark = 'emergency' | 'recalled' | 'superseded' | 'update' | 'withheld' | 'gone' | 'closed' | 'restricted';

/** Whether officers work on messages of that kind in a list; what belongs to an operation is worked on there. */
export function isWorkedOn({ kind }: Pick<Line, 'kind'>): boolean {
  return !/^MESSAGE_KIND_(OPERATION_|ATTACHMENT_)/.test(kind);
}

/** When the officers of this office got it, or gave it. */
export function lineTime(line: Line): string {
  return line.deliveredAt ?? line.receivedAt ?? line.acceptedAt ?? line.createdAt;
}

/** Nobody of this office has opened it yet. */
export function isUnread(line: Line): boolean {
  return line.direction === 'inbound' && line.state === 'delivered';
}

/** What is marked on a line, the gravest first. */
export function marksOf(line: Line): readonly Mark[] {
  const withheld = [...(line.withheld ?? []), ...(line.recipients ?? []).flatMap((one) => one.withheld)];
  const marks: readonly (readonly [Mark, boolean])[] = [
    ['emergency', line.emergency === true],
    ['recalled', line.recalled !== undefined],
    ['superseded', line.supersededBy !== undefined],
    ['update', line.supersedes !== undefined],
    ['withheld', withheld.length > 0],
    ['gone', line.contentState === 'gone' || line.contentState === 'erased'],
    ['restricted', (line.triage?.restrictedTo.length ?? 0) > 0],
    ['closed', line.triage !== undefined && line.triage.closedAt !== null],
  ];
  return marks.filter(([, isThere]) => isThere).map(([mark]) => mark);
}

/** Recipients by how far their copy is, as `[state, offices]`: what needs somebody first. */
export function recipientStates(
  recipients: NonNullable<Line['recipients']>,
): readonly (readonly [string, readonly string[]])[] {
  const byState = new Map<string, string[]>();
  for (const { office, state } of recipients) byState.set(state, [...(byState.get(state) ?? []), office]);
  const rank = (state: string): number => {
    const at = STATES.indexOf(state);
    return at < 0 ? STATES.length : at;
  };
  return [...byState].sort(([one], [other]) => rank(one) - rank(other));
}

const STATES = [
  'failed',
  'expired',
  'held',
  'refused',
  'rejected',
  'queued',
  'sent',
  'accepted',
  'delivered',
  'retrieved',
];
