import { describe, expect, it } from 'vitest';
import { buildSubmission, readSubmission } from '../../../services/cli/alert/build-submission.ts';
import { parsePerson, parseVehicle } from '../../../services/cli/alert/parse-subject.ts';

describe('buildSubmission', () => {
  it('needs recipients and a crime area', () => {
    expect(() => buildSubmission({ to: ['la-houayxay'] })).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
    expect(() => buildSubmission({ crimeArea: 'drugs' })).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
  });

  it('needs no recipients with what takes the place of an earlier message', () => {
    const supersedes = '01900000-0000-7000-8000-000000000001';
    const submission = buildSubmission({ crimeArea: 'drugs', supersedes, type: 'correction' });
    expect(submission).toMatchObject({ supersedes, alert: { messageType: 'MESSAGE_TYPE_CORRECTION' } });
    expect(submission).not.toHaveProperty('recipients');
  });

  it('says what the options say and nothing else', () => {
    const submission = buildSubmission({
      to: ['la-houayxay'],
      crimeArea: 'drugs',
      precedence: 'flash',
      narrative: 'text',
      person: ['family=A;given=B'],
      drill: true,
    });
    expect(submission).toEqual({
      recipients: ['la-houayxay'],
      precedence: 'PRECEDENCE_FLASH',
      purpose: 'PURPOSE_INVESTIGATION',
      handling: 'HANDLING_CODE_H1',
      drill: true,
      alert: {
        messageType: 'MESSAGE_TYPE_ALERT',
        crimeArea: 'CRIME_AREA_DRUGS',
        urgency: 'URGENCY_UNKNOWN',
        severity: 'SEVERITY_UNKNOWN',
        certainty: 'CERTAINTY_UNKNOWN',
        narrative: 'text',
        narrativeLanguage: 'en',
        subjects: [{ role: 'SUBJECT_ROLE_PERSON_OF_INTEREST', person: { familyName: 'A', givenNames: 'B' } }],
      },
    });
  });
});

describe('readSubmission', () => {
  it('takes a file as it is, but for what the options say', () => {
    expect(readSubmission('{"recipients":["a"],"alert":{}}', { to: ['b'] })).toEqual({ recipients: ['b'], alert: {} });
  });

  it.each(['no json', '[]', 'null'])('refuses %s', (text) => {
    expect(() => readSubmission(text, {})).toThrow(expect.objectContaining({ code: 'CLI_INPUT_INVALID' }));
  });
});

describe('parsePerson', () => {
  it('reads names, dates that lack a day, and lists', () => {
    expect(parsePerson('family=A ; born=1988-04; nationality=th; nationality=la; role=suspect; passport=X1')).toEqual({
      role: 'SUBJECT_ROLE_SUSPECT',
      person: {
        familyName: 'A',
        dateOfBirth: { year: 1988, month: 4 },
        nationalities: ['TH', 'LA'],
        documents: [{ documentType: 'DOCUMENT_TYPE_PASSPORT', number: 'X1' }],
      },
    });
  });

  it('keeps what stands behind a second equals sign', () => {
    expect(parsePerson('alias=a=b')).toMatchObject({ person: { aliases: ['a=b'] } });
  });

  it.each(['height=180', 'family', 'family=', '__proto__=x', 'born=yesterday'])('refuses %s', (text) => {
    expect(() => parsePerson(text)).toThrow(expect.objectContaining({ code: 'CLI_INPUT_INVALID' }));
  });
});

describe('parseVehicle', () => {
  it('is a means where no role is given', () => {
    expect(parseVehicle('registration=1AB;type=pickup')).toEqual({
      role: 'SUBJECT_ROLE_MEANS',
      vehicle: { registration: '1AB', vehicleType: 'VEHICLE_TYPE_PICKUP' },
    });
  });
});
