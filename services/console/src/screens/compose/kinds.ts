import type { Schemas } from '../../api/index.ts';

/** How a submission is handed in and what of it is shown before. */
export interface Kind {
  readonly message: string;
  /** The field that carries what is said. */
  readonly body: string;
  /** POST takes it. */
  readonly submit: string;
  /** POST says what each neighbour would get; null where nothing of it is shown to anyone as it is. */
  readonly preview: string | null;
  /** What somebody must be allowed to do. */
  readonly action: string;
  /** Whether it says to whom it goes. */
  readonly hasRecipients: boolean;
}

/** What can be written here, by the message of the contract. */
export const KINDS = {
  AlertSubmission: {
    message: 'AlertSubmission',
    body: 'alert',
    submit: '/v1/alerts',
    preview: '/v1/preview',
    action: 'submit',
    hasRecipients: true,
  },
  RequestSubmission: {
    message: 'RequestSubmission',
    body: 'request',
    submit: '/v1/requests',
    preview: '/v1/requests/preview',
    action: 'submit',
    hasRecipients: true,
  },
  AnswerSubmission: {
    message: 'AnswerSubmission',
    body: 'answer',
    submit: '/v1/answers',
    preview: '/v1/answers/preview',
    action: 'submit',
    hasRecipients: false,
  },
  SearchSubmission: {
    message: 'SearchSubmission',
    body: 'search',
    submit: '/v1/hits',
    preview: null,
    action: 'search',
    hasRecipients: true,
  },
  LookoutSubmission: {
    message: 'LookoutSubmission',
    body: 'lookout',
    submit: '/v1/lookouts',
    preview: null,
    action: 'keep-lookouts',
    hasRecipients: false,
  },
  BulletinSubmission: {
    message: 'BulletinSubmission',
    body: 'bulletin',
    submit: '/v1/bulletins',
    preview: null,
    action: 'tell-region',
    hasRecipients: false,
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** What the office says of each recipient before anything is sent. */
export type PreviewRecipient = Schemas['PreviewRecipient'];

/** The preview of an alert, a request or an answer: each copy holds its body under the name of its kind. */
export interface Preview {
  readonly recipients: readonly PreviewRecipient[];
  readonly copies: readonly ({ readonly office: string } & Readonly<Record<string, unknown>>)[];
  readonly region?: {
    readonly outcome: string;
    readonly withheld: readonly string[];
    readonly alert: unknown;
  };
}
