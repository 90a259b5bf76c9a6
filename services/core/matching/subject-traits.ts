import type { Subject } from '../wire/index.ts';
import { identifier } from './identifiers.ts';
import { type NameForm, nameForm } from './name-words.ts';
import type { Identifier, IdentifierKind, Traits } from './types.ts';

const MAX_NAMES = 24;

type Found = readonly [kind: IdentifierKind, text: string, issuer?: string];

type Accounts = readonly { readonly number: string; readonly nation: string }[];

const bankAccounts = (accounts: Accounts): readonly Found[] =>
  accounts.map(({ number, nation }) => ['bank-account', number, nation]);

/**
 * What a subject can be found by, of what is there of it: its identifiers, and the names of persons with the date of
 * birth. Descriptions, places, routes, images and free text are never searched.
 */
export function traitsOf(subject: Subject): Traits {
  const { person, travelDocument, vehicle, vessel, consignment, onlineAccount, organisation } = subject;
  const documents = [...(person?.documents ?? []), ...(travelDocument === null ? [] : [travelDocument])];
  const found: Found[] = [
    ...documents.map((document): Found => ['document', document.number, document.issuingNation]),
    ...(person?.telephoneNumbers ?? []).map((number): Found => ['phone', number]),
    ...(person?.emailAddresses ?? []).map((address): Found => ['email', address]),
    ...bankAccounts(person?.bankAccounts ?? []),
  ];
  const names: string[] = documents.map((document) => document.holderName);
  if (person !== null) {
    const whole = [person.familyName, person.givenNames].filter((name) => name.trim() !== '');
    names.push(whole.join(' '), person.nameInOriginalScript, ...person.aliases);
  }
  if (vehicle !== null) {
    found.push(['plate', vehicle.registration, vehicle.registrationNation], ['vin', vehicle.identificationNumber]);
    names.push(vehicle.keeperName);
  }
  if (vessel !== null) {
    found.push(
      ['vessel', vessel.registration, vessel.flagNation],
      ['imo', vessel.imoNumber],
      ['vessel-name', vessel.name, vessel.flagNation],
    );
    names.push(vessel.masterName);
  }
  if (consignment !== null) {
    found.push(['consignment', consignment.reference], ['container', consignment.containerNumber]);
    names.push(consignment.consignor, consignment.consignee);
  }
  if (onlineAccount !== null) {
    found.push(
      ['account', onlineAccount.handle, onlineAccount.service],
      ['address', onlineAccount.address],
      ['wallet', onlineAccount.wallet],
    );
  }
  if (organisation !== null) {
    found.push(
      ['organisation', organisation.registration, organisation.nation],
      ['organisation-name', organisation.name, organisation.nation],
      ...bankAccounts(organisation.bankAccounts),
    );
  }
  return {
    identifiers: found.map((entry) => identifier(...entry)).filter((entry): entry is Identifier => entry !== undefined),
    names: namesOf(names),
    born: person?.dateOfBirth ?? null,
  };
}

function namesOf(texts: readonly string[]): readonly NameForm[] {
  const forms = texts
    .filter((text) => text.trim() !== '')
    .slice(0, MAX_NAMES)
    .map(nameForm)
    .filter((form) => form.words.length > 0);
  const seen = new Set<string>();
  return forms.filter(({ words }) => {
    const key = words.map((word) => word.sound).join(' ');
    return seen.has(key) ? false : seen.add(key);
  });
}
