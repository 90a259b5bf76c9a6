import { describe, expect, it } from 'vitest';
import {
  charterPlace,
  type DraftStorage,
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
