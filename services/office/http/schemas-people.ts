import { ACTIONS, SIGN_IN_MEANS } from '../../core/access/index.ts';
import type { JsonSchema } from './route.ts';
import { code, FLAG, listOf, NAMES, OFFICE, object, oneOf, orNull, TEXT, TIME } from './schema-parts.ts';
import { schemaRef } from './schema-ref.ts';

const ROLE = oneOf(['officer', 'supervisor', 'oversight', 'auditor', 'operator'], 'What they are to the office.');

const OFFICER = {
  name: { ...TEXT, description: 'Of the post; the ledger has it.' },
  displayName: orNull(TEXT),
  role: ROLE,
  agencies: NAMES,
};

const MINISTRY = orNull(object({ label: TEXT }));

/** The schemas of the answers about people and their sign-in. */
export const PEOPLE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  SignIn: object({
    office: OFFICE,
    officeName: TEXT,
    nation: TEXT,
    firstRun: { ...FLAG, description: 'The office has nobody yet; its first operator is made with a code.' },
    secure: { ...FLAG, description: 'False: nobody signs in here, since the line could be read by others.' },
    ways: object({
      password: FLAG,
      passkey: FLAG,
      oidc: { ...MINISTRY, description: "The ministry's sign-in, where the office uses one." },
    }),
  }),
  Session: object({
    officer: object({
      ...OFFICER,
      mustChangePassword: { ...FLAG, description: 'They choose another password before anything else.' },
    }),
    csrf: { ...TEXT, description: 'For the header x-liaison-csrf of every request that changes something.' },
    office: OFFICE,
    officeName: TEXT,
    nation: TEXT,
    agencies: listOf(schemaRef('Agency')),
    actions: {
      ...listOf(oneOf(ACTIONS, 'An action.')),
      description: 'What they may do, some of it only with their own.',
    },
    lastEventId: {
      ...orNull(TEXT),
      description:
        'Followed from here, the events tell all that later answers may miss; null for who may not follow them.',
    },
    means: oneOf(SIGN_IN_MEANS, 'By which they signed in.'),
    beganAt: TIME,
    expiresAt: { ...TIME, description: 'When the session ends, if nothing more is asked.' },
    hasPassword: {
      ...FLAG,
      description: 'They prove who they are, and choose another password, with the one until now.',
    },
    ministry: { ...MINISTRY, description: "The ministry's sign-in, where they can prove there who they are." },
    passkeys: listOf(object({ id: TEXT, label: TEXT, createdAt: TIME })),
  }),
  Officer: object(OFFICER),
  Agency: object({ id: TEXT, name: TEXT, crimeAreas: listOf(code('CrimeArea')) }),
  Account: object({
    ...OFFICER,
    createdAt: TIME,
    disabledAt: orNull(TIME),
    hasPassword: FLAG,
    oneTimeUntil: {
      ...orNull(TIME),
      description: 'Until when the password is good for one sign-in; null where they chose it themselves.',
    },
    passkeys: { type: 'integer', minimum: 0 },
    oidcSubject: orNull(TEXT),
  }),
  OneTimePassword: object({
    name: TEXT,
    password: { ...TEXT, description: 'For one sign-in, to be told its owner; it is shown nowhere else.' },
    until: { ...TIME, description: 'From then on it is refused.' },
  }),
};
