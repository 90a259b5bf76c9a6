import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Piece, Text } from '../src/i18n/text-form.ts';

/**
 * A text of the catalogue (ICU) in the form that the console puts values into, so that no browser reads ICU. What needs
 * more than names and plurals is refused, and the build fails.
 */
export function compileText(icu: string): Text {
  return textOf(parse(icu, { ignoreTag: true }), icu);
}

function textOf(elements: readonly MessageFormatElement[], icu: string): Text {
  const pieces = elements.map((element) => pieceOf(element, icu));
  const literals = pieces.filter((piece) => typeof piece === 'string');
  return literals.length === pieces.length ? literals.join('') : pieces;
}

function pieceOf(element: MessageFormatElement, icu: string): Piece {
  if (element.type === TYPE.literal) return element.value;
  if (element.type === TYPE.argument) return [element.value];
  if (element.type === TYPE.pound) return 0;
  if (element.type === TYPE.plural && element.offset === 0 && element.pluralType === 'cardinal')
    return [
      element.value,
      Object.fromEntries(Object.entries(element.options).map(([name, { value }]) => [name, textOf(value, icu)])),
    ];
  throw new TypeError(`the console has names and plurals in its texts, and nothing else: ${icu}`);
}
