import type { JsonRecord } from '../../../services/cli/office-api/office-client.ts';

/** An element that would act at once if it became one; it fits into every text of the contract. */
export const MARKUP = '<img src=x onerror=__owned=1>';
const SCRIPT = '<script>window.__owned=1</script><iframe src="javascript:parent.__owned=1"></iframe>';
/** Words that a peer would have the reader take for the console's own. */
export const FAKE_NOTICE = 'SYSTEM: your session has ended';

/** One line that tries to be more than text, as long as the contract lets a field be. */
export function hostileLine(max: number): string {
  return `${MARKUP}${FAKE_NOTICE}<a href="javascript:__owned=1">x</a>${'W'.repeat(max)}`.slice(0, max);
}

/**
 * What an office's own node takes in no line, but what comes from a neighbour may hold all the same: a character that
 * nobody sees, and a pile of marks that would lie over the lines above.
 */
export const HIDDEN_IN_LINE = `\u200bx${'\u0336'.repeat(30)}`;

/** The same over several lines, with characters that turn the direction of what follows, and a word without an end. */
export function hostileText(max: number): string {
  const text = `${SCRIPT}${MARKUP}\n${FAKE_NOTICE}, sign in at https://example.test/\n\u202egnp.exe\u2066 a\u200bb `;
  return `${text}${'W'.repeat(300)}`.slice(0, max);
}

/** A place with a name that tries the same. */
export const HOSTILE_PLACE = { name: hostileLine(120), nation: 'TH', position: { latitude: 20.3, longitude: 100.4 } };
const bankAccounts = [{ number: hostileLine(40), bank: hostileLine(120), nation: 'TH' }];

/** Every kind of subject, with every text that the contract lets a peer write. */
export const HOSTILE_SUBJECTS: readonly JsonRecord[] = [
  {
    label: 'P1',
    role: 'SUBJECT_ROLE_SUSPECT',
    person: {
      familyName: hostileLine(120),
      givenNames: hostileLine(120),
      nameInOriginalScript: hostileLine(240),
      aliases: [hostileLine(240)],
      placeOfBirth: hostileLine(120),
      description: hostileText(500),
      documents: [
        {
          documentType: 'DOCUMENT_TYPE_PASSPORT',
          number: hostileLine(40),
          holderName: hostileLine(240),
          irregularity: hostileText(500),
        },
      ],
      telephoneNumbers: [hostileLine(32)],
      emailAddresses: [hostileLine(254)],
      address: hostileText(300),
      movements: [{ place: HOSTILE_PLACE, note: hostileText(300) }],
      bankAccounts,
    },
  },
  {
    label: 'V1',
    role: 'SUBJECT_ROLE_MEANS',
    vehicle: {
      registration: hostileLine(32),
      make: hostileLine(60),
      model: hostileLine(60),
      colour: hostileLine(40),
      identificationNumber: hostileLine(40),
      keeperName: hostileLine(240),
    },
  },
  {
    label: 'B1',
    role: 'SUBJECT_ROLE_MEANS',
    vessel: { name: hostileLine(120), registration: hostileLine(40), masterName: hostileLine(240) },
  },
  {
    label: 'C1',
    role: 'SUBJECT_ROLE_OBJECT',
    consignment: {
      reference: hostileLine(60),
      goods: hostileText(300),
      consignor: hostileLine(240),
      consignee: hostileLine(240),
    },
  },
  {
    label: 'A1',
    role: 'SUBJECT_ROLE_MEANS',
    onlineAccount: {
      service: hostileLine(60),
      handle: hostileLine(120),
      address: `javascript:__owned=1//${hostileLine(400)}`,
      wallet: hostileLine(120),
    },
  },
  {
    label: 'O1',
    role: 'SUBJECT_ROLE_OTHER',
    organisation: {
      name: hostileLine(240),
      registration: hostileLine(60),
      address: hostileText(300),
      bankAccounts,
    },
  },
  {
    label: 'R1',
    role: 'SUBJECT_ROLE_OTHER',
    route: { name: hostileLine(120), waypoints: [HOSTILE_PLACE], modusOperandi: hostileText(2000) },
  },
];

/** A headline with a word in it by which a test finds it. */
export function hostileHeadline(mark: string): string {
  return `${mark} ${hostileLine(150 - mark.length)}`;
}
