import { describe, expect, it } from 'vitest';
import { findFaults } from '../../../../../services/console/src/forms/find-faults.ts';
import {
  answerTo,
  changeOf,
  labelsOf,
  presetOf,
  questionAbout,
  routeGeometry,
  withLabels,
  withRoute,
} from '../../../../../services/console/src/screens/compose/prefill.ts';
import { type Template, templateOf } from '../../../../../services/console/src/screens/compose/templates.ts';

const ID = '01981bd2-6f4e-7abc-8def-0123456789ab';
const template = (id: string): Template => templateOf(id) as Template;

describe('presetOf', () => {
  it('asks for answers in the languages of the writer, each once, and takes a bulletin for one in the first of them', () => {
    expect(presetOf(template('request'), ['th', 'en', 'en'])).toMatchObject({ request: { languages: ['th', 'en'] } });
    expect(presetOf(template('bulletin'), ['th', 'en'])).toMatchObject({ bulletin: { textLanguage: 'th' } });
    expect(presetOf(template('warning'), ['th'])).toBe(template('warning').preset);
  });
});

describe('routeGeometry', () => {
  const line = (coordinates: unknown): string => JSON.stringify({ type: 'LineString', coordinates });

  it('turns a drawn line round: longitude stands first in GeoJSON', () => {
    expect(
      routeGeometry(
        line([
          [100.4, 20.2],
          [100.5, 20.3, 12],
        ]),
      ),
    ).toEqual({
      geometryType: 'GEOMETRY_TYPE_LINE_STRING',
      positions: [
        { latitude: 20.2, longitude: 100.4 },
        { latitude: 20.3, longitude: 100.5 },
      ],
    });
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a point', JSON.stringify({ type: 'Point', coordinates: [1, 2] })],
    ['one position', line([[1, 2]])],
    [
      'a position without numbers',
      line([
        [1, 2],
        ['3', 4],
      ]),
    ],
    ['a position that is none', line([[1, 2], 3])],
    ['no list', line({ length: 2 })],
    ['more positions than the contract has', line(Array.from({ length: 501 }, () => [1, 2]))],
  ])('takes no %s', (_, text) => {
    expect(routeGeometry(text)).toBeUndefined();
  });

  it('makes a bulletin of it that the contract allows', () => {
    const value = withRoute(
      template('bulletin').preset,
      routeGeometry(
        line([
          [1, 2],
          [3, 4],
        ]),
      ) as never,
    );
    expect(findFaults('BulletinSubmission', value).filter(({ reason }) => reason !== 'required')).toEqual([]);
    expect(value).toMatchObject({ bulletin: { bulletinType: 'BULLETIN_TYPE_ROUTE', urgency: 'URGENCY_EXPECTED' } });
  });
});

describe('changeOf', () => {
  const earlier = {
    id: ID,
    precedence: 'PRECEDENCE_PRIORITY',
    drill: true,
    content: {
      officer: 'narcotics-desk',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H1',
      caveat: '',
      caseReference: 'C-1',
      alert: { messageType: 'MESSAGE_TYPE_ALERT', crimeArea: 'CRIME_AREA_DRUGS', headline: 'Grey pick-up' },
    },
  };

  it('says what the earlier message said, as an update of it', () => {
    expect(changeOf(template('update'), earlier)).toEqual({
      precedence: 'PRECEDENCE_PRIORITY',
      purpose: 'PURPOSE_PREVENTION',
      handling: 'HANDLING_CODE_H1',
      caseReference: 'C-1',
      supersedes: ID,
      drill: true,
      alert: { messageType: 'MESSAGE_TYPE_UPDATE', crimeArea: 'CRIME_AREA_DRUGS', headline: 'Grey pick-up' },
    });
  });

  it('cancels it where that is wanted, and is no exercise where it was none', () => {
    const cancelled = changeOf(template('cancel'), { ...earlier, drill: false });
    expect(cancelled).toMatchObject({ alert: { messageType: 'MESSAGE_TYPE_CANCEL' } });
    expect(cancelled).not.toHaveProperty('drill');
  });

  it('is an update also where the template writes new ones', () => {
    const bulletin = changeOf(template('bulletin'), { ...earlier, content: { bulletin: { headline: 'x' } } });
    expect(bulletin).toMatchObject({ bulletin: { messageType: 'MESSAGE_TYPE_UPDATE', headline: 'x' } });
  });

  it('makes do without content that is gone', () => {
    expect(changeOf(template('update'), { ...earlier, content: null })).toMatchObject({ supersedes: ID });
  });
});

describe('answerTo', () => {
  it('has a result for each question, and the crime area of the request', () => {
    const content = { request: { crimeArea: 'CRIME_AREA_DRUGS' } };
    expect(answerTo({ id: ID, origin: 'la-houayxay', questions: 2, content })).toEqual({
      request: ID,
      origin: 'la-houayxay',
      answer: { crimeArea: 'CRIME_AREA_DRUGS', terms: { results: [{ question: 1 }, { question: 2 }] } },
    });
  });
});

describe('questionAbout', () => {
  const content = { purpose: 'PURPOSE_INVESTIGATION', alert: { crimeArea: 'CRIME_AREA_DRUGS', headline: 'A boat' } };
  const message = { precedence: 'PRECEDENCE_FLASH', drill: false, content };

  it('goes to the office that sent the message, of its crime area, and copies nothing that it says', () => {
    expect(questionAbout({ request: { languages: ['th'] } }, 'la-houayxay', message)).toEqual({
      recipients: ['la-houayxay'],
      request: { languages: ['th'], crimeArea: 'CRIME_AREA_DRUGS' },
    });
  });

  it('is an exercise where the message was one', () => {
    expect(questionAbout({}, 'la-houayxay', { ...message, drill: true })).toMatchObject({ drill: true });
  });

  it('makes do without content that is gone', () => {
    expect(questionAbout({}, 'la-houayxay', { ...message, content: null })).toEqual({ recipients: ['la-houayxay'] });
  });
});

describe('withLabels', () => {
  it('gives each subject a label of its own and leaves those that have one', () => {
    const value = { alert: { subjects: [{ role: 'a' }, { role: 'b', label: 'S1' }, { role: 'c' }] } };
    const labelled = withLabels(value, 'alert');
    expect(labelsOf(labelled, 'alert')).toEqual(['S2', 'S1', 'S3']);
    expect(withLabels(labelled, 'alert')).toBe(labelled);
  });

  it('has nothing to do without subjects', () => {
    const value = { alert: {} };
    expect(withLabels(value, 'alert')).toBe(value);
    expect(labelsOf(value, 'alert')).toEqual([]);
  });
});
