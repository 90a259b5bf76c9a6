import { describe, expect, it } from 'vitest';
import { standIn } from '../../../../../services/console/src/screens/compose/stand-ins.ts';

const picture = (letter: string) => ({ format: 'IMAGE_FORMAT_JPEG', data: letter.repeat(4000) });

describe('standIn', () => {
  const value = {
    recipients: ['la-houayxay'],
    alert: { headline: 'x', subjects: [{ person: { faceImages: [picture('A'), picture('B')] } }] },
  };

  it('puts something small and different in place of each picture, in base64, and nothing else', () => {
    const { value: light } = standIn(value);
    expect(JSON.stringify(light).length).toBeLessThan(400);
    const [one, other] = (light as typeof value).alert.subjects[0]?.person.faceImages ?? [];
    expect(one?.data).not.toBe(other?.data);
    expect(Buffer.from(one?.data ?? '', 'base64').toString('base64')).toBe(one?.data);
    expect(light).toMatchObject({ recipients: ['la-houayxay'], alert: { headline: 'x' } });
  });

  it('puts the pictures back wherever a copy still has them', () => {
    const { value: light, restore } = standIn(value);
    expect(restore(light)).toEqual(value);
    expect(restore([{ office: 'x', alert: null, n: 1 }])).toEqual([{ office: 'x', alert: null, n: 1 }]);
  });

  it('leaves what is small as it is', () => {
    const small = {
      alert: {
        subjects: [
          { vehicle: { data: 'A'.repeat(4000) } },
          { person: { faceImages: [{ format: 'X', data: 'AAAA' }] } },
        ],
      },
    };
    expect(standIn(small).value).toEqual(small);
  });
});
