import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeMessage } from '../../../services/core/wire/descriptors.ts';
import {
  type Alert,
  alertCodec,
  type BodyPart,
  categoriesIn,
  DataCategory,
  joinParts,
  MessageKind,
  personCodec,
  splitBody,
} from '../../../services/core/wire/index.ts';
import { arbitraryMessage } from './arbitrary-message.ts';

const KIND = MessageKind.ALERT;
const alert = arbitraryMessage('Alert') as unknown as fc.Arbitrary<Alert>;

/** Strings that can be found again in bytes: every one different, with the category it was put under. */
function plantedAlert(): fc.Arbitrary<Alert> {
  let count = 0;
  const text = () => fc.constant('').map(() => `planted-${++count}-text`);
  return arbitraryMessage('Alert', text) as unknown as fc.Arbitrary<Alert>;
}

/** The planted strings of a message and where they stand: `path|category`. */
function planted(
  name: string,
  message: Record<string, unknown>,
  path: string,
  under: number | undefined,
  found: Map<string, string>,
): Map<string, string> {
  for (const field of describeMessage(name).fields) {
    const values = (field.repeated ? message[field.name] : [message[field.name]]) as unknown[];
    values.forEach((value, index) => {
      const category = under ?? field.category;
      if (typeof value === 'string' && value !== '') found.set(value, `${path}|${category}`);
      if (field.kind !== 'message' || value === null) return;
      const walked = under === undefined && describeMessage(field.typeName ?? '').container === true;
      const inner = !walked ? path : field.repeated ? `${path}.${field.id}.${index}` : `${path}.${field.id}`;
      planted(field.typeName ?? '', value as Record<string, unknown>, inner, walked ? undefined : category, found);
    });
  }
  return found;
}

const refusal = (fault: string) =>
  expect.objectContaining({ code: 'WIRE_PART_INVALID', disposition: 'quarantine', context: { fault } });
const placeOf = (part: BodyPart) => `${part.path.map((step) => `.${step}`).join('')}|${part.category}`;
const textIn = (part: BodyPart) => Buffer.from(part.value).toString('latin1');

describe('splitBody', () => {
  it('is undone by joinParts, for whatever body and in whatever order', () => {
    fc.assert(
      fc.property(alert, fc.infiniteStream(fc.nat()), (body, order) => {
        const parts = splitBody(KIND, body).map((part) => ({ part, at: order.next().value as number }));
        const shuffled = parts.sort((a, b) => a.at - b.at).map(({ part }) => part);
        expect(joinParts(KIND, shuffled)).toStrictEqual(body);
      }),
      { numRuns: 200 },
    );
  });

  it('puts each string into the part of its own message and category and into no other', () => {
    fc.assert(
      fc.property(plantedAlert(), (body) => {
        const parts = splitBody(KIND, body);
        for (const [text, place] of planted(
          'Alert',
          body as unknown as Record<string, unknown>,
          '',
          undefined,
          new Map(),
        )) {
          expect(parts.filter((part) => textIn(part).includes(text)).map(placeOf)).toEqual([place]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives each message and category once', () => {
    fc.assert(
      fc.property(alert, (body) => {
        const places = splitBody(KIND, body).map(placeOf);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('goes by path, then category, then field number and index', () => {
    const parts = splitBody(KIND, {
      narrative: 'n',
      messageType: 1,
      subjects: [
        { role: 1 },
        { role: 2, person: { familyName: 'f', healthNeeds: 'h', documents: [{ number: '1' }, { documentType: 1 }] } },
      ],
    });
    expect(parts.map(placeOf)).toEqual([
      '|1',
      '|14',
      '.20.0|1',
      '.20.1|1',
      '.20.1.10|2',
      '.20.1.10|7',
      '.20.1.10.10.0|3',
      '.20.1.10.10.1|1',
    ]);
  });

  it('gives an empty CORE part for a message that is there and says nothing', () => {
    const parts = splitBody(KIND, { messageType: 1, subjects: [{}, { role: 1, person: {} }] });
    expect(parts.slice(1).map((part) => [placeOf(part), part.value.length])).toEqual([
      ['.20.0|1', 0],
      ['.20.1|1', 2],
      ['.20.1.10|1', 0],
    ]);
  });

  it('takes a value message and a time whole, under the category of the field', () => {
    const parts = splitBody(KIND, {
      place: { name: 'Ban Houayxay', position: { latitude: 20.27 } },
      occurredAt: { seconds: 1, nanos: 0 },
    });
    expect(parts.map(placeOf)).toEqual(['|1', '|13']);
    expect(alertCodec.decode(parts[1]?.value as Uint8Array).place?.position?.latitude).toBe(20.27);
  });

  it('encodes a part as its message with the other fields left out', () => {
    const person = { familyName: 'Keo', address: 'Ban Xay', aliases: ['K'] };
    const parts = splitBody(KIND, { subjects: [{ role: 1, person }] });
    const identity = parts.find((part) => part.category === DataCategory.IDENTITY);
    expect(identity?.value).toEqual(personCodec.encode({ familyName: 'Keo', aliases: ['K'] }));
  });

  it('refuses a body that comes to more parts than can be joined', () => {
    const documents = new Array(100).fill({ documentType: 1, number: '1', irregularity: 'x' });
    const body = { subjects: new Array(30).fill({ role: 1, person: { documents } }) };
    expect(() => splitBody(KIND, body)).toThrow(expect.objectContaining({ code: 'WIRE_PART_INVALID' }));
  });
});

describe('joinParts', () => {
  it('shows nothing of the parts it was not given', () => {
    fc.assert(
      fc.property(plantedAlert(), fc.infiniteStream(fc.boolean()), (body, choice) => {
        const parts = splitBody(KIND, body);
        const given = parts.filter(() => choice.next().value);
        const places = new Set(given.map(placeOf));
        const joined = JSON.stringify(joinParts(KIND, given));
        for (const [text, place] of planted(
          'Alert',
          body as unknown as Record<string, unknown>,
          '',
          undefined,
          new Map(),
        )) {
          expect(joined.includes(text)).toBe(places.has(place));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the index of an entry whose predecessors are withheld', () => {
    const parts = splitBody(KIND, { subjects: [{ role: 1 }, { role: 2 }, { role: 3, person: { familyName: 'Keo' } }] });
    const joined = joinParts(
      KIND,
      parts.filter((part) => part.category === DataCategory.IDENTITY),
    );
    expect(joined.subjects.map((subject) => subject.person?.familyName)).toEqual([undefined, undefined, 'Keo']);
    expect(joined.subjects.map((subject) => subject.role)).toEqual([0, 0, 0]);
  });

  it('gives an empty body for no parts, with every field at its default', () => {
    expect(joinParts(KIND, [])).toStrictEqual(alertCodec.decode(new Uint8Array()));
  });

  it('shares no memory with the parts', () => {
    const value = alertCodec.encode({ narrative: 'before' });
    const data = personCodec.encode({ faceImages: [{ format: 1, data: new Uint8Array([1, 2, 3]) }] });
    const joined = joinParts(KIND, [
      { path: [], category: 14, value },
      { path: [20, 0, 10], category: 4, value: data },
    ]);
    value.fill(0);
    data.fill(0);
    expect(joined.narrative).toBe('before');
    expect(joined.subjects[0]?.person?.faceImages[0]?.data).toEqual(new Uint8Array([1, 2, 3]));
  });

  const core = alertCodec.encode({ messageType: 1 });
  const part = (path: number[], category: number, value: Uint8Array): BodyPart => ({
    path,
    category: category as DataCategory,
    value,
  });
  const bytes = (...values: number[]) => new Uint8Array(values);

  it('refuses an index that is no whole number', () => {
    expect(() => joinParts(KIND, [part([20, 0.5], 1, bytes(0x10, 1))])).toThrow(refusal('index-out-of-range'));
  });

  it('refuses more parts than a body may have', () => {
    expect(() => joinParts(KIND, new Array(8193).fill(part([], 1, core)))).toThrow(refusal('too-many-parts'));
  });

  it('refuses a kind that the contract does not have', () => {
    expect(() => joinParts(99 as 1, [])).toThrow(refusal('kind-unknown'));
  });

  it('never accepts a part under another category than the one it was split under', () => {
    const others = Object.values(DataCategory);
    fc.assert(
      fc.property(alert, fc.nat(), fc.constantFrom(...others), (body, pick, category) => {
        const parts = splitBody(KIND, body).filter((one) => one.value.length > 0);
        const chosen = parts[pick % parts.length] as BodyPart;
        fc.pre(chosen.category !== category);
        expect(() => joinParts(KIND, [{ ...chosen, category }])).toThrow(
          expect.objectContaining({ code: 'WIRE_PART_INVALID' }),
        );
      }),
    );
  });

  it('answers any bytes with a body or a coded refusal', () => {
    const paths = fc.constantFrom<number[][]>([], [20, 0], [20, 1, 10], [20, 0, 10, 10, 3], [20, 2, 17]);
    fc.assert(
      fc.property(paths, fc.integer({ min: 0, max: 19 }), fc.uint8Array({ maxLength: 40 }), (path, category, value) => {
        try {
          joinParts(KIND, [part(path, category, value)]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'WIRE_PART_INVALID' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('categoriesIn', () => {
  it('gives each category once, ascending', () => {
    expect(categoriesIn([{ category: 14 }, { category: 2 }, { category: 14 }, { category: 1 }])).toEqual([1, 2, 14]);
  });
});
