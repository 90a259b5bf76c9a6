export { isLanguage, type Key, LANGUAGES, type Language } from './catalogue.ts';
export type { PartialDate } from './date-parts.ts';
export { chooseLanguage, language, startLanguage } from './language.ts';
export { nameOf } from './names.ts';
export { nodeTime, now } from './now.ts';
export { problemTexts } from './problem-texts.ts';
export { code, field, leading, listed, t, type Values } from './text.ts';
export { clockTime, date, dateTime, exactTime, localDate, monthName, number, shortDay, span } from './times.ts';
export { partialDate, typedDate } from './typed-date.ts';
