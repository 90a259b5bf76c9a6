const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Han}/u, 'zh'],
  // Letters that only Vietnamese has, of all that are written with Latin ones here.
  [/[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/u, 'vi'],
];

/**
 * The language of a text that names none, by its letters, so that it is shown in fonts and read out in a voice that fit.
 * Latin letters are taken for English: the rules that every office has are written in it.
 */
export function scriptLanguage(text: string): string {
  return SCRIPTS.find(([letters]) => letters.test(text))?.[1] ?? 'en';
}
