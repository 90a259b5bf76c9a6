import { describe, expect, it } from 'vitest';
import {
  charterPlace,
  type DraftStorage,
  keepText,
  placesOf,
  postPlace,
} from '../../../../services/console/src/drafts/operation-drafts.ts';

function storageWith(names: readonly string[]): DraftStorage {
  return {
    length: names.length,
    key: (index) => names[index] ?? null,
    getItem: () => '{}',
    setItem: () => undefined,
    removeItem: () => undefined,
  };
}

describe('placesOf', () => {
  const mine = [
    charterPlace('th-chiang-khong', 'desk.1'),
    postPlace('th-chiang-khong', 'desk.1', 'op-naga'),
    postPlace('th-chiang-khong', 'desk.1', 'op-river'),
  ];

  it('finds what one officer writes in operations, and nothing of others or of the device', () => {
    const others = [
      charterPlace('th-chiang-khong', 'desk'),
      charterPlace('th-chiang-khong', 'desk.1.night'),
      charterPlace('la-houayxay', 'desk.1'),
      postPlace('th-chiang-khong', 'desk', 'op-naga'),
      postPlace('th-chiang-khong', 'desk.1.night', 'op-naga'),
      postPlace('la-houayxay', 'desk.1', 'op-naga'),
      'liaison.language',
      'liaison.theme',
    ];
    expect(placesOf(storageWith([...others, ...mine, ...others]), 'th-chiang-khong', 'desk.1')).toEqual(mine);
  });
});

describe('keepText', () => {
  it('says whether the device had room for it', () => {
    const kept: string[] = [];
    const roomy = {
      setItem: (...of: string[]) => void kept.push(...of),
      removeItem: (of: string) => void kept.push(of),
    };
    expect([keepText(roomy, 'a', 'text'), keepText(roomy, 'b', null), kept]).toEqual([true, true, ['a', 'text', 'b']]);
    const full = {
      ...roomy,
      setItem: () => {
        throw new DOMException('', 'QuotaExceededError');
      },
    };
    expect(keepText(full, 'a', 'text')).toBe(false);
  });
});
