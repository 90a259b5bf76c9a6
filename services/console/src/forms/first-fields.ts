/**
 * Which fields of a message come first; the rest is one press away. A message that is not here shows what it requires and
 * its first few fields, so that a new one needs nothing.
 */
export const FIRST_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Person: [
    'familyName',
    'givenNames',
    'nameInOriginalScript',
    'sex',
    'dateOfBirth',
    'nationalities',
    'documents',
    'faceImages',
  ],
  TravelDocument: ['documentType', 'state', 'number', 'issuingNation', 'holderName', 'images'],
  Vehicle: ['vehicleType', 'registration', 'registrationNation', 'make', 'model', 'colour'],
  Consignment: ['goods', 'weightKg', 'reference', 'containerNumber'],
  Subject: [
    'role',
    'person',
    'travelDocument',
    'vehicle',
    'vessel',
    'consignment',
    'onlineAccount',
    'organisation',
    'route',
  ],
  Question: ['questionType', 'text'],
  QuestionResult: ['question', 'outcome', 'ground'],
  AnswerText: ['question', 'text'],
};

/** How many fields of a message that is not listed come first. */
export const FIRST_COUNT = 6;

/** Fields that get a value without anybody typing it: that they have one says nothing. */
export const FILLED_BY_ITSELF: Readonly<Record<string, readonly string[]>> = { Subject: ['label'] };
